/// Frequent given names, for the gender that a pronoun agrees with; a name in both lists tells none.
///
/// From the names that the United States census of 1990 counted, in the public domain, and from other countries' papers.
enum GivenNames {
    static let table: [(WordClass, String)] = [
        (
            .maleName,
            """
            aaron abdul abdulaziz abdulla abdullah abe abebe abel abhishek abraham abram adalberto adam adan adebayo
            adil adolfo adolph adriaan adrian agustin ahmad ahmed aidan ajay al alan alasdair alastair albert
            alberto alden aldo alec alejandro aleksander aleksandr alessandro alex alexander alexandre alexei
            alfonso alfonzo alfred alfredo ali aliko alistair allan allen alonso alonzo alphonse alphonso alton
            alvaro alvin amado ambrose amir amit amos anand anatoly ander anders anderson andre andreas andrei
            andrej andres andrew andrzej andy angelo angus anibal anil anselm anthony antione antoine anton antone
            antonin antonio antony antwan anwar archie arden arjun arkady arlen arlie armand armando arne arnold
            arnoldo arnulfo aron arron art arthur arturo arvind asa ashok asif atsushi attila august augustus aung
            aurelio austin avery axel ayman aziz babatunde baptiste barack barney barrett barry bart barton bashar
            bashir basil bastien beau ben benedict benito benjamin bennett benny benoit benton bernard bernardo
            bernd bernie bert bertram bheki bill billy bjorn blaine blake bo bob bobby bogdan boniface booker boris
            boyce boyd brad bradford bradley bradly brady brain bram branden brandon brant brendan brendon brent
            brenton bret brett brian brice brock broderick brooks bruce bruno bryan bryant bryce bryon buck bud
            buddy buford burak burl burt burton buster byron caleb callum calvin cameron carl carlo carlos carlton
            carmelo carmine carson carsten carter casimir cecil cedric cedrick cesar chad chadwick chance charles
            charley charlie chas chase chauncey chester chet chidi chinedu chris christian christoper christopher
            chuck chukwuemeka ciaran clarence clark claud claudio clay clayton clement clemente cletus cleveland
            cliff clifford clifton clint clinton clyde cody cole coleman colin collin colton columbus conor conrad
            cordell corey cormac cornelius cornell cortez cory coy craig cristiano cristobal cristopher curt curtis
            cyril cyrus dafydd dag daisuke dale dallas dalton damian damien damion damon dan dane danial daniel
            daniele danilo danny dante darell daren darin dario darius daron darrel darrell darren darrick darrin
            darron darryl darwin daryl dave david davide davis dean deandre deangelo declan deepak del delbert
            delmar delmer demarcus demetrius denis dennis denver denzel derek derick dermot derrick deshawn desmond
            dewayne dewey dewitt dexter dick didier diego dieter dillon dimitri dinesh dino dirk dmitri dmitry
            domenic domingo dominic dominick don donal donald donn donncha donnell donny donovan donte dorsey doug
            douglas douglass doyle dragan drew duane dudley duncan dustin dwain dwayne dwight dylan eamon earl earle
            earnest ed eddie eddy edgar edgardo edison edmond edmund edmundo eduardo edward edwardo edwin efrain
            efren eino ekrem elbert elden eldon eldridge eli elias elijah eliseo elliot elliott ellis ellsworth
            elmer elmo eloy elroy elton elvin elvis elwood emanuel emeka emerson emery emil emile emilio emlyn
            emmanuel emmett emmitt emory emre enoch enrique eoghan erasmo erdem eric erich erick erik ernest ernesto
            ernie errol ervin erwin esteban ethan etienne eugene eugenio eusebio evan everett everette evgeny ewan
            ezekiel ezequiel ezra fabian fabio fabrice farai farhan farid farouk faustino fausto federico felipe
            felix felton feng ferdinand fergus fermin fernando fidel filiberto filip finn fionn fletcher florencio
            florentino florian floyd forest forrest foster francesco francis francisco francois frank franklin
            franklyn franz fred freddy frederic frederick fredric fredrick freeman friedrich fritz gabriel galen
            gareth garfield garland garret garrett garry garth gary gaston gaurav gavin gaylord genaro gene geoff
            geoffrey george gerald geraldo gerard gerardo gerhard german gethin gil gilbert gilberto gilles gino
            giorgio giovanni giuseppe glen glenn gonzalo goran gordon grady graham graig grant granville greg gregg
            gregorio gregory grover gruffudd guillaume guillermo gunnar gus gustav gustavo guy gwilym haakon habib
            hai hal hamid hamish hamza hank hans harlan harland harley harold harris harrison harry harsh
            harshvardhan haruki harvey hassan hayden haywood heath hector heinrich helmut henri henrik henry herb
            herbert heriberto herman hernan herschel hershel hilario hilton hipolito hiram hiroshi hobert homer
            horace horacio hosea hossein houston howard hoyt hubert huey hugh hugo humberto hung hunter hussain
            hussein huw hyman iain ian ibrahim idris iestyn ieuan ifan ignacio igor ike ikechukwu imran irvin irving
            irwin isaac isaiah isaias isiah isidro ismael ismail israel isreal issac istvan ivan iyad jaap jabulani
            jacek jacinto jack jackson jacob jacques jair jake jamaal jamal jamar jamel james jamison janos jared
            jarod jarred jarrett jarrod jarvis jason jasper javier jawad jay jayaram jayson jc jean jed jeff
            jefferey jefferson jeffery jeffrey jeffry jens jerald jeramy jere jeremiah jeremy jermaine jerold jerome
            jeromy jerrell jerrod jerrold jerry jess jesse jesus jim jimmy jiri joachim joao joaquin jochen joe joel
            joerg joesph joey johan johannes john johnathan johnathon johnny johnson jon jonah jonas jonathan
            jonathon joost jordon jorg jorge jose josef joseph josh joshua josiah jospeh josue jovan juan judson
            juergen jules julian julio julius junior jurgen justin kagiso kamal kareem karim karl karthik kaspar
            kasper kazuo keenan keith kelvin kemal ken kendrick keneth kenji kenneth kennith kenny kent kenton
            kermit keven kevin khaled khalid kieran kieth king kip kirk kjell klaus knut kofi kojo konrad korey kory
            kraig kristofer kristopher kumar kunal kurt kurtis kwabena kwaku kwame kwasi kweku kyle lachlan lamar
            lamine lamont lance landon lanny larry lars laszlo laurent lawerence lawrence lazaro leandro lee leif
            leland lemuel len lenard lennart lenny leo leon leonard leonardo leonel leonid leopoldo leroy les lester
            levi lewis liam lincoln lino linwood lionel lloyd logan loic lon long lonnie lonny lorcan lorenzo lou
            louis lowell loyd luc luca lucas luciano lucien lucio lucius ludwig luigi luis luiz lukas luke lungelo
            luther lyle lyman lyndon lynwood maarten mac mack magnus mahama mahmoud mahmud major malcolm malcom
            malik mamadou mandla manish manoj mansour manual manuel marc marcel marcelino marcellus marcelo marcin
            marco marcos marcus margarito mariano mario marius mark marko markus marlin marlon marquis marshall
            martin marty marvin mason mathew mats matt matteo matthew matthias matthieu maurice mauricio maurizio
            mauro max maxim maximo maxwell maynard mckinley mehdi mehmet mel melvin merlin mervin michael michale
            micheal miguel mikael mike mikel mikhail mikko milan miles milford millard milo milos milton miquel
            mitch mitchel mitchell mitt modesto mohamed mohammad mohammed mohan mohit moises monroe monte monty
            morris morton mose moses moshe moussa muhammad murat murray mustafa mustapha myles myron nabil napoleon
            nathan nathanael nathanial nathaniel naveen neal ned neeraj neil nelson nestor neville newton niall
            nicholas nick nickolas nicolae nicolas niels nigel nikhil nikolai nils nnamdi noah noble noe nolan
            norbert norberto norman normand norris obadiah obinna octavio odd odis oisin okechukwu ole oleg olen
            olin oliver olivier olumide olusegun oluwaseun omar omer onur oren orlando orval orville osama oscar
            osric osvaldo oswaldo otis otto ousmane owen pablo padraic padraig palmer pankaj parker pascal pasquale
            patricio patrick paul pavel pearse pedro pekka per percy perry pete peter phil philip philippe phillip
            pierre pietro pinarayi piotr porfirio porter prakash pranav praveen preston prince przemyslaw qasim
            quentin quincy quintin quinton rafael rafal rafiq raheem rahul raimund rainer raj rajat rajesh rajiv
            rakesh raleigh ralph ramesh ramiro ramon rand randal randall randell randolph randy ranjit raphael
            rashad rashid raul ravi ray rayford raymon raymond raymundo reed reggie reginald reid reinaldo reince
            reinhard renaldo renato reuben rex rey reyes reynaldo reza rhett rhys ricardo riccardo rich richard
            richie rick rickey rickie ricky rico rigoberto rikard rishi rob robbert robby robert roberto robin robt
            rocco rocky rod roderick rodger rodney rodolfo rodrick rodrigo rogelio roger rohan rohit roland rolando
            rolf rolland romain roman romeo ron ronald ronan ronnie ronny roosevelt rory roscoe rosendo ross roy
            royal royce ruben rubin rudolf rudolph rudy rueben rufus rupert ruslan russ russel russell rusty ryan
            ryszard sachin saeed said sal salim salman salvador salvatore sam sameer samir sammy samual samuel
            sandeep sanford sanjay santiago santo satish satoshi saul scot scott scotty seamus sean sean-paul
            sebastian serge sergei sergey sergio seth seymour shad shafiq shahid shane shankar shaun sheldon shelton
            sherman sherwood shigeru shinzo shon sid siddharth sidney silas simon sipho slavko slobodan solomon
            sonny spencer stan stanford stanislav stanley stanton stefan stefano steinar stephan stephane stephen
            sterling steve steven stewart stuart subhash sudhir suleiman sunil suresh sven syed sylvain sylvanus
            sylvester tad tadhg takeshi tanner tarek tariq tarun tayyip tebogo ted teddy tendai teodoro terence
            terrance terrell terrence terry thabo thad thaddeus theodore theron thierry thilo thomas thorsten
            thurman tiago tim timmy timothy timur titus tobias toby tod todd tom tom-joe tomas tomasz tommy toney
            tony torsten travis trent trenton trevor trey tristan troy truman tuan tunde ty tyler tyree tyrell tyron
            tyrone tyson uday ulrich ulysses umar umberto vaclav valentin vance vasily vaughn venkat vern vernon
            vicente victor vijay vikas vikram viktor vinay vince vincent vincenzo vinod viraj virgil virgilio vishal
            vito vivek vladimir vladislav volodymyr von wade waldo waleed walker wallace wally walter walton ward
            warner warren waylon wayne wei weldon wendell werner wes wesley weston wilber wilbert wilbur wilburn
            wiley wilford wilfred wilfredo wilhelm will willard william williams willian willis willy wilmer wilson
            wilton wim winford winfred winston wm wojciech wolfgang woodrow wyatt wyn xavier xi yannick yasser yaw
            yevgeny yoshihiro youssef yuri yusuf yuto yves zachariah zachary zachery zack zackary zane zeljko zhang
            zoltan zubair zviad
            """
        ),
        (
            .femaleName,
            """
            aase abbey abbie abby abigail ada adaeze addie adela adelaida adelaide adele adelina adeline adell
            adriana adriane adrianna adrianne adrienne agata agatha agnes agnieszka aida aileen ailsa aimee aine
            aisha aishwarya aisling akiko alaina alana alanna alba alberta albina alda alecia alejandra aleksandra
            alene alesha alesia alessandra aleta aletha alexa alexandra alexandria alfreda alice alicia alina aline
            alisa alisha alison alissa allene allie allison allyson alma alpha alta altagracia althea alvina alyce
            alyson alyssa amal amalia amalie amanda amara amber amelia amelie ami amie amina amira amparo amy ana
            anabel ananya anastasia andra andrea andria angela angelia angelica angelina angeline angelique angelita
            angharad angie anh anissa anita anjali anjana ann anna annabelle annamarie anne anneke anneliese
            annemarie annetta annette annie annika annmarie anouk antionette antje antoinette antonella antonette
            anushka aoife apinya april araceli aracely ardis ardith aretha ariana arleen arlene arline armida artie
            asha ashlee ashleigh ashley ashton asia asma astrid athena audra audrey augusta aura aurelia aurora
            autumn ava avis ayesha aylin bambi barb barbara barbra barbro beata beatrice beatrix beatriz becky belen
            belinda bella belle belva benedicte benita berit bernadette bernadine bernice berniece bernita berta
            bertha bertie beryl bess bessie beth bethan bethany betsy bette bettie bettina betty bettye beulah
            beverley beverly bianca birdie birgit birgitta blanca blanch blanche blessing bobbi bonita bonnie bonny
            bozena brandi brandie brandy branka breanna brenda brenna briana brianna brianne bridget bridgett
            bridgette bridie brigette brigitte britney brittani brittany brittney bronagh bronwyn brook brooke
            caitlin caitlyn callie camilla camille candace candelaria candi candice candida candy caoimhe cara caren
            cari caridad carina carissa carla carleen carlene carlotta carly carman carmel carmela carmelita
            carmella carmen carol carole carolee carolina caroline carolyn carrie caryl caryn carys casandra
            cassandra cassie catalina catarina catharine catherine cathie cathleen cathrine cathryn cathy catina
            catrin catrina cecelia cecile cecilia celeste celestine celia celina celine ceri cerys chanda chandra
            chanel chantal chantel charisse charity charla charleen charlene charline charlotte charmaine chasity
            chastity chelsea chelsey chelsie cheri cherie cherly cherry cheryl cheryle chiamaka chiara chidinma
            chimamanda chinwe chioma chiquita chloe chrissy christa christal christen christi christie christin
            christina christine christy chrystal cindi cindy cinthia claire clara clare clarice clarissa claudette
            claudia claudine clementine coleen colette colleen collette concepcion concetta condoleezza connie
            constance consuelo cora coral cordelia cori corina corine corinna corinne cornelia corrie corrine
            cortney cristal cristina cristine cristy crystal cynthia dagmar daisy dalia damaris dana danelle danette
            daniela daniella danielle danita danna danuta daphne dara darci darcy daria darla darleen darlene dawn
            dawna dayna deana deann deanna deanne debbie debby debi debora deborah debra debrah deena deepa deepika
            deidra deidre deirdre delfina delia delilah della delma delois delores deloris delphine demetria dena
            denice denise dervla desiree dessie destiny dian diana diane diann dianna dianne dilma dina dinah dionne
            divya dixie dollie dolly dolores dominga dona donita donna dora dorcas doreen dorene doretha dori
            dorinda doris dorota dorothea dorothy dorris dorte dortha dorthy dottie dovie dragana dulce earlene
            earline earnestine easter ebba ebony ebru edie edith edna edwina edythe effie eileen elaina elaine elba
            elda eleanor eleanore elen elena eleni elenor eleonora eleri elia elida elif elin eline elinor elisa
            elisabeth elise elissa eliza elizabeth elizebeth elke ella ellen ellie ellinor elma elnora elodie eloisa
            eloise elouise elsa elsie eluned elva elvia elvira elyse emilia emilie emily emine emma emmanuelle ena
            enid enriqueta era erica ericka erika erin erlinda erma erna ernestina ernestine esmeralda esperanza
            essie estela estella estelle ester esther eszter ethel etta eugenia eula eulalia eunice eva evangelina
            evangeline eve evelyn evette evgenia evie evonne ewa fabiola faith fannie fanny farah farrah fatima
            fatimah fatma fatou fatoumata fawn fay faye federica felecia felicia felicita felicitas felipa felisha
            fern ffion fiammetta filomena fiona flor flora florence florida florine flossie floy folasade fran
            frances francesca francine francisca freda freida freya frida frieda friederike fumiko funke gabriela
            gabriella gabrielle gail galina garnet gauri gay gaye gayla gayle gena geneva genevieve genoveva
            georgette georgia georgiana georgianna georgie georgina geraldine gerda geri germaine gerri gertie
            gertrud gertrude gilda gillian gina ginger ginny giorgia gisela giselle gitanjali giulia gladys glenda
            glenna gloria golda goldie grace gracie graciela grainne gregoria greta gretchen griselda gro gudrun
            guillermina gulnara gunilla gussie gwen gwendolyn gwyneth habiba hadiza hailey hala haley halima hallie
            hanan hanna hannah hanne harriet harriett harriette haruka hattie haydee hayley hazel heather hedda
            heidi heike helen helena helene helga hellen henrietta herlinda hermelinda herminia hester hiba hilary
            hilda hilde hildegard hillary hind holli hollie holly hope hortencia hortense huda huma ida idella ikram
            ila ilaria ileana ilene ilse ima imelda imogen imogene ina india indira ines inez inga inge ingeborg
            inger ingrid ioana iola iona ione irena irene irina iris irma isabel isabell isabella isabelle isha isla
            iva ivana ivanka ivette ivonne ivy jacinda jackie jacklyn jaclyn jacque jacquelin jacqueline jacquelyn
            jacquline jada jade jadwiga jaimie jami jamila jana jane janeen janel janell janelle janet janette
            janice janie janina janine janis janna jannette jannie jaqueline jasmin jasmina jasmine jaya jayme jayne
            jean jeana jeane jeanetta jeanette jeanie jeanine jeanna jeanne jeannette jeannie jeannine jelena jena
            jenelle jenifer jeniffer jenna jennette jenni jennie jennifer jenny jeri jerri jerrie jesica jessica
            jill jillian joan joanie joann joanna joanne jocelyn jodi jodie joelle joellen johanna johnna jolanta
            joleen jolene joni jonnie josefa josefina josephina josephine josette josie jovita joy joyce joycelyn
            juana juanita judi judit judith judy juli julia juliana julianna julianne julie juliet juliette june
            jung justina justine justyna jutta kaitlin kaitlyn kaja kala kalpana kamala kami kamila kanya kara karen
            kari karin karina karissa karla karol karolina karolyn karon karrie karyn kassandra katarina katarzyna
            kate katelyn katerina katharina katharine katherine katheryn kathi kathie kathleen kathrine kathryn
            kathy katie katina katja katrina katy kavita kay kaye kayla kayoko keely keisha kelli kellie kelly
            kellyanne kelsey kendra kenya keri kerri kerrie kerstin kesha keshia khadija kia kim kimberlee kimberley
            kimberly kira kirsten kirsti kisha kitty kori krista kristal kristen kristi kristie kristin kristina
            kristine kristy krystal krystle krystyna kyla kylie kyong kyra kyung lacey lacie ladonna lakeisha
            lakesha lakeshia lakisha lalita lan lana laquita lara larisa larissa lashanda lashawn lashonda lata
            latanya latasha latifa latisha latonia latonya latosha latoya latrice latricia laura laureen laurel
            lauren lauretta laurette lauri laurie lavina lavon lavonne lawanda lea leah leann leanna leanne leatrice
            leeann leena leila leilani leisa lela lelia lena lenora lenore leola leona leone leonie leonor leonora
            leora leota lesa lessie leta letha leticia letitia lettie leyla lia libby lida lidia liesbeth ligia lila
            lilia lilian liliana lillian lillie lilly lily lina linda lindsay lindy linnea linnie lisa lisbet lise
            lisette lissette livia liz liza lizabeth lizbeth lizette lizzie ljiljana lois lola lolita lona lora
            loraine lorena lorene lorenza loretta lori lorie lorine lorna lorraine lorri lorrie lotte lottie louann
            louella louisa louise lourdes lovie lowri luann luanne lucia luciana lucie lucila lucile lucille lucinda
            lucretia lucy ludmila luella luisa lula lulu lura luz lydia lyn lynda lyndsey lynette lynne lynnette
            lyudmila ma mabel mable mackenzie madeleine madeline madelyn madge madonna mae magda magdalena magdalene
            maggie magnolia mai mair maja majorie malala malgorzata malinda malissa mallory mamie mandi mandy
            manuela mara maranda marcela marcelina marcella marcelle marci marcia marcie marcy mared mareike
            margaret margarette margarita marge margery margie margit margo margot margret margrethe marguerite mari
            maria mariah mariam marian mariana mariann marianna marianne maribel maricela marie marieke mariella
            marietta marijke marilee marilyn marilynn marina marisa marisela marisol marissa marit marita maritza
            mariya marjorie marjory marla marlena marlene marlyn marlys marnie marquerite marquita marsha marta
            martha marti martina marva marvel marwa mary maryam maryann maryanne marybeth maryellen maryjane marylin
            marylou masako mathilde matilda matilde mattie maud maude maudie maura maureen maurine mavis maxie
            maxine may maya maybelle mayme mayra mayumi meagan meaghan meena meera megan meghan meghna mehwish mei
            melania melanie melba melina melinda melisa melissa mellisa mellissa melodie melody melony melva melvina
            menna mercedes meredith merete merry merve meta mi mia micaela michaela michell michelle michiko
            migdalia milagros mildred milena milica millicent millie mimi mina mindy minerva minna minnie mira
            miranda mireya miriam mirian mirjam mirna missy misti misty mittie mitzi moira mollie molly mona monica
            monika monique mozelle muriel myra myriam myrna myrtis myrtle nadia nadine nadira nadja nakia naledi nan
            nanci nancy nandini nanette nannette nannie naomi nasreen natalia natalie natalya natascha natasha
            nathalie natividad navya nedra neelam neha nelda nell nellie nelly nena nereida nerys nettie neva ngozi
            niamh nichole nicki nicola nicole niki nikki nila nilda nina nirmala nisha nita nobuko noelle noemi nola
            non nona nora norah noreen norma noura nova novella nuala nuray nuria nydia octavia odessa odile ofelia
            ok oksana ola olena oleta olga olive olivia oma ona opal ophelia ora oralia orla ornella orpha paige pam
            pamala pamela pansy patrica patrice patricia patrizia patsy patti pattie patty paula paulette paulina
            pauline pearl pearlie pearline peggie peggy penelope pennie penny perla pernille petra petronella
            philippa phillis philomena phoebe phuong phylis phyliss phyllis pilar piroska polly pooja poonam portia
            pratibha precious preeti pricilla princess priscilla pritam priya priyanka prudence queen rachael
            racheal rachel rachelle radhika rae rafaela rahel raisa ramona randi rania raquel rasha rashida raven
            razia reba rebeca rebecca rebekah reema regina reina rekha rena renae renata renate renee renita renu
            reta retha reva reyna rhea rhiannon rhoda rhonda richelle rina rita ritu robbin roberta robyn rochelle
            rocio roisin roma romana romona rona ronda rosa rosalba rosalee rosalia rosalie rosalina rosalind
            rosalinda rosalyn rosanna rosanne rosario rose roseann roseanna roseanne rosella roselyn rosemarie
            rosemary rosetta roshni rosie rosina rosita roslyn rowena roxana roxane roxann roxanna roxanne roxie
            ruby rubye ruchi rukhsana rupa ruth ruthann ruthie saba sabina sabine sabrina sadia sadie safiya saida
            saima sakura salina sallie sally salma samantha samatha samira sana sandi sandra sangeeta sania sanjuana
            sanjuanita sanna santa saoirse sara sarah saskia saundra savannah savitri scarlett seema selena selina
            selma serena shabana shaina shalini shalonda shameka shamika shana shanda shanna shanon shanta shante
            shantel shanthi shara shari sharla sharlene sharmila sharon sharonda sharron sharyn shauna shawna shayla
            shayna shazia sheena shefali sheila shelia shelley shelli shellie shelly sheree sheri sherie sherita
            sherri sherrie sherrill sherry sheryl shiela shirlene shirley shobha shonda sian sierra sigrid silke
            silvana silvia simona sinead siobhan sita siân smita sneha snezana socorro sofia soledad solveig sondra
            sonia sonja sonya soon sophia sophie soraya stacey staci stacia stacie starla starr stefania stefanie
            stella stephanie stephany stephenie sue sumitra summer sun sunita sunniva sunny supriya susan susana
            susanna susannah susanne sushma susie suvi suzan suzanna suzanne suzette svetlana swati sybil sylvia
            tabatha tabitha tamara tameka tamela tamera tami tamika tammi tammie tammy tamra tana tania tanisha
            tanja tanya tara taryn tasha taslima tatiana tatjana tatyana tawana tawanda tawnya teena tehmina tena
            tera teresa terese teresita teressa teri terra terri terrie tessa tessie thandi thandiwe thea theda
            thelma theodora theresa therese thuy tia tiana tiara tierra tiffani tiffanie tiffany tillie tina tisha
            tomasa tomeka tomoko tone toni tonia tonja tonya tori tosha toya traci tracie trena tresa tressa treva
            tricia trina trine trisha trista trudy tuva twila twyla tyra ulla ulrika ulrike uma una ursula urszula
            usha vada valarie valencia valentina valeria valerie valorie vandana vanessa veda veena velda velma
            venessa venita venus vera verda vergie verla verna vernell vernice veronica vesna vesta vickey vicki
            vickie vicky victoria vida vidya vikki vilma viola violet violeta virgie virgina virginia vivian viviana
            viviane vonda wanda wangari wanjiku wanjiru wendi wendy wilda wilhelmina willa wilma windy winifred
            winnie winnifred winona xiomara yadira yael yamini yasmeen yasmin yelena yesenia yetunde yoko yolanda
            yolonda yoshiko yuliya yumiko yvette yvonne zahara zahra zainab zanele zeinab zelda zella zelma zenaida
            zeynep zoe zofia zohra zoila zola zoraida zsuzsa zuzana
            """
        ),
    ]
}
