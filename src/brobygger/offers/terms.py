from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class Theme(Term):
    """What a need is about, and what an offer helps with. One code on both sides, so that they can meet."""

    HOMEWORK = "homework", _("lektiehjælp")
    LEISURE = "leisure", _("fritid og forening")
    YOUTH_JOB = "youth_job", _("fritidsjob")
    PARENTING = "parenting", _("forældrerollen")
    DEBT = "debt", _("gæld og økonomi")
    COMPANY = "company", _("fællesskab og ensomhed")
    DROP_IN = "drop_in", _("et sted at være")
    DANISH = "danish", _("at tale dansk")
    WORK = "work", _("arbejde og uddannelse")
    HEALTH = "health", _("sundhed")
    WELLBEING = "wellbeing", _("at have det svært")
    MISUSE = "misuse", _("alkohol og stoffer")
    HOUSING = "housing", _("bolig")
    LEGAL = "legal", _("retshjælp")
    FAMILY_LAW = "family_law", _("skilsmisse og forældremyndighed")
    IMMIGRATION = "immigration", _("ophold og statsborgerskab")
    FOOD = "food", _("mad og tøj")
    SAFETY = "safety", _("vold og tryghed")
    DIGITAL = "digital", _("hjælp til det digitale")
    AUTHORITIES = "authorities", _("breve og kontakt med det offentlige")
    VOLUNTEER = "volunteer", _("selv at hjælpe til")


class OfferStatus(Term):
    """HSDS service.status, in our words. Inactive and temporarily closed offers stay visible (OFF-03)."""

    ACTIVE = "active", _("åbent")
    PAUSED = "paused", _("holder pause")
    CLOSED = "closed", _("lukket")


class CapacityKind(Term):
    PLACES = "places", _("ledige pladser")
    OPEN_DOOR = "open_door", _("kom bare")
    TALK_FIRST = "talk_first", _("samtale først")
    WAITING_LIST = "waiting_list", _("venteliste")
    FULL = "full", _("fuldt")
    UNKNOWN = "unknown", _("ikke oplyst")


class QueueKind(Term):
    """What happens to whoever asks when there is no place (OFF-04)."""

    NONE = "", _("ingen venteliste")
    BY_DATE = "by_date", _("venteliste efter den dag, man spurgte")
    OWN_RULE = "own_rule", _("venteliste efter en anden regel")


class OnlyFor(Term):
    EVERYONE = "", _("alle")
    WOMEN = "women", _("kvinder")
    MEN = "men", _("mænd")


class PartOfDay(Term):
    """One word for some hours; `rules.PARTS` says which. Residents say when they can by the same codes."""

    MORNING = "morning", _("formiddag (8–12)")
    AFTERNOON = "afternoon", _("eftermiddag (12–17)")
    EVENING = "evening", _("aften (17–22)")


class OrderState(Term):
    """How far a file has come that somebody wants taken in (OFF-07)."""

    RECEIVED = "received", _("modtaget")
    COLUMNS = "columns", _("venter på, at kolonnerne vælges")
    TRYING = "trying", _("prøves")
    TRIED = "tried", _("prøvet")
    TAKING = "taking", _("hentes ind")
    TAKEN = "taken", _("hentet ind")
    REFUSED = "refused", _("afvist")
    DROPPED = "dropped", _("lagt væk")


class Sameness(Term):
    """What somebody has said about two entries of the directory."""

    SAME = "same", _("det samme")
    APART = "apart", _("hver sit")
