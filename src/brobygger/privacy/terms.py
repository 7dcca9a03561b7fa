from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class DataKind(Term):
    """The kinds of data that can be shared, one by one. What is not ticked is not sent."""

    FIRST_NAME = "first_name", _("fornavn")
    FULL_NAME = "full_name", _("hele navnet")
    AGE = "age", _("alder")
    CONTACT = "contact", _("telefon eller anden kontakt")
    LANGUAGE = "language", _("sprog")
    NEED = "need", _("det, beboeren selv har sagt om behovet")
    STEP_FREE = "step_free", _("at der skal være trappefri adgang")
    OUTCOME = "outcome", _("hvad vi er blevet enige om")  # to a partner that has asked us


# Named on the confirm page and never sent: it helps to say what they do not get.
NEVER_SENT = (_("adresse"), _("CPR-nummer"), _("vores notater"))


class Direction(Term):
    GIVE = "give", _("vi må give")
    GET = "get", _("de må svare os")


class ConsentForm(Term):
    """FOUNDATION 13: oral is enough for advice; handing over personal data takes the written tier."""

    ORAL = "oral", _("mundtligt")
    SCREEN = "screen", _("underskrevet på skærmen")
    PAPER = "paper", _("underskrevet på papir")
    PAGE = "page", _("på beboerens egen side")


WRITTEN = frozenset({ConsentForm.SCREEN, ConsentForm.PAPER})


class ConsentAct(Term):
    GIVEN = "given", _("givet")
    WITHDRAWN = "withdrawn", _("trukket tilbage")
