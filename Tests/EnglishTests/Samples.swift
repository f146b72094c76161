/// The beginning of one article in many languages, written for these tests.
enum Samples {
    static let others = [
        (
            "fr",
            """
            La ministre des Transports a annoncé lundi que la ligne du nord resterait fermée jusqu'au
            mois de mai. « Nous avons trouvé des fissures dans deux piliers », a déclaré Anne Lefort
            devant le conseil municipal. Les commerçants de la vallée, qui perdent chaque semaine une
            partie de leur clientèle, demandent une aide de l'État. Selon la préfecture, les travaux
            coûteront plus de quatre millions d'euros et ne commenceront pas avant la fin de l'hiver.
            """
        ),
        (
            "de",
            """
            Die Verkehrsministerin hat am Montag angekündigt, dass die Nordstrecke bis Mai gesperrt
            bleibt. „Wir haben in zwei Pfeilern Risse gefunden“, sagte Anna Lefort vor dem Stadtrat. Die
            Händler im Tal, die jede Woche einen Teil ihrer Kunden verlieren, fordern Hilfe vom Land.
            Nach Angaben der Behörde werden die Arbeiten mehr als vier Millionen Euro kosten und nicht
            vor dem Ende des Winters beginnen.
            """
        ),
        (
            "es",
            """
            La ministra de Transportes anunció el lunes que la línea del norte seguirá cerrada hasta
            mayo. «Hemos encontrado grietas en dos pilares», declaró Ana Lafuente ante el pleno. Los
            comerciantes del valle, que pierden cada semana una parte de sus clientes, piden una ayuda
            del Estado. Según la delegación, las obras costarán más de cuatro millones de euros y no
            empezarán antes del final del invierno.
            """
        ),
        (
            "it",
            """
            La ministra dei Trasporti ha annunciato lunedì che la linea del nord resterà chiusa fino a
            maggio. «Abbiamo trovato crepe in due piloni», ha detto Anna Lofredo davanti al consiglio
            comunale. I commercianti della valle, che ogni settimana perdono una parte dei clienti,
            chiedono un aiuto allo Stato. Secondo la prefettura i lavori costeranno più di quattro
            milioni di euro e non cominceranno prima della fine dell'inverno.
            """
        ),
        (
            "nl",
            """
            De minister van Verkeer heeft maandag aangekondigd dat de noordelijke lijn tot mei gesloten
            blijft. “We hebben scheuren gevonden in twee pijlers”, zei Anna Lefort voor de gemeenteraad.
            De winkeliers in het dal, die elke week een deel van hun klanten verliezen, vragen steun van
            het rijk. Volgens de provincie kosten de werken meer dan vier miljoen euro en beginnen ze
            niet voor het einde van de winter.
            """
        ),
        (
            "pt",
            """
            A ministra dos Transportes anunciou na segunda-feira que a linha do norte continuará fechada
            até maio. “Encontrámos fissuras em dois pilares”, disse Ana Lopes perante a câmara municipal.
            Os comerciantes do vale, que todas as semanas perdem uma parte dos clientes, pedem ajuda ao
            Estado. Segundo o governo civil, as obras vão custar mais de quatro milhões de euros e não
            começarão antes do fim do inverno.
            """
        ),
        (
            "sv",
            """
            Trafikministern meddelade på måndagen att norra linjen förblir stängd till maj. ”Vi har
            hittat sprickor i två pelare”, sade Anna Ek inför kommunfullmäktige. Handlarna i dalen, som
            varje vecka förlorar en del av sina kunder, begär stöd av staten. Enligt länsstyrelsen kommer
            arbetet att kosta mer än fyra miljoner euro och inte börja förrän vintern är slut.
            """
        ),
        (
            "da",
            """
            Trafikministeren meddelte mandag, at den nordlige linje forbliver lukket til maj. »Vi har
            fundet revner i to piller,« sagde Anna Bech foran byrådet. De handlende i dalen, som hver uge
            mister en del af deres kunder, beder om hjælp fra staten. Ifølge myndigheden vil arbejdet
            koste mere end fire millioner euro og ikke begynde før vinteren er slut.
            """
        ),
        (
            "no",
            """
            Samferdselsministeren kunngjorde mandag at den nordlige linjen forblir stengt til mai. «Vi
            har funnet sprekker i to pilarer», sa Anna Bakke foran bystyret. De handlende i dalen, som
            hver uke mister en del av kundene sine, ber om hjelp fra staten. Ifølge myndighetene vil
            arbeidet koste mer enn fire millioner euro og ikke begynne før vinteren er over.
            """
        ),
        (
            "pl",
            """
            Minister transportu ogłosiła w poniedziałek, że północna linia pozostanie zamknięta do maja.
            „Znaleźliśmy pęknięcia w dwóch filarach”, powiedziała Anna Lis na sesji rady miasta. Kupcy z
            doliny, którzy co tydzień tracą część klientów, proszą o pomoc państwa. Według urzędu prace
            będą kosztować ponad cztery miliony euro i nie zaczną się przed końcem zimy.
            """
        ),
        (
            "cs",
            """
            Ministryně dopravy v pondělí oznámila, že severní trať zůstane zavřená do května. „Ve dvou
            pilířích jsme našli trhliny,“ řekla Anna Malá před zastupitelstvem. Obchodníci z údolí, kteří
            každý týden přicházejí o část zákazníků, žádají stát o pomoc. Podle úřadu budou práce stát
            více než čtyři miliony eur a nezačnou před koncem zimy.
            """
        ),
        (
            "ro",
            """
            Ministra Transporturilor a anunțat luni că linia de nord va rămâne închisă până în mai. „Am
            găsit fisuri în doi piloni”, a declarat Ana Lupu în fața consiliului local. Comercianții din
            vale, care pierd în fiecare săptămână o parte din clienți, cer ajutorul statului. Potrivit
            prefecturii, lucrările vor costa peste patru milioane de euro și nu vor începe înainte de
            sfârșitul iernii.
            """
        ),
        (
            "tr",
            """
            Ulaştırma bakanı pazartesi günü kuzey hattının mayısa kadar kapalı kalacağını açıkladı. “İki
            ayakta çatlak bulduk” dedi Ayşe Lale belediye meclisinde. Her hafta müşterilerinin bir
            bölümünü kaybeden vadi esnafı devletten yardım istiyor. Valiliğe göre çalışmalar dört milyon
            avrodan fazla tutacak ve kış bitmeden başlamayacak.
            """
        ),
        (
            "hu",
            """
            A közlekedési miniszter hétfőn bejelentette, hogy az északi vonal májusig zárva marad. „Két
            pillérben repedéseket találtunk” – mondta Nagy Anna a városi közgyűlésen. A völgy kereskedői,
            akik hetente elveszítik ügyfeleik egy részét, állami segítséget kérnek. A hivatal szerint a
            munka több mint négymillió euróba kerül, és nem kezdődik el a tél vége előtt.
            """
        ),
        (
            "fi",
            """
            Liikenneministeri ilmoitti maanantaina, että pohjoinen rata pysyy suljettuna toukokuuhun
            asti. ”Löysimme kahdesta pilarista halkeamia”, Anna Laine sanoi kaupunginvaltuustossa.
            Laakson kauppiaat, jotka menettävät joka viikko osan asiakkaistaan, pyytävät valtiolta apua.
            Viraston mukaan työt maksavat yli neljä miljoonaa euroa eivätkä ala ennen talven loppua.
            """
        ),
        (
            "id",
            """
            Menteri perhubungan mengumumkan pada hari Senin bahwa jalur utara akan tetap ditutup sampai
            bulan Mei. “Kami menemukan retakan di dua pilar,” kata Ana Lestari di depan dewan kota. Para
            pedagang di lembah, yang setiap minggu kehilangan sebagian pelanggan, meminta bantuan negara.
            Menurut pemerintah daerah, pekerjaan itu akan menelan biaya lebih dari empat juta euro dan
            tidak akan dimulai sebelum musim dingin berakhir.
            """
        ),
        (
            "sw",
            """
            Waziri wa uchukuzi alitangaza Jumatatu kwamba reli ya kaskazini itaendelea kufungwa hadi Mei.
            “Tumepata nyufa katika nguzo mbili,” alisema Anna Lema mbele ya baraza la mji.
            Wafanyabiashara wa bonde, ambao kila wiki wanapoteza sehemu ya wateja wao, wanaomba msaada wa
            serikali. Kwa mujibu wa mkoa, kazi hiyo itagharimu zaidi ya euro milioni nne na haitaanza
            kabla ya majira ya baridi kuisha.
            """
        ),
        (
            "tl",
            """
            Inihayag ng kalihim ng transportasyon noong Lunes na mananatiling sarado ang linya sa hilaga
            hanggang Mayo. “May nakita kaming mga bitak sa dalawang poste,” sabi ni Ana Lopez sa harap ng
            konseho. Ang mga negosyante sa lambak, na nawawalan ng mga suki bawat linggo, ay humihingi ng
            tulong sa pamahalaan. Ayon sa lalawigan, ang gawain ay aabot sa higit apat na milyong euro at
            hindi magsisimula bago matapos ang taglamig.
            """
        ),
        (
            "vi",
            """
            Bộ trưởng giao thông hôm thứ Hai thông báo rằng tuyến đường phía bắc sẽ vẫn đóng cửa đến
            tháng Năm. “Chúng tôi đã tìm thấy vết nứt ở hai trụ cầu”, bà Lê Thị An nói trước hội đồng
            thành phố. Các tiểu thương trong thung lũng, những người mỗi tuần mất một phần khách hàng,
            xin nhà nước hỗ trợ. Theo chính quyền tỉnh, công trình sẽ tốn hơn bốn triệu euro và không bắt
            đầu trước khi hết mùa đông.
            """
        ),
        (
            "hr",
            """
            Ministrica prometa objavila je u ponedjeljak da će sjeverna pruga ostati zatvorena do
            svibnja. „Našli smo pukotine u dva stupa”, rekla je Ana Lukić pred gradskim vijećem. Trgovci
            iz doline, koji svaki tjedan gube dio kupaca, traže pomoć države. Prema uredu, radovi će
            stajati više od četiri milijuna eura i neće početi prije kraja zime.
            """
        ),
        (
            "ca",
            """
            La ministra de Transports va anunciar dilluns que la línia del nord continuarà tancada fins
            al maig. «Hem trobat esquerdes en dos pilars», va dir Anna Lluch davant del ple. Els
            comerciants de la vall, que cada setmana perden una part dels clients, demanen ajuda a
            l'Estat.
            """
        ),
        (
            "af",
            """
            Die minister van vervoer het Maandag aangekondig dat die noordelike lyn tot Mei gesluit sal
            bly. “Ons het krake in twee pilare gevind,” het Anna Louw voor die stadsraad gesê. Die
            handelaars in die vallei, wat elke week van hulle kliënte verloor, vra hulp van die staat.
            Volgens die provinsie sal die werk meer as vier miljoen euro kos en nie voor die einde van
            die winter begin nie.
            """
        ),
        (
            "ru",
            """
            Министр транспорта объявила в понедельник, что северная линия останется закрытой до мая. «Мы
            нашли трещины в двух опорах», — сказала Анна Лисова.
            """
        ),
        (
            "uk",
            """
            Міністерка транспорту оголосила в понеділок, що північна лінія залишиться закритою до травня.
            """
        ),
        (
            "el",
            """
            Η υπουργός Μεταφορών ανακοίνωσε τη Δευτέρα ότι η βόρεια γραμμή θα παραμείνει κλειστή έως τον
            Μάιο.
            """
        ),
        (
            "ar",
            """
            أعلنت وزيرة النقل يوم الاثنين أن خط الشمال سيبقى مغلقا حتى شهر مايو. وقالت آنا ليلى: «وجدنا
            تشققات في عمودين».
            """
        ),
        (
            "he",
            """
            שרת התחבורה הודיעה ביום שני כי הקו הצפוני יישאר סגור עד מאי.
            """
        ),
        (
            "fa",
            """
            وزیر راه روز دوشنبه اعلام کرد که خط شمال تا ماه مه بسته می‌ماند.
            """
        ),
        (
            "hi",
            """
            परिवहन मंत्री ने सोमवार को घोषणा की कि उत्तरी लाइन मई तक बंद रहेगी।
            """
        ),
        (
            "zh",
            """
            交通部长周一宣布，北线将关闭至五月。“我们在两根桥墩上发现了裂缝，”安娜·林在市议会上说。
            """
        ),
        (
            "ja",
            """
            交通大臣は月曜日、北線を五月まで閉鎖すると発表した。「二本の橋脚にひびが見つかった」と林杏奈氏は市議会で述べた。
            """
        ),
        (
            "ko",
            """
            교통부 장관은 월요일 북부 노선이 5월까지 폐쇄된다고 발표했다. “교각 두 개에서 균열을 발견했다”고 임안나 씨는 말했다.
            """
        ),
    ]
}
