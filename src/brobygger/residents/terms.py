from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class WayToReach(Term):
    PHONE = "phone", _("telefon")
    SMS = "sms", _("sms")
    EMAIL = "email", _("e-mail")
    DOOR = "door", _("på døren")
    THROUGH = "through", _("gennem en anden")


class RelationKind(Term):
    WORKER = "worker", _("fast medarbejder")
    SUBSTITUTE = "substitute", _("stedfortræder")
    COMPANION = "companion", _("følgeskab")


class NoteChannel(Term):
    """Where the talk took place."""

    DOOR = "door", _("på døren")
    PHONE = "phone", _("i telefon")
    HOUSE = "house", _("i huset")
    OUT = "out", _("ude")
    WRITTEN = "written", _("på skrift")


class Voice(Term):
    """Who speaks on the timeline: our bank, the other bank, the resident, or the clock."""

    US = "us", _("os")
    THEM = "them", _("dem")
    YOU = "you", _("beboeren")
    CLOCK = "clock", _("fristen")


class NeedOutcome(Term):
    """Said by the resident (BRIDGES 6)."""

    GOT_HELP_FULL = "got_help_full", _("fik hjælp")
    GOT_HELP_PARTLY = "got_help_partly", _("fik noget hjælp")
    ENROLLED_ONGOING = "enrolled_ongoing", _("er i gang hos tilbuddet")
    NOT_HELPED = "not_helped", _("fik ikke hjælp")
    CHANGED_MIND = "changed_mind", _("ombestemte sig")
    SOLVED_OTHERWISE = "solved_otherwise", _("løst på anden måde")
    UNKNOWN = "unknown", _("ukendt")


class Gender(Term):
    WOMAN = "woman", _("kvinde")
    MAN = "man", _("mand")
    OTHER = "other", _("andet")


class TimeOfWeek(Term):
    """Parts of the day a resident can say are free; one per weekday makes 21 answers."""

    MORNING = "morning", _("formiddag (8–12)")
    AFTERNOON = "afternoon", _("eftermiddag (12–17)")
    EVENING = "evening", _("aften (17–22)")
