from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class By(Term):
    """What the residents of a gap table are told apart by."""

    THEME = "theme", _("behov")
    AREA = "area", _("område")
    LANGUAGE = "language", _("sprog")
    GENDER = "gender", _("køn")
    AGE = "age", _("alder")


class AgeGroup(Term):
    """In whole years reached in the year. The upper bound belongs to the next group."""

    CHILD = "child", _("under 13 år")
    TEEN = "teen", _("13–17 år")
    YOUNG = "young", _("18–29 år")
    GROWN = "grown", _("30–59 år")
    OLD = "old", _("60 år og derover")


SOME = "some"  # an offer or more, where few have a few


class Heard(Term):
    """How we know that an offer did not suit somebody: from its own rule, or because they said no."""

    RULE = "rule", _("en regel stod i vejen")
    NO = "no", _("de sagde nej")


UNKNOWN = "unknown"  # nobody has asked
REST = "rest"  # groups that are too small to stand alone
