"""Who works in the two houses. One can enter as those of the cast; their addresses receive nothing."""

from collections.abc import Mapping
from typing import TypeAlias
from uuid import UUID

from brobygger.accounts.models import Membership, User
from brobygger.accounts.terms import Duty, Role
from brobygger.site.sample.frame import ELSEWHERE, HOUSE, key

HOUSE_NAME, ELSEWHERE_NAME = "Boligsocial helhedsplan Bispebjerg", "Helhedsplanen Havnehuset (fiktiv)"
CAST, COLLEAGUES = "demo.invalid", "huset.invalid"
MAJA, RUTH, JONAS, HELLE, SAMUEL = "Maja", "Ruth", "Jonas", "Helle", "Samuel"
TORBEN, YUSUF, OLE = "Torben", "Yusuf", "Ole"

Team: TypeAlias = Mapping[str, Membership]


def house_team() -> Team:
    """Maja and her colleagues, by name. Needs the house's scope."""
    return {
        MAJA: _member(HOUSE, MAJA, Role.WORKER, CAST),
        TORBEN: _member(HOUSE, TORBEN, Role.LEADER, CAST, Duty.COORDINATOR),
        YUSUF: _member(HOUSE, YUSUF, Role.VOLUNTEER, CAST),
        RUTH: _member(HOUSE, RUTH, Role.WORKER, COLLEAGUES, Duty.DUTY_WORKER),
        JONAS: _member(HOUSE, JONAS, Role.WORKER, COLLEAGUES),
        HELLE: _member(HOUSE, HELLE, Role.WORKER, COLLEAGUES, Duty.STEWARD),
        SAMUEL: _member(HOUSE, SAMUEL, Role.WORKER, COLLEAGUES),
    }


def team_elsewhere() -> Team:
    """Ole, who must see nothing of all this. Needs the other house's scope."""
    return {OLE: _member(ELSEWHERE, OLE, Role.WORKER, CAST)}


def _member(house: UUID, name: str, role: Role, domain: str, *duties: Duty) -> Membership:
    user = User(id=key("user", name), email=f"{name.lower()}@{domain}")
    user.set_unusable_password()
    user.save(force_insert=True)
    return Membership.objects.create(
        id=key("member", name),
        organisation_id=house,
        house_name=HOUSE_NAME if house == HOUSE else ELSEWHERE_NAME,
        user=user,
        name=name,
        role=role,
        duties=[str(duty) for duty in duties],
    )
