/// Titles, roles, bodies, documents, groups and function words, for telling who speaks.
enum SpeakerWords {
    static let table: [(SpeakerWordClass, String)] = [
        (.male, "he him himself his"),
        (.female, "her hers herself she"),
        (.plural, "their theirs them themselves they"),
        (.neuter, "it its itself"),
        (.speaking, "i me mine my myself"),
        (.speakingPlural, "our ours ourselves us we"),
        (.relative, "that which who whom whose"),
        (.possessive, "her his its my our their your"),
        (.article, "a an the"),
        (
            .title,
            """
            alhaji alh alhaja cr mca mzee olori acp asp csp dsp alderman alderwoman assemblymember assemblywoman barrister comptroller comrade coroner councilman
            councilmember councilwoman cpl deacon engr monsignor msgr otunba pvt selectman surv swami trooper undersecretary ayatollah datin datuk emir garda hajia lyonpo malam mallam maulana mullah ratu shri smt sultan tun
            acting adm admiral ambassador archbishop assemblyman attorney bishop brig brigadier canon capt captain
            cardinal ceo cfo cm dcm pm chair chairman chairwoman chancellor chief chief-executive cllr cmdr coach col colonel
            commander commissioner congressman congresswoman constable corporal councillor dame dc deputy det
            detective detective-inspector director doctor dr executive father first former fr gen general gov
            governor hon imam insp inspector judge justice king lady-justice lieutenant lord-justice lt maj magistrate major
            madam manager marshal mayor minister miss mr mrs ms officer pastor pc pope premier president prime prince
            princess private prof professor queen rabbi rep representative reps rev revd reverend secretary sen
            senator sens sergeant sgt sheikh sheriff sir speaker spokesman spokesperson spokeswoman st superintendent
            supt taoiseach tánaiste vice
            """
        ),
        (
            .shortTitle,
            """
            acp adm alh asp brig capt cllr cmdr col cr csp dame dc det dr dsp engr fr gen gov hon insp lt madam maj miss mr mrs ms pc prof rep reps
            rev revd sen sens sgt sir st supt
            """
        ),
        (.keptTitle, "baron baroness earl lady lord pope viscount"),
        (.maleTitle, "baron chairman father fr king lord mr pope prince sir spokesman"),
        (.femaleTitle, "baroness chairwoman dame lady madam miss mrs ms princess queen spokeswoman"),
        (
            .body,
            """
            administration agency airline airport army assembly association authority bank bench board borough
            brewery broadcaster bureau business cabinet carrier center centre chain chamber channel charity church
            city club co coast-guard college commission committee company confederation congress consortium
            cooperative corp corporation council county court department developer district embassy exchange
            executive federation firm force foundation fund giant gmbh government group hospital house inc institute
            institution league llc llp ltd maker manufacturer military ministry museum navy network newspaper office
            operator opposition organisation organization panel paper parish parliament party plc police presidency
            producer publisher regulator retailer school secretariat senate service site society start-up startup
            state station store studio supermarket team town trade tribunal trust union university utility village
            watchdog website
            """
        ),
        (
            .document,
            """
            accounts act advisory affidavit agreement analysis article articles audit autopsy banner banners bill
            book budget bulletin caption census charter code complaint complaints constitution contract data deal
            declaration decree deed diary document documentary documents draft e-mail e-mails email emails estimate
            estimates evidence figures filing filings findings footage forecast forecasts guidance guidelines images
            indictment inquest inventory judgment label labels law laws lawsuit leaflet legislation letter letters
            logbook manifest manifesto memo memos message messages minutes model models motion note notice notices
            order orders paper papers petition photographs pictures placard placards plan policy poll polls post
            posts proclamation programme projections record records release report reports research resolution
            results review rule rules ruling rulings sign signs statement statements statistics statute studies study
            summary survey surveys test tests transcript transcripts treaty tweet tweets verdict video videos
            """
        ),
        (
            .group,
            """
            all authorities band both children couple crew critics crowd duo family few gardai gardaí group jury majority many
            media gps men meps most mps neither number others pair parents people police press public rest several some staff team
            trio women
            """
        ),
        (
            .person,
            """
            barrister batsman beekeeper blogger bookkeeper bowler caddie cartoonist challenger
            choreographer cleaner columnist composer courier deacon dean defender dentist florist
            gamekeeper grower hiker housekeeper illustrator incumbent innkeeper interpreter jeweller
            lawmaker lifeguard midfielder monk nun optician petitioner physio presenter protester
            provost quarterback rabbi rancher rector registrar storekeeper survivor translator trucker
            undertaker widower winger
            accountant activist actor actress adviser advisor agent aide ambassador analyst archaeologist architect
            astronomer astronaut astrophysicist attorney baker barber bassist botanist builder butcher carer caretaker
            carpenter chaplain chemist climatologist comedian commentator conductor constituent consultant cook
            criminologist curator cyclist dancer demographer designer drummer ecologist electrician
            epidemiologist ethicist firefighter fisherman forester gardener geologist guitarist hairdresser headmaster
            headteacher historian hydrologist immunologist jockey journalist juror landlady landlord lecturer legislator
            librarian lobbyist marine mechanic merchant meteorologist midwife migrant miner musician naturalist
            neurologist neuroscientist novelist nutritionist oncologist paediatrician paramedic passenger pathologist
            pedestrian pediatrician pharmacist philosopher photographer physicist physiotherapist plaintiff playwright
            plumber podcaster potter principal psychiatrist psychologist publican ranger refugee reporter restaurateur
            retiree sailor sculptor seismologist shopkeeper shopper sociologist solicitor strategist surgeon surveyor
            tenant therapist trader trainer traveller trustee tutor veterinarian violinist
            virologist volcanologist voter waiter waitress warden welder zoologist
            attorney aunt author biologist boss boy brother
            campaigner candidate captain chair chairman chairwoman champion chancellor chef chief chief-executive
            clerk client coach colleague colonel commissioner congressman congresswoman constable councillor counsel
            cousin customer daughter defendant delegate detective diplomat director doctor driver economist editor
            envoy executive expert farmer father father-in-law founder friend general girl goalkeeper governor
            gp grandfather grandmother guard guest head historian host husband imam judge king lawyer leader magistrate man
            manager mayor member mep minister mla mother mp msp neighbor neighbour nurse official owner partner patient pilot player poet
            pope premier president priest professor prosecutor pupil queen referee resident scientist secretary
            senator sergeant sheriff singer sister skipper soldier somebody someone son son-in-law source spokesman
            spokesperson spokeswoman star striker student suspect teacher treasurer umpire uncle vicar victim
            volunteer widow wife witness woman writer
            """
        ),
        (
            .business,
            """
            airline automaker brewer brewery business carmaker carrier chain charity chipmaker club company developer
            drugmaker firm giant group insurer lender maker manufacturer planemaker retailer shipbuilder start-up
            """
        ),
        (
            .counter,
            """
            coalition copy couple group handful host network number part range set team
            """
        ),
        (
            .connector,
            """
            al and bin da de del den der des di do dos du e el for ibn in la of on the to ul van von y
            """
        ),
        (
            .particle,
            """
            af al av bin bint da de del den der des di do dos du e el ibn la ould ten ter ul van von y zu
            """
        ),
        (
            .stop,
            """
            about after against among and as at before between by during for from in into near of on or over that to under
            which who whom whose with within without
            """
        ),
        (.demonstrative, "that these this those"),
        (
            .function,
            """
            according against all also although any are asked be because been between both but can could did do each
            earlier even every few five four had has have here how however if is just last later less many may
            meanwhile might more most must no not now one only other per several should since six so some speaking
            still such than then there though three through today two under was were what when where while why will
            would yes yesterday
            """
        ),
    ]

    /// Letters behind a name that are no part of it, in the case in which they are written.
    static let honours: Set<String> = [
        "CBE", "DPhil", "JP", "KC", "MBE", "MD", "MEP", "MP", "MPs", "MS", "MSP", "OBE", "PhD", "QC", "SAN", "SC", "TD",
    ]

    /// What titles before a name stand for, by which their bearers are called later, as a Col is a colonel.
    static let abbreviatedTitles = [
        "adm": "admiral", "brig": "brigadier", "capt": "captain", "cllr": "councillor", "cm": "minister",
        "cmdr": "commander",
        "col": "colonel", "cpl": "corporal", "det": "detective", "dr": "doctor", "fr": "priest", "gen": "general",
        "gov": "governor", "insp": "inspector", "lt": "lieutenant", "maj": "major", "pm": "minister",
        "prof": "professor",
        "rep": "representative", "rev": "reverend", "sen": "senator", "sgt": "sergeant", "supt": "superintendent",
    ]

    /// What ends, in one or two words, the names of bodies that are called by another noun: the Harbour Administration is an agency.
    static let otherNouns: [String: Set<String>] = [
        "agency": ["administration", "bureau", "office", "service"], "airline": airEndings, "carrier": airEndings,
        "automaker": ["automotive", "cars", "motor", "motors"], "carmaker": ["automotive", "cars", "motor", "motors"],
        "bank": ["bancorp", "banking", "banking group", "building society"],
        "lender": ["bancorp", "bank", "banking", "banking group", "building society"],
        "brewer": ["breweries", "brewery", "brewing"], "brewery": ["breweries", "brewing"],
        "developer": ["developments", "estates", "homes", "properties"],
        "drugmaker": ["biotech", "laboratories", "pharma", "pharmaceutical", "pharmaceuticals", "therapeutics"],
        "force": ["constabulary", "police"],
        "insurer": ["assurance", "insurance"], "retailer": ["outfitters", "shops", "stores", "supermarkets"],
        "hospital": ["clinic", "infirmary", "medical center", "medical centre"], "newspaper": mediaEndings,
        "paper": mediaEndings,
        "regulator": ["administration", "authority", "commission"], "watchdog": ["authority", "commission"],
    ]
    private static let airEndings: Set<String> = ["air", "air cargo", "air lines", "airlines", "airways", "aviation"]

    /// Nouns for businesses of one kind each; a body that is of one of them is of no other.
    static let trades: [Set<String>] = [
        ["airline", "carrier"], ["automaker", "carmaker"], ["bank", "lender"], ["brewer", "brewery"],
        ["chain", "retailer", "supermarket"], ["charity"], ["chipmaker"], ["club"], ["developer"], ["drugmaker"],
        ["broadcaster"], ["insurer"], ["newspaper", "paper"], ["planemaker"], ["shipbuilder"], ["university"],
    ]

    private static let mediaEndings: Set<String> = [
        "chronicle", "courier", "gazette", "herald", "journal", "ledger", "mail", "mirror", "news", "observer", "post",
        "standard", "star", "telegraph", "times", "tribune",
    ]

    /// Words in the names of bodies that nobody calls a company.
    static let noBusinesses: Set<String> = [
        "administration", "agency", "army", "assembly", "association", "authority", "board", "bureau", "church",
        "commission", "committee", "congress", "council", "court", "department", "embassy", "government", "institute",
        "ministry", "parliament", "party", "police", "senate", "tribunal", "union", "university",
    ]

    /// Nouns for somebody by their country, by which papers call players again.
    static let nationals: Set<String> = [
        "Afghan", "Albanian", "Algerian", "American", "Angolan", "Argentine", "Argentinian", "Armenian", "Australian",
        "Austrian", "Azerbaijani", "Bangladeshi", "Barbadian", "Belarusian", "Belgian", "Bolivian", "Bosnian",
        "Brazilian", "Briton", "Bulgarian", "Cameroonian", "Canadian", "Chilean", "Colombian", "Congolese",
        "Cornishman", "Croat", "Croatian", "Cuban", "Cypriot", "Czech", "Dane", "Dubliner", "Dutchman", "Dutchwoman",
        "Ecuadorian", "Egyptian", "Englishman", "Englishwoman", "Estonian", "Ethiopian", "Fijian", "Finn",
        "Frenchman", "Frenchwoman", "Gambian", "Georgian", "German", "Ghanaian", "Glaswegian", "Greek", "Guinean",
        "Honduran", "Hungarian", "Icelander", "Indian", "Indonesian", "Iranian", "Iraqi", "Irishman", "Irishwoman",
        "Israeli", "Italian", "Ivorian", "Jamaican", "Japanese", "Jordanian", "Kazakh", "Kenyan", "Korean", "Kosovan",
        "Latvian", "Lebanese", "Liberian", "Libyan", "Lithuanian", "Liverpudlian", "Londoner", "Macedonian",
        "Malaysian", "Malian", "Mancunian", "Mexican", "Moldovan", "Montenegrin", "Moroccan", "Mozambican",
        "Namibian", "Nepali", "Nigerian", "Norwegian", "Pakistani", "Palestinian", "Panamanian", "Paraguayan",
        "Peruvian", "Pole", "Portuguese", "Romanian", "Russian", "Rwandan", "Salvadoran", "Samoan", "Scot",
        "Scotsman", "Senegalese", "Serb", "Serbian", "Slovak", "Slovene", "Slovenian", "Somali", "Spaniard",
        "Sudanese", "Swede", "Swiss", "Syrian", "Tanzanian", "Thai", "Togolese", "Tongan", "Trinidadian", "Tunisian",
        "Turk", "Ugandan", "Ukrainian", "Ulsterman", "Uruguayan", "Uzbek", "Venezuelan", "Vietnamese", "Welshman",
        "Welshwoman", "Yorkshireman", "Zambian", "Zimbabwean",
    ]

    /// Those who sit for a place: "MP for Oslo".
    static let members: Set<String> = ["member", "mep", "mla", "mp", "msp", "senator", "td"]

    /// Those who speak for somebody, or are only told by them: "a spokeswoman for Ann Li", "the wife of Bo Ek".
    static let goBetweens: Set<String> = [
        "acquaintance", "adviser", "advisor", "agent", "aide", "ally", "associate", "attorney", "attorneys", "aunt",
        "barrister", "brother", "campaign", "close", "colleague", "counsel", "cousin", "daughter", "doctor", "estate",
        "ex-husband", "ex-wife", "family", "father", "fiance", "fiancee", "friend", "friends", "girlfriend",
        "boyfriend", "grandfather", "grandmother", "husband", "lawyer", "lawyers", "manager", "mother", "neighbor",
        "neighbour", "nephew", "niece", "office", "parents", "partner", "publicist", "relatives", "representative",
        "sister", "solicitor", "solicitors", "son", "spokesman", "spokesperson", "spokeswoman", "supporters", "team",
        "uncle", "widow", "widower", "wife",
    ]
    /// What stands between them and whom they speak for.
    static let principalCues: Set<String> = ["for", "of", "representing", "to"]

    /// Nouns beside a name that are nobody's office: "told a briefing Oslo had lied".
    static let noOffices: Set<String> = [
        "announcement", "bid", "briefing", "campaign", "conference", "course", "deal", "event", "exhibition", "hearing",
        "honour", "initiative", "launch", "measure", "meeting", "name", "plan", "policy", "process", "product",
        "profit",
        "programme", "project", "proposal", "pseudonym", "rally", "results", "revenue", "sale", "sales", "scheme",
        "speech", "story", "strategy", "tour", "upon", "venture",
    ]

    /// Words that tell of somebody's death.
    static let deaths: Set<String> = ["died", "late", "predeceased", "survived", "survives"]

    /// Verbs that tell what somebody does: of somebody "who sells fruit on the corner" that is the role.
    static let occupations: Set<String> = [
        "acts", "advises", "analyses", "analyzes", "breeds", "chairs", "coaches", "coordinates", "covers", "directs",
        "drives",
        "edits", "farms", "grinds", "grows", "guards", "heads", "leads", "maintains", "makes", "manages", "owns",
        "oversees", "plays", "presides", "produces", "repairs", "represents", "researches", "runs", "sells", "serves",
        "speaks", "studies", "supervises", "teaches", "tends", "trains", "volunteers", "works", "writes",
    ]

    /// Adjectives that make another office of an office.
    static let ranks: Set<String> = [
        "assistant", "associate", "chief", "deputy", "financial", "first", "foreign", "junior", "prime", "vice",
    ]

    /// Abbreviations of things and measures, which nobody is called.
    static let things: Set<String> = [
        "ADHD", "AI", "AIDS", "CAPEX", "CCTV", "COVID", "COVID-19", "CPI", "DNA", "DVD", "EBIT", "EBITDA", "EPS", "ESG",
        "GAAP", "GDP", "GST", "HIV", "ID", "IFRS", "IPO", "PDF", "PR", "SUV", "TV", "UFO", "VAT",
    ]

    /// What ends a company's name behind a comma.
    static let companyEndings: Set<String> = [
        "ag", "co", "corp", "gmbh", "inc", "incorporated", "limited", "llc", "llp", "lp", "ltd", "nv", "plc", "pty",
        "sa", "se",
    ]

    /// Last words of a body's name that is a possessive and a noun: Workers’ Union.
    static let bodyEndings: Set<String> = [
        "Alliance", "Association", "Club", "Commission", "Council", "Court", "Federation", "Institute", "League",
        "Office", "Party", "Service", "Society", "Trust", "Union",
    ]
}
