/// Sentences of few words, written for these tests.
enum ShortTexts {
    /// By language, those that the small words tell.
    static let others = [
        "et": """
        Kaks last said bussiõnnetuses vigastada, kuid nende elu ei ole ohus.
        Teadlased leidsid järvest uue kalaliigi, mida seni keegi ei tundnud.
        Koolid jäävad reedeni suletuks, sest tuul murdis puid ning elektrit ei ole.
        Ilm läheb nädalavahetusel külmemaks, kuid lund veel ei tule.
        """,
        "fi": """
        Pormestari sanoi, että silta avataan vasta juhannuksen jälkeen.
        Kaksi lasta loukkaantui bussiturmassa, mutta heidän henkensä ei ole vaarassa.
        Tutkijat löysivät järvestä uuden kalalajin, jota kukaan ei ollut nähnyt.
        Sää kylmenee viikonloppuna, mutta lunta ei vielä tule.
        """,
        "nl": """
        De veerboot zonk rond het middaguur en twee mensen worden vermist.
        De burgemeester zei dat de brug pas na de zomer open gaat.
        Twee kinderen raakten gewond bij een busongeluk, maar zij zijn buiten levensgevaar.
        Onderzoekers vonden in het meer een vissoort die niemand kende.
        In het centrum van Utrecht brandde vannacht een flat uit; één man kwam om.
        Het wordt kouder in het weekend, maar sneeuw blijft uit.
        """,
        "cy": """
        Suddodd y fferi am hanner dydd ac mae dau berson ar goll.
        Mae'r llywodraeth wedi penderfynu codi'r dreth ar betrol y flwyddyn nesaf.
        Dywedodd y maer na fydd y bont yn agor cyn yr haf.
        Cafodd dau blentyn eu hanafu mewn damwain bws, ond nid yw eu bywydau mewn perygl.
        Mae ymchwilwyr wedi dod o hyd i rywogaeth newydd o bysgod yn y llyn.
        Bydd ysgolion ar gau tan ddydd Gwener gan fod coed wedi syrthio ar y gwifrau trydan.
        Bu farw dyn mewn tân mewn fflat yng nghanol Caerdydd dros nos.
        Bydd y prif weinidog yn cwrdd â'r gweinidog tramor ddydd Iau.
        Nid yw'r ysbyty yn derbyn cleifion newydd.
        Bydd hi'n oerach dros y penwythnos, ond ni ddaw eira eto.
        """,
        "ms": """
        Feri itu karam tengah hari dan dua orang masih hilang.
        Datuk bandar berkata jambatan hanya dibuka selepas musim panas.
        Dua kanak-kanak cedera dalam kemalangan bas, tetapi nyawa mereka tidak terancam.
        Penyelidik menemui spesies ikan baharu di tasik yang belum pernah dikenali.
        Sekolah ditutup sehingga Jumaat kerana pokok tumbang menimpa talian elektrik.
        Perdana menteri akan bertemu menteri luar Indonesia pada Khamis.
        Hospital itu tidak menerima pesakit baharu.
        Mahkamah mendapati bekas menteri itu bersalah dan mengenakan denda.
        Cuaca semakin sejuk hujung minggu ini, tetapi salji belum turun.
        """,
        "sw": """
        Meya alisema daraja litafunguliwa baada ya majira ya joto.
        Watoto wawili walijeruhiwa katika ajali ya basi, lakini maisha yao hayako hatarini.
        Watafiti walipata aina mpya ya samaki katika ziwa hilo.
        Shule zitafungwa hadi Ijumaa kwa sababu miti imeangukia nyaya za umeme.
        Rais atakutana na waziri wa mambo ya nje siku ya Alhamisi.
        Hali ya hewa itakuwa baridi zaidi mwishoni mwa wiki, lakini theluji haitaanguka.
        """,
        "tl": """
        Lumubog ang barko noong tanghali at dalawang tao ang nawawala.
        Nagpasya ang pamahalaan na itaas ang buwis sa gasolina sa susunod na taon.
        Sinabi ng alkalde na bubuksan ang tulay pagkatapos ng tag-araw.
        Dalawang bata ang nasugatan sa aksidente ng bus, ngunit ligtas na sila.
        Nakatuklas ang mga mananaliksik ng bagong uri ng isda sa lawa.
        Tumaas ang presyo ng tatlong porsiyento noong Mayo.
        Sarado ang mga paaralan hanggang Biyernes dahil natumba ang mga puno sa linya ng kuryente.
        Naghahanap ang pulisya ng mga saksi.
        Nasunog ang isang gusali sa gitna ng Maynila kagabi; isa ang namatay.
        Makikipagkita ang pangulo sa ministro ng Hapon sa Huwebes.
        Hindi na tumatanggap ng bagong pasyente ang ospital.
        Napatunayang nagkasala ang dating kalihim at pinagmulta siya.
        Lalamig ang panahon sa katapusan ng linggo, ngunit walang niyebe.
        Huli ang mga tren ngayong umaga.
        """,
        "af": """
        Die veerboot het middag gesink en twee mense word vermis.
        Die regering het besluit om brandstofbelasting volgende jaar te verhoog.
        Skole bly tot Vrydag gesluit omdat bome op die kraglyne geval het.
        Die hospitaal neem geen nuwe pasiënte aan nie.
        Die hof het die oud-minister skuldig bevind en hom beboet.
        Dit word kouer die naweek, maar sneeu kom nog nie.
        """,
    ].flatMap { language, lines in lines.split(separator: "\n").map { (language, String($0)) } }

    /// Headlines and briefs in English, some without any small word, or with names that are small words elsewhere.
    static let english = """
        Stocks slide
        Oil hits $90
        Kharkiv shelled again
        Fed holds rates
        Tesla recalls 12,000 cars
        Storm kills nine, injures dozens
        Villa beat Spurs 2-1
        Mae Jemison honoured
        Ang Lee wins Oscar
        Ja Morant returns, Grizzlies win
        Dan Brown sues publisher
        Kun Aguero retires
        Jo Cox remembered
        Ada Lovelace honoured
        Yemen's Hadi resigns
        Met Gala draws stars
        Fannie Mae, Freddie Mac post losses
        Ngugi wa Thiong'o wins prize
        Sinn Féin, Fine Gael clash
        Cumann na nGaedheal papers found
        Sana'a bombed, dozens dead
        Police seek witnesses
        Mayor quits, deputy takes over
        Crème brûlée recipe wins chef award
        Café owner fined
        Ortega y Gasset manuscript found
        Real Sociedad win Copa del Rey
        Chama cha Mapinduzi wins Tanzania election
        Nkosi Sikelel' iAfrika sung again
        Hakuna matata, says Timon
        Carpe diem, says coach
        Die Hard returns
        Het Nieuwsblad reports layoffs
        El Niño, La Niña explained
        Kim Jong Un, Xi Jinping meet again
        Man City, Inter Milan draw 1-1
        Sri Lanka bowled out, India win
        Nang Mwe San jailed, Ma Ei released
        Banco de Oro, Land Bank merge
        Kota Kinabalu, Kuala Lumpur hit by floods
        Ya Ya Toure signs
        Mis-selling claims rise
        Op-ed: go vote
        Two dead, three hurt in Cardiff crash
        Ferry sinks off Tallinn; two missing
        Helsinki schools shut after storm
        Council raises parking fees 5 percent
        Pay rises lag prices again
        UK unemployment falls to 4.2%
        Nurses strike continues
        Bank cuts jobs
        Kenya votes today
        Manila traffic worsens
        Ferry sinks at noon, two people missing, police say
        Government raises fuel tax next year
        Prices rose three percent last month
        Wales beat Ireland 24-10 with late try
        Scientists find new fish species deep under Lake Malawi
        Swahili news service Dira ya Dunia turns 50
        Malay daily Berita Harian cuts 100 jobs
        Tagalog film Himala restored
        Two held over bank raid; third suspect still sought by police near Leeds
        Rain stops play, Kandy Test drawn
        Ahold Delhaize, Albert Heijn post record profits
        Amazon buys stake, shares jump
        SA Rugby names squad: van der Merwe, du Toit, de Klerk
        AC Milan, AS Roma draw 0-0
        Eesti Energia, Elering sign deal
        Het Parool, De Telegraaf, Het Financieele Dagblad report losses
        Kan and Ozawa meet
        Chef serves crème brûlée to queen
        Crème fraîche, jalapeño sales soar
        The chef's crème brûlée won
        Fiancé's résumé faked
        Café fined over naïve décor
        Pâté, crème brûlée, café crème off menu
        Māori kōhanga reo gets funding
        Ingredients: 200 ml crème fraîche, 2 jalapeños, flour, purée
        I’ve met Mr.
        I don’t believe I’ve ever met him.
        Leaders met, talks met deadline
        """.split(separator: "\n").map(String.init)
}
