"""Stories that came to an end, or nearly: met, missed, done, late, silent, taken back. See `acts`.

One for each way in which a bridge can close, so that all of them can be seen.
"""

from brobygger.bridging.terms import Channel, EndReason, LegOutcome
from brobygger.residents.terms import NeedOutcome
from brobygger.site.sample.acts import (
    Accepted,
    Accompanied,
    Acknowledged,
    Built,
    Completed,
    Doubted,
    Failed,
    InError,
    Met,
    Missed,
    Opened,
    Placed,
    Said,
    Sent,
    Silent,
    Story,
    TakenBack,
    Tried,
    asked,
    listed,
    seen,
    together,
    yes,
)
from brobygger.site.sample.people import HELLE, JONAS, MAJA, RUTH, SAMUEL, TORBEN, YUSUF

BY_HAND = Channel.IN_PERSON
GROUND = "Tavshedspligt: kommunen må ikke fortælle, hvad der videre sker."

LIVED = (
    Story(
        MAJA,
        "Jeg bager stadig til otte",
        "Morgenkaffe i Nabohuset",
        (
            *together(45, 43, 41, "Hun er ventet. Vi er tre, der venter på kage."),
            Completed(30, "9.40", LegOutcome.ENROLLED, "Hun har sin egen krog og sin egen kop."),
            Said(
                26,
                "11.15",
                NeedOutcome.ENROLLED_ONGOING,
                "Nu bager de til min fødselsdag.",
            ),
        ),
    ),
    Story(
        MAJA,
        "Hun vil svømme",
        "Svømmehold for øvede",
        (*listed(40, 38, "Der står seks foran."), Placed(25, "10.15", (23, "17.00")), Met(23, "18.40")),
        because="Hun kan mere end begynderne.",
    ),
    Story(
        MAJA,
        "Jeg åbner ikke brevene længere",
        "Åbn brevet sammen med nogen",
        (
            *together(30, 28, 26),
            Completed(20, "12.20", LegOutcome.ADVICE_ONLY, "Vi nåede til bunden af skuffen."),
            Said(
                16,
                "13.30",
                NeedOutcome.GOT_HELP_PARTLY,
                "De er åbnet nu. Halvdelen forstår jeg.",
                then="Læs den anden halvdel sammen",
            ),
        ),
    ),
    Story(
        MAJA,
        "Jeg vil gerne have et budget",
        "Gældsrådgivning",
        (
            *seen(28, 26, "10.05"),
            Accepted(26, "13.10", met=(24, "14.00")),
            Met(24, "15.10"),
            Completed(4, "14.20", LegOutcome.SERVICE_RECEIVED, "Skemaet er lavet og gennemgået."),
            Said(2, "10.40", NeedOutcome.NOT_HELPED, "Vi nåede kun to gange, og skemaet er ikke mit."),
        ),
    ),
    Story(
        MAJA,
        "Min kone kendte alle",
        "Mandeværksted",
        (
            *yes(6, 4, (2, "10.00"), "Kom i gammelt tøj."),
            Accompanied(3, "11.00", YUSUF, "Ved porten klokken kvart i ti", "Gå på hans venstre side."),
        ),
    ),
    Story(
        MAJA,
        "Jeg taler med min kat",
        "Gåtur fra bænken",
        (
            *seen(7, 6, "10.05"),
            Accepted(6, "13.10", text="Vi går fra bænken.", met=(2, "10.00")),
            Missed(2, "14.30", "Det regnede, og bænken var tom."),
        ),
    ),
    Story(
        RUTH,
        "Jeg har skrevet tolv ansøgninger",
        "Fritidsjob i kvarteret",
        (
            *together(24, 22, 20),
            Completed(13, "11.30", LegOutcome.SERVICE_RECEIVED, "Den trettende ansøgning er sendt."),
            Tried(1, "15.40"),
        ),
    ),
    Story(
        RUTH,
        "Han sover først klokken elleve",
        "Ro på derhjemme",
        (
            *together(60, 58, 56),
            Completed(50, "10.10", LegOutcome.SERVICE_RECEIVED),
            Tried(40, "10.20"),
            Tried(34, "15.20"),
            Tried(28, "12.10", BY_HAND),
        ),
    ),
    Story(
        RUTH,
        "De skriver, at jeg har pligt",
        "Samtale ved skranken",
        (
            *together(58, 56, 54),
            Acknowledged(53, "10.30"),
            Silent(46, "11.30", GROUND),
            Tried(36, "10.20"),
            Tried(30, "15.20"),
            Tried(24, "12.10", BY_HAND),
        ),
    ),
    Story(
        RUTH,
        "Jeg har ringet fire gange",
        "Samtale ved skranken",
        (*together(20, 18, 16), Acknowledged(15, "10.30"), Silent(3, "11.30", GROUND)),
    ),
    Story(
        JONAS,
        "Jeg vil vise nogen mit CV",
        "CV-værksted",
        (
            *together(26, 25, 23),
            Completed(15, "11.10", LegOutcome.SERVICE_RECEIVED, "CV'et fylder en side nu."),
            Said(11, "10.50", NeedOutcome.NOT_HELPED, "Det er pænt. Men ingen har øvet samtalen med mig."),
            Built(10, "13.00"),
            Sent(10, "13.20", "Hun har et CV og vil øve det, man siger."),
            Opened(9, "9.15"),
            Accepted(8, "10.10", (3, "13.00"), "Kom, som du er."),
        ),
        then="Jobsamtale, prøvet af på forhånd",
    ),
    Story(JONAS, "Jeg har været ædru", "Ædru sammen", together(15, 14, 12, "Spørg efter ham med hunden.")),
    Story(
        JONAS,
        "Jeg mangler et sted at være om dagen",
        "Dagen på Kaffekanden",
        (
            *seen(22, 20, "10.05"),
            Accepted(20, "13.10", met=(17, "10.00")),
            Missed(17, "12.00", "Stolen stod fri."),
            Tried(15, "10.10"),
            Tried(14, "15.10", BY_HAND),
            Tried(13, "9.50"),
            Failed(12, "11.00", EndReason.COULD_NOT_REACH),
            Said(
                9,
                "13.00",
                NeedOutcome.NOT_HELPED,
                "Jeg var indlagt.",
                then="Gå derhen sammen",
            ),
        ),
    ),
    Story(
        HELLE,
        "Nu skal jeg have noget på telefonen",
        "Telefonhjælp om torsdagen",
        (
            *together(50, 48, 46),
            Completed(44, "12.10", LegOutcome.ADVICE_ONLY, "Posten er på telefonen nu."),
            Said(
                41,
                "10.30",
                NeedOutcome.GOT_HELP_FULL,
                "Nu trykker jeg selv.",
            ),
        ),
    ),
    Story(
        HELLE,
        "Det er svært at købe ind til én",
        "Lær at lave mad fra bunden",
        (*yes(9, 7, (3, "17.00"), "Tag en bøtte med."), TakenBack(3, "12.30")),
    ),
    Story(
        SAMUEL,
        "Min datter vil ikke gå forbi porten",
        "Tryg på vej hjem",
        (*together(34, 33, 31), Doubted(1, "10.30", "Vi kom, men der var låst.")),
    ),
    Story(
        SAMUEL,
        "Udlejeren vil beholde hele mit indskud",
        "Hjælp til lejere",
        (
            *asked(24, "9.50"),
            Said(9, "11.20", NeedOutcome.SOLVED_OTHERWISE, "Min bror skrev til dem. De svarede ham."),
        ),
    ),
    Story(
        TORBEN,
        "Jeg kan lappe cykler",
        "Lap din cykel",
        (*asked(8, "13.10"), InError(7, "9.10", "Blev skrevet på den forkerte beboer.")),
        because="Vil hjælpe til, ikke have hjælp.",
    ),
)
