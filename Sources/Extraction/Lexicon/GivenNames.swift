/// Frequent given names, for the gender that a pronoun agrees with.
enum GivenNames {
    static let table: [(WordClass, String)] = [
        (
            .maleName,
            """
            aaron abdul abdullah adam adrian ahmed alan albert alberto alejandro alex alexander alexei ali allen amir anders
            andre andrea andreas andrei andrew andy anthony antonio arthur barack ben benjamin bernard bernie bill bob boris
            brad brandon brian bruce bryan carl carlos charles charlie chris christian christopher chuck colin craig
            dan daniel dave david dean dennis derek diego dmitry don donald doug douglas dwight ed eddie edward emmanuel eric erik
            ernest eugene fernando francis francisco francois frank fred frederick gary gavin geoff george gerald giovanni glenn gordon
            graham greg gregory hans harold harry hassan henrik henry hiroshi howard hugh hugo hussein ian ibrahim igor isaac
            ivan jack jacob jake james jason javier jean jeff jeffrey jeremy jerry jesse jim jimmy joe joel johan john johnny
            jon jonas jonathan jorge jose joseph josh joshua juan julian justin karl keith ken kenji kenneth kevin khalid klaus
            kofi kwame larry lars lawrence lee leo leon leonard lewis liam lloyd lou louis lucas luis luke malcolm manuel marc marco marcus
            mario mark markus martin marty matt matteo matthew max michael miguel mike mikhail mitch mitt mohamed mohammad
            mohammed muhammad nathan ned neil nicholas nick nicolas nigel nikolai noah oleg oliver omar oscar otto owen pablo
            patrick paul pavel pedro pete peter phil philip philippe pierre rafael ralph ramon raj rand raymond reince ricardo richard
            rick rob robert roberto robin rodrigo roger roland ron ronald roy rudy russell ryan sam samuel scott sean sergei
            seth simon stanley stefan stephen steve steven stuart takeshi ted terry theodore thomas tim timothy toby todd tom tomas tony
            travis trevor vernon victor viktor vincent vladimir walter warren wayne wei will william yusuf zachary alastair alasdair alistair angus callum fergus hamish ewan rory tomas bram felix edmund gerald luis emeka jonah
            obadiah osric anselm dragan casimir konrad lukas matthias sebastian
            """
        ),
        (
            .femaleName,
            """
            abigail agnes aisha alexandra alice alicia alison amanda amina amy ana andrea angela anita ann anna anne annette
            annie astrid audrey barbara beatrice beth betty bonnie brenda bridget camille carla carly carmen carol carole caroline
            catherine cathy charlotte cheryl chloe christina christine cindy claire clara claudia condoleezza connie cynthia
            dana deborah debbie denise diana diane donna doris dorothy edith eileen elaine eleanor elena elisabeth elizabeth ella ellen
            emily emma erica erin esther eva evelyn fatima fiona florence frances francesca gabriela gail gina gloria grace greta
            hannah harriet heather heidi helen helena hillary hilary huma ida ines ingrid irene iris isabel isabella ivanka
            jacinda jackie jane janet janice jean jeanne jenna jennifer jenny jessica jill joan joanna josephine joy joyce judith judy julia
            julie june kamala karen kate katherine kathleen kathryn kathy katie katrina kellyanne kelly kim kimberly kirsten
            kristen laura lauren leah leila linda lisa liz lorraine louise lucia lucy lydia madeleine margaret maria mariam
            marie marilyn marina marta martha mary maureen megan meghan melania melanie melissa mercedes michelle mildred miriam
            molly monica nadia nancy naomi natalia natalie natasha nicola nicole nina nora norma olga olivia pamela patricia paula
            peggy penelope phyllis polly priya rachel rebecca renee rita roberta rosa rosalind rose rosemary ruth sally samantha
            sandra sara sarah sharon sheila shirley silvia sofia sonia sophia sophie stacey stephanie susan suzanne sylvia tamara
            tanya teresa theresa tina ursula valerie vanessa vera veronica victoria virginia vivian wendy yasmin yolanda yvonne zoe hester ingrid petra yelena sunniva rosalind dorothea amalie lisbet moira una isla leonora beatrix bettina
            ada philippa marit friederike annika astrid freya greta heike katja saskia svetlana
            """
        ),
    ]
}
