"""Who may do what, and why: the one place where it is written. The page /rettigheder/ and
docs/reference/roles.md are drawn from here, and tests hold every address to it (ACC-02).

A right is an act. Having it says that the role ever does this; whether it may be done with this resident or
this bridge is asked by the room's own `permissions.py`, in the act.
"""

from dataclasses import dataclass

from brobygger.accounts.terms import MEETS_RESIDENTS, Role
from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class Right(Term):
    ENTER = "enter", _("gå ind, se tilbud, partnere og egen adgang")
    KEEP_OFFERS = "keep_offers", _("rette husets tilbud i kataloget, skrive nye og tage dem ud")
    REACH_RESIDENTS = "reach_residents", _("se og skrive om de beboere, man selv arbejder med")
    REACH_WHOLE_HOUSE = "reach_whole_house", _("se alle husets beboere")
    OWN_NEED = "own_need", _("holde fast i et behov")
    MOVE_OWN_BRIDGE = "move_own_bridge", _("bygge, sende og flytte sine egne broer")
    MOVE_EVERY_BRIDGE = "move_every_bridge", _("flytte alle husets broer")
    TRIAGE_ASK = "triage_ask", _("sige ja eller nej til det, en partner beder huset om")
    SEE_LOOKS = "see_looks", _("se opslag, som ingen har forklaret")
    SEE_WRITING_TIME = "see_writing_time", _("se, hvad notaterne koster huset i tid")
    SEE_NUMBERS = "see_numbers", _("se og hente husets tal")
    TAKE_IN_OFFERS = "take_in_offers", _("hente kataloger over tilbud ind, og fortryde det")
    SETTLE_DOUBLES = "settle_doubles", _("sige, hvilke tilbud i kataloget der er det samme")
    INVITE_MEMBERS = "invite_members", _("tage imod nye i huset, lukke adgang og give et nyt link")


@dataclass(frozen=True, slots=True)
class Grant:
    """`roles` may; `because` is the reason, for those who may and those who may not."""

    roles: frozenset[Role]
    because: str


EVERYBODY = frozenset(Role)
KEEPERS = frozenset({Role.WORKER, Role.LEADER, Role.PARTNER})
LEADER = frozenset({Role.LEADER})

GRANTS = {
    Right.ENTER: Grant(EVERYBODY, _("Kataloget er for alle, og egen adgang passer man selv på.")),
    Right.KEEP_OFFERS: Grant(KEEPERS, _("Den, der har tilbuddet, ved bedst, hvad der er rigtigt om det.")),
    Right.REACH_RESIDENTS: Grant(
        MEETS_RESIDENTS,
        _("Kun den, der arbejder med en beboer, skal vide noget. Bestyrelsen ser aldrig mennesker."),
    ),
    Right.REACH_WHOLE_HOUSE: Grant(LEADER, _("Nogen skal kunne springe ind, når en medarbejder er væk.")),
    Right.OWN_NEED: Grant(MEETS_RESIDENTS, _("Den, der holder fast, skal kunne møde beboeren.")),
    Right.MOVE_OWN_BRIDGE: Grant(
        MEETS_RESIDENTS, _("Den, der kender beboeren, ved, hvad der må siges videre.")
    ),
    Right.MOVE_EVERY_BRIDGE: Grant(LEADER, _("En bro må ikke vente på et menneskes ferie.")),
    Right.TRIAGE_ASK: Grant(LEADER, _("Lederen svarer for, hvad huset når, og hvem der gør det.")),
    Right.SEE_LOOKS: Grant(LEADER, _("En anden end den, der så, skal kunne spørge hvorfor.")),
    Right.SEE_WRITING_TIME: Grant(LEADER, _("Lederen kan lave om på arbejdet. Tallet handler aldrig om én.")),
    Right.SEE_NUMBERS: Grant(
        LEADER, _("Lederen kan gøre noget ved det, der mangler. Ingen ser tal om færre end fem.")
    ),
    Right.TAKE_IN_OFFERS: Grant(LEADER, _("Et katalog kan ændre tusind tilbud, som alle ser, på én gang.")),
    Right.SETTLE_DOUBLES: Grant(
        LEADER, _("Den, der lægger to tilbud sammen, ændrer, hvad alle finder. Det kan skilles igen.")
    ),
    Right.INVITE_MEMBERS: Grant(
        LEADER, _("Lederen svarer for, hvem der er i huset. Den, der spørger, kan ikke selv sige ja.")
    ),
}


def holds(role: Role, right: Right) -> bool:
    return role in GRANTS[right].roles


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the page. `roles` in the order of the roles; empty where every role has the right."""

    right: Right
    roles: tuple[Role, ...]
    because: str


def lines() -> list[Line]:
    return [
        Line(
            right,
            () if grant.roles == EVERYBODY else tuple(r for r in Role if r in grant.roles),
            grant.because,
        )
        for right, grant in GRANTS.items()
    ]
