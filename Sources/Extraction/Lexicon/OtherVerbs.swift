/// Frequent finite verbs that are no cues: they show where a noun phrase ends.
enum OtherVerbs {
    static let table: [(WordClass, String)] = [
        (
            .verb,
            """
            went goes came comes got gets made makes took takes gave gives became becomes began begins left leaves kept
            keeps ran runs lost loses won wins met meets led leads fell falls rose rises grew grows stood stands sat spent
            spends brought brings bought sold sells paid pays sent sends set sets put puts let lets built broke breaks
            caught chose cut cuts drew drove ate felt fought flew forgot froze hid hit hits hurt laid lay lies lent meant
            rode rang sang sank shook shot shut slept spoke speaks stole struck swam taught threw wore woke works worked
            needs needed tried tries used uses turned turns started starts ended ends helped helps happened happens
            """
        )
    ]
}
