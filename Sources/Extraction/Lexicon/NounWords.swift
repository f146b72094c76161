/// The calendar, titles, groups and units.
enum NounWords {
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
        ([.honorific, .abbreviation], "mr messrs"),
        ([.honorific, .abbreviation], "mrs ms mme"),
        (.honorific, "miss madam lady dame queen princess duchess congresswoman"),
        (.honorific, "sir lord king prince duke father congressman pope"),
        (
            [.honorific, .abbreviation],
            "dr prof sen rep gov gen lt col capt sgt maj adm cmdr rev hon pres sens reps govs supt det insp cpl pvt fr engr surv alh"
        ),
        ([.abbreviation, .nameEnding], "jr sr inc corp ltd co bros"),
        (
            .abbreviation,
            """
            st vs etc eg ie jan feb mar apr jun jul aug sep sept oct nov dec no nos vol fig ave
            blvd rd mt ft dept est approx ca
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
