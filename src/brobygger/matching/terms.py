from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class Standing(Term):
    """How a need stands in the directory, worst first."""

    NONE = "none", _("intet tilbud")
    ASK = "ask", _("ukendt")  # something may fit, but nobody has told us enough
    FEW = "few", _("et eller to")
    MORE = "more", _("tre eller flere")
