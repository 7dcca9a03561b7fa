"""The stories of the bridges that are on their way; those that came to an end are in `lived`.

Every act is made by the house's own actions, so a story can only tell what may happen; and between two
acts every clock that is due has rung.
"""

from brobygger.bridging.terms import DecidedBy, EndReason, RejectReason
from brobygger.site.sample.acts import (
    Accepted,
    Built,
    Opened,
    Sent,
    Story,
    Withdrawn,
    asked,
    changed_mind,
    listed,
    no,
    seen,
    yes,
)
from brobygger.site.sample.lived import LIVED
from brobygger.site.sample.people import HELLE, JONAS, MAJA, RUTH, SAMUEL, TORBEN

NO_ROOM, NOT_FOR_US = RejectReason.NO_CAPACITY, RejectReason.NOT_ELIGIBLE
OUTSIDE, NOT_OURS = RejectReason.OUTSIDE_HOURS_OR_AREA, RejectReason.WRONG_SERVICE
LACKING, SOMETHING = RejectReason.MISSING_INFO, RejectReason.OTHER
RESIDENT, US = DecidedBy.RESIDENT, DecidedBy.US

UNDER_WAY = (
    Story(
        MAJA,
        "inger",
        "Besøgsven",
        (
            *asked(6, "10.05", "Hun bager selv kagen, så kom med plads."),
            Opened(5, "9.10"),
            Accepted(2, "13.30", (1, "14.00"), "En af vores frivillige kommer til kaffe. Hun har god tid."),
        ),
    ),
    Story(MAJA, "amir-letters", "Tid hos en rådgiver", asked(1, "13.15", "Han taler arabisk og let dansk.")),
    Story(MAJA, "Jeg kan godt lide stilheden", "Seniorklub med banko", (Built(7, "9.30"),)),
    Story(
        MAJA,
        "Jeg vil gerne danse",
        "Hiphop for 8–12-årige",
        (Built(1, "14.50"),),
        because="Vil hellere hjælpe til på børneholdet end stå på et af de store.",
    ),
    Story(MAJA, "Jeg øver mig med fjernsynet", "Sprogcafé om formiddagen", asked(2, "11.20")),
    Story(MAJA, "Jeg mangler kun prøven", "Statsborgerskab: øv prøven", asked(1, "9.45")),
    Story(
        MAJA,
        "Min søn siger, at alle de andre",
        "Tegneværksted i Regnbuen",
        seen(2, 1, "10.40", "Han er genert de første ti minutter. Så går det over."),
    ),
    Story(MAJA, "Jeg ved, hvad jeg skylder", "Gældsrådgivning", seen(5, 4, "13.30")),
    Story(MAJA, "Vi råber for meget", "Ro på derhjemme", asked(3, "14.10")),
    Story(
        MAJA,
        "Jeg ligner en, der klarer det",
        "Samtale samme uge",
        yes(6, 4, (0, "15.00"), "Ring på hos Åben Dør. Der er te."),
    ),
    Story(
        MAJA, "Jeg vil gerne have en at gå tur med", "Gåven", yes(9, 7, (-5, "10.00"), "Vi mødes i porten.")
    ),
    Story(
        MAJA,
        "Jeg har boet her i fire år",
        "Læsemakker, to og to",
        listed(8, 6, "Nummer fire på listen. Det går tit hurtigt."),
    ),
    Story(
        MAJA, "Jeg er alene med tre", "Alene med børn", no(5, 2, NO_ROOM, "Der er fyldt til efter ferien.")
    ),
    Story(
        MAJA,
        "Jeg får ondt i maven om søndagen",
        "Ung til ung om angst",
        no(3, 1, NOT_FOR_US, "Holdet er kun for dem, der ikke går til samtaler i forvejen."),
    ),
    Story(
        MAJA,
        "Den lille vil ikke spise",
        "Mad til små maver",
        (*asked(4, "9.15"), Withdrawn(1, "12.45", RESIDENT, EndReason.PERSON_DECLINED, "Ikke lige nu.")),
    ),
    Story(
        MAJA,
        "Jeg skal flytte",
        "Flyttehjælp mellem naboer",
        changed_mind(12, 11, "En kusine med varevogn kom i vejen."),
    ),
    Story(MAJA, "Jeg har en cykel", "Lær at cykle, for kvinder", asked(2, "12.30")),
    Story(MAJA, "Brevet er på tre sider", "Brevværksted", asked(11, "10.50")),
    Story(
        MAJA,
        "Læreren skriver",
        "Lektiehjælp på skolen, 3.–6. klasse",
        seen(2, 1, "8.45", "Hun læser bedst, når hun sidder ved vinduet."),
    ),
    Story(RUTH, "De to store", "Fodbold for 6–8-årige", asked(1, "10.10", "Den ene har selv støvler.")),
    Story(RUTH, "Jeg vil tjene mine egne penge", "Fritidsjob i kvarteret", (Built(2, "15.10"),)),
    Story(RUTH, "Jeg har fået sukkersyge", "Lev godt med sukkersyge", seen(3, 1, "13.40")),
    Story(
        RUTH,
        "Mit bevis er fra Damaskus",
        "Hvad er mit bevis værd?",
        yes(5, 3, (1, "10.30"), "Tag det hele med, også kopierne."),
    ),
    Story(
        RUTH, "Det hjælper mig at bokse", "Bokseklub for unge", yes(8, 6, (3, "18.30"), "Handsker har vi.")
    ),
    Story(RUTH, "Vi er blevet enige", "Delt hjem, hele børn", yes(10, 8, (-7, "15.30"))),
    Story(
        RUTH,
        "Jeg vil gerne tale om krigen",
        "Tal om krigen, når du vil",
        listed(23, 22, "Vi skriver, så snart der er en tolk og en stol."),
    ),
    Story(RUTH, "Jeg sover på min søsters sofa", "Tid hos en rådgiver", no(4, 1, OUTSIDE)),
    Story(
        RUTH,
        "Jeg savner at spille bordtennis",
        "Bordtennis i kælderen",
        changed_mind(20, 19, "Vil vente lidt."),
    ),
    Story(
        RUTH,
        "Mine venner bor i telefonbogen",
        "Strik og snak",
        asked(1, "14.05"),
        because="De er to fra samme opgang, og de vil følges.",
    ),
    Story(JONAS, "Jeg vil gerne holde op med at ryge", "Rygestop", (Built(9, "10.00"),)),
    Story(JONAS, "Jeg forstår det godt", "Lektiecafé for de store", asked(1, "11.45")),
    Story(JONAS, "Jeg kan godt være sammen", "Haveskuret", asked(4, "13.10")),
    Story(JONAS, "Kan nogen vise mig det", "Digital post, skridt for skridt", seen(1, 1, "9.05")),
    Story(JONAS, "Min mand drikker", "Pårørende til en, der drikker", seen(9, 7, "10.35")),
    Story(
        JONAS,
        "Natten er så lang",
        "Telefonven",
        yes(4, 2, (2, "10.00"), "Jeg ringer klokken ti. Læg ikke på."),
    ),
    Story(
        JONAS,
        "Min søn ordnede det hele",
        "Hjemmebesøg med computerhjælp",
        listed(5, 4, "Der går nok en måned."),
    ),
    Story(
        JONAS,
        "Jeg siger ja til det hele",
        "Samtale samme uge",
        no(6, 2, LACKING, "Vi mangler at vide, hvilke dage der kan lade sig gøre."),
    ),
    Story(
        JONAS,
        "Siden jeg holdt op",
        "Kor uden optagelsesprøve",
        (
            *no(9, 6, NO_ROOM, "Koret er fuldt i denne sæson."),
            Built(4, "10.30"),
            Sent(4, "10.50", "Koret havde ikke plads. Går I i al slags vejr?"),
            Opened(3, "9.20"),
            Accepted(2, "11.10", (1, "10.00"), "Ja. Vi går også i regn."),
        ),
        then="Gåtur fra bænken",
    ),
    Story(
        JONAS, "Jeg kan lave pasta", "Lær at lave mad fra bunden", changed_mind(15, 14, "En nabo viser det.")
    ),
    Story(JONAS, "Et sted med kaffe", "Dagen på Kaffekanden", asked(3, "12.00")),
    Story(HELLE, "Hjemme er der ikke ro", "Lektiehjælp på biblioteket", (Built(1, "10.25"),)),
    Story(
        HELLE,
        "Jeg er faldet to gange",
        "Faldtræning",
        seen(2, 1, "12.15", "Hører bedst på højre øre."),
    ),
    Story(HELLE, "Der er tre rykkere", "Åbn brevet sammen med nogen", asked(6, "9.50")),
    Story(
        HELLE, "Jeg skal til møde", "Bisidder til samtaler", yes(7, 5, (1, "9.30"), "Vi mødes i forhallen.")
    ),
    Story(HELLE, "Jeg tager en lille en", "Alkohol efter de tres", yes(13, 10, (-10, "11.00"))),
    Story(HELLE, "Min ryg er god nok", "Ondt i ryggen", listed(12, 10, "")),
    Story(
        HELLE,
        "Findes der et sted, hvor man må være stille",
        "Stille stue",
        no(7, 1, NOT_OURS, "Biblioteket har en bedre krog."),
    ),
    Story(
        HELLE,
        "Jeg var syerske",
        "Syklub i Perlen",
        (*asked(6, "13.45"), Withdrawn(2, "10.15", US, EndReason.SUPERSEDED, "Er begyndt i et skrædderi.")),
    ),
    Story(
        HELLE,
        "Jeg vil gerne arbejde, når bare",
        "Job, når man henter klokken tre",
        changed_mind(25, 24, "Svigermor henter nu, så det haster ikke."),
    ),
    Story(HELLE, "Der står, at jeg skal partshøres", "Skriv det pænt", asked(10, "11.30")),
    Story(
        HELLE,
        "Om vinteren savner jeg et rum",
        "Morgenkaffe i Nabohuset",
        yes(3, 1, (4, "9.00")),
        because="Har siddet der før, til højre for kakkelovnen.",
    ),
    Story(SAMUEL, "Han er fjorten", "Fritidsjob: den første ansøgning", asked(1, "15.00")),
    Story(SAMUEL, "Min bror er på noget", "Pårørende til en, der drikker", seen(3, 2, "11.40")),
    Story(SAMUEL, "Jeg kender alle børnene", "Fællesspisning om torsdagen", asked(8, "10.15")),
    Story(
        SAMUEL,
        "Jeg vil gerne møde andre fædre",
        "Fædregruppe",
        yes(6, 3, (4, "19.00"), "Kom et kvarter før."),
    ),
    Story(
        SAMUEL,
        "Jeg glemmer, hvad lægen siger",
        "Følgeskab til lægen",
        no(3, 1, SOMETHING, "Vi flytter kontor lige nu. Spørg igen på mandag."),
    ),
    Story(
        SAMUEL,
        "Jeg har været hjemme med børnene",
        "CV-værksted",
        (*seen(5, 3, "9.35"), Withdrawn(1, "9.55", RESIDENT, EndReason.OTHER, "Har fået arbejde.")),
    ),
    Story(
        SAMUEL,
        "Jeg vil gerne have skrevet et testamente",
        "Testamente og fuldmagt",
        listed(3, 1, "Nummer to."),
    ),
    Story(
        SAMUEL,
        "Jeg går en omvej hjem",
        "Tryg på vej hjem",
        asked(2, "10.30"),
        because="En søster følges allerede med dem.",
    ),
    Story(TORBEN, "Jeg taler fire sprog", "Hjælp til i Nabohuset", seen(4, 2, "13.45")),
)

STORIES = (*UNDER_WAY, *LIVED)
