/// Pronouns, determiners, prepositions, auxiliaries and other closed classes.
enum FunctionWords {
    static let table: [(WordClass, String)] = [
        ([.relative, .common], "that"),
        ([.preposition, .common], "to"),
        ([.preposition, .common], "by"),
        (.common, "according"),
        (.common, "and but or nor yet so plus"),
        (
            [.subordinator, .common],
            """
            while because although though when whenever if unless since until till whether after before as where whereas once
            than why how what whatever lest
            """
        ),
        ([.relative, .common], "who which what whom whose"),
        (
            [.determiner, .common],
            """
            the a an this these those each every both either neither no any some many most several few all another other
            such more less much
            """
        ),
        (
            [.preposition, .common],
            """
            in on at of for from with without about against between among during under over into onto through throughout
            despite toward towards upon within near across behind beyond like unlike amid including via per besides
            except following alongside since after before until regarding concerning off out up down around
            """
        ),
        (
            .common,
            """
            also then still later earlier again ever never always often once twice just even only already now soon
            instead meanwhile however therefore thus moreover nevertheless nonetheless otherwise perhaps maybe indeed
            rather quite further too there here today yesterday tomorrow tonight ago almost nearly far long first
            previously recently repeatedly publicly privately reportedly allegedly apparently specifically explicitly
            separately finally eventually immediately initially strongly simply openly clearly quickly flatly bluntly
            broadly famously sharply angrily quietly jokingly formally officially directly consistently frequently
            firmly merely largely mostly certainly probably definitely basically actually really frankly additionally
            """
        ),
        ([.time, .common], "today yesterday tomorrow tonight earlier later recently last next this"),
        ([.auxiliary, .verb, .common], "has have had having do does did hasn't haven't hadn't don't doesn't didn't"),
        ([.be, .verb, .common], "is are was were be been being am isn't aren't wasn't weren't 's"),
        (
            [.modal, .auxiliary, .verb, .common],
            """
            will would can could may might shall should must won't wouldn't can't cannot couldn't mightn't shouldn't
            mustn't ought
            """
        ),
        (.common, "not never"),
        ([.possessivePronoun, .masculine, .common], "his"),
        ([.possessivePronoun, .feminine, .common], "her"),
        ([.possessivePronoun, .common], "my your its our their"),
        ([.masculine, .common], "he"),
        ([.feminine, .common], "she"),
        ([.plural, .common], "they"),
        ([.common], "it"),
        ([.common], "i we"),
        ([.common], "you"),
        (
            .common,
            "me us my our mine ours myself ourselves i'm i've i'd i'll we're we've we'd we'll let's"
        ),
        (.common, "your yours you're you've you'll you'd"),
        ([.masculine, .common], "he's he'd he'll"),
        ([.feminine, .common], "she's she'd she'll"),
        ([.plural, .common], "they're they've they'd they'll"),
        ([.masculine, .common], "him himself"),
        ([.feminine, .common], "herself hers"),
        ([.plural, .common], "them themselves theirs"),
        (.common, "itself it's it'll"),
        (
            [.common],
            "many some others most few several both all none one everyone everybody nobody someone anyone those these this"
        ),
        (.common, "there that's there's what's who's here's let yes no well oh ok please thanks hello dear"),
    ]
}
