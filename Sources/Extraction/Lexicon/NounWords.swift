/// Titles, roles, institutions, places and the calendar.
enum NounWords {
    /// Names of countries and cities in two words.
    static let placePairs: Set<String> = [
        "united states", "united kingdom", "south korea", "north korea", "new zealand", "saudi arabia", "south africa",
        "sri lanka", "hong kong", "new york", "los angeles", "san francisco", "costa rica", "el salvador",
        "puerto rico",
        "burkina faso", "sierra leone", "ivory coast", "czech republic", "south sudan", "new delhi", "new jersey",
        "new mexico", "new hampshire", "north carolina", "south carolina", "north dakota", "south dakota",
        "west virginia", "rhode island", "buenos aires", "rio de",
    ]

    static let table: [(WordClass, String)] = [
        ([.weekday, .time], "monday tuesday wednesday thursday friday saturday sunday mondays sundays"),
        (
            .month,
            """
            january february march april may june july august september october november december jan feb mar apr jun jul
            aug sep sept oct nov dec
            """
        ),
        (.time, "week month year morning afternoon evening night weekend noon midnight spring summer autumn winter"),
        ([.honorific, .honorificMasculine, .abbreviation], "mr messrs"),
        ([.honorific, .honorificFeminine, .abbreviation], "mrs ms mme"),
        ([.honorific, .honorificFeminine], "miss madam lady dame queen princess duchess congresswoman"),
        ([.honorific, .honorificMasculine], "sir lord king prince duke father congressman pope"),
        (
            [.honorific, .abbreviation],
            "dr prof sen rep gov gen lt col capt sgt maj adm cmdr rev hon pres sens reps govs supt det insp cpl pvt fr"
        ),
        (
            .abbreviation,
            """
            st jr sr inc corp ltd co bros vs etc eg ie jan feb mar apr jun jul aug sep sept oct nov dec no nos vol fig ave
            blvd rd mt ft dept est approx ca
            """
        ),
        (
            .role,
            """
            president presidents vice-president minister ministers premier chancellor senator senators governor governors
            representative congressman congresswoman secretary secretary-general ambassador envoy mayor councillor
            councilor councilman councilwoman commissioner chairman chairwoman chair chairperson director directors
            executive officer chief head leader leaders spokesman spokeswoman spokesperson spokespeople manager
            adviser advisor aide strategist consultant analyst economist professor lecturer scientist researcher
            doctor physician nurse surgeon engineer lawyer attorney judge justice prosecutor detective sheriff sergeant
            captain colonel general major lieutenant commander admiral inspector superintendent principal teacher coach
            player striker goalkeeper midfielder defender author writer novelist poet journalist reporter editor
            columnist correspondent anchor host producer filmmaker actor actress singer musician composer artist
            curator historian biologist physicist chemist geologist ecologist climatologist meteorologist
            epidemiologist archaeologist psychologist sociologist farmer fisherman driver pilot resident neighbour
            neighbor owner founder co-founder ceo cfo coo treasurer clerk candidate nominee contender rival frontrunner
            lawmaker legislator speaker deputy member mp activist campaigner organizer organiser volunteer student pupil
            pastor bishop archbishop cardinal priest imam rabbi veteran victim witness investigator expert specialist
            commentator pollster blogger businessman businesswoman entrepreneur investor banker trader developer
            baker chef brewer grower rancher forester warden ranger keeper harbourmaster harbormaster foreman union
            predecessor successor counsel shopkeeper midwife pharmacist plumber electrician carpenter builder welder miner
            sailor skipper soldier firefighter paramedic caretaker janitor waiter waitress cook butcher hairdresser barber
            librarian archivist translator interpreter architect surveyor planner designer photographer painter sculptor
            referee umpire official defendant plaintiff juror magistrate barrister solicitor pensioner retiree tenant
            landlord landlady homeowner commuter passenger motorist cyclist customer patient nun monk vicar
            wife husband son daughter mother father brother sister uncle aunt cousin widow friend colleague
            """
        ),
        (
            [.group, .plural],
            """
            officials experts analysts critics supporters opponents voters republicans democrats conservatives liberals
            lawmakers legislators senators governors leaders ministers authorities police people residents scientists
            researchers economists doctors teachers students workers farmers parents families protesters activists
            campaigners observers historians lawyers attorneys prosecutors investigators witnesses sources aides
            advisers advisors allies strategists members pollsters commentators journalists reporters women men
            americans britons europeans russians investors traders organizers organisers engineers unions families
            """
        ),
        (
            .document,
            """
            statement report release survey poll polls study letter memo document documents email e-mail article
            editorial filing complaint lawsuit notice bulletin reports tweet post book paper review ruling
            order indictment manifesto communique transcript
            """
        ),
        (
            .organization,
            """
            ministry council committee commission university college institute institution foundation association party
            agency department bureau office court house senate congress parliament government administration police army
            navy guard force bank group company corporation inc corp ltd llc union federation league club times post
            news journal tribune herald gazette guardian reuters cnn abc nbc cbs bbc fox msnbc afp ap press network
            magazine society trust authority board campaign team church hospital school centre center service services
            alliance coalition organization organisation nations assembly cabinet pentagon kremlin airlines airport museum
            """
        ),
        (
            .place,
            """
            afghanistan africa america american-samoa argentina asia australia austria bangladesh belgium bolivia brazil
            britain bulgaria california cambodia canada chile china colombia croatia cuba denmark egypt england
            estonia ethiopia europe finland florida france germany ghana greece hungary iceland india indonesia
            iran iraq ireland israel italy jamaica japan jordan kenya korea kuwait latvia lebanon libya lithuania
            malaysia mexico michigan mongolia morocco myanmar nepal netherlands nigeria norway ohio oman pakistan
            palestine panama peru philippines poland portugal qatar romania russia scotland serbia singapore slovakia
            slovenia somalia spain sudan sweden switzerland syria taiwan tanzania texas thailand tokyo tunisia turkey
            uganda ukraine uk us u.s u.s. u.k u.k. usa vietnam wales washington yemen zambia zimbabwe beijing
            moscow london paris berlin brussels pyongyang seoul bangkok tehran kyiv jerusalem
            """
        ),
        (
            .nationality,
            """
            afghan african american arab argentine asian australian austrian belgian brazilian british bulgarian canadian
            chilean chinese colombian cuban czech danish dutch egyptian english european finnish french german greek
            hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese kenyan korean lebanese
            libyan malaysian mexican moroccan nigerian norwegian pakistani palestinian peruvian philippine polish
            portuguese romanian russian saudi scottish serbian spanish sudanese swedish swiss syrian thai tunisian turkish
            ukrainian us u.s. u.s uk vietnamese welsh republican democratic conservative liberal labour catholic jewish
            muslim christian
            """
        ),
        (.particle, "van von de der den da di del della la le du bin ibn al el ter ten dos das af av"),
        (
            .subjective,
            """
            best worst great terrible wonderful beautiful awful amazing disgrace disaster shame hope wish love hate
            believe think feel should must ought need want proud happy sad sorry wrong right good bad better
            """
        ),
        (
            .unit,
            """
            percent per-cent dollars dollar euros euro pounds pound yen yuan rubles people jobs years year months month
            weeks week days day hours hour minutes minute seconds miles mile kilometres kilometers kilometre kilometer
            metres meters feet inches tonnes tons ton kilograms kilogrammes pounds degrees votes points seats homes houses
            households families children students patients cases deaths missiles soldiers troops vehicles acres hectares
            litres liters gallons barrels megawatts gigawatts countries states members
            """
        ),
    ]
}
