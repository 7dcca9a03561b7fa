from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class Role(Term):
    """FOUNDATION 19. Steward, coordinator and duty worker are duties, not roles."""

    WORKER = "worker", _("boligsocial medarbejder")
    LEADER = "leader", _("projektleder")
    VOLUNTEER = "volunteer", _("frivillig")
    PARTNER = "partner", _("samarbejdspartner")
    BOARD = "board", _("bestyrelse")


class Duty(Term):
    STEWARD = "steward", _("katalogansvarlig")
    COORDINATOR = "coordinator", _("koordinator")
    DUTY_WORKER = "duty_worker", _("vagt")


# Who may reach residents at all. A board or a partner never does (ACC-02).
MEETS_RESIDENTS = frozenset({Role.WORKER, Role.LEADER})


class FactorKind(Term):
    """The second proof of who one is, beside the password."""

    CODE = "code", _("kode fra telefonen")
    PASSKEY = "passkey", _("adgangsnøgle")


class InvitationPurpose(Term):
    """What a one-time link is good for. None of them lets anybody past the second proof."""

    JOIN = "join", _("begynde i huset")
    PASSWORD = "password", _("vælge en ny adgangskode")
    FACTOR = "factor", _("vælge et nyt andet bevis")
