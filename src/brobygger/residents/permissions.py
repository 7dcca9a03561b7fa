"""Who may reach whom. A resident out of reach is answered like one who does not exist: 404."""

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import GRANTS, Right
from brobygger.residents.models import Note


def may_reach_residents(viewer: Membership) -> bool:
    """Workers and leaders. A volunteer sees the one call in front of her, on a page of its own (ACC-02)."""
    return may(viewer, Right.REACH_RESIDENTS)


def may_reach_whole_house(viewer: Membership) -> bool:
    """The leader, by duty: somebody must be able to step in when a worker is ill (FOUNDATION 8)."""
    return may(viewer, Right.REACH_WHOLE_HOUSE)


def may_correct(viewer: Membership, note: Note) -> bool:
    """Whoever wrote a note may correct it. What a bridge wrote or another said stays."""
    return bool(note.by_id == viewer.pk and not note.link and viewer.meets_residents)


# Who may own a need: somebody who meets residents.
ROLES_THAT_OWN = GRANTS[Right.OWN_NEED].roles
