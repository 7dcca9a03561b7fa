"""How an act says no: the right is not there, a guard refuses, or something is missing."""

from datetime import datetime

from brobygger.accounts.models import Membership
from brobygger.bridging import permissions, rules
from brobygger.bridging.models import Accompaniment, Bridge, Leg
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, LegState, Required
from brobygger.foundation.actor import Actor


class Refused(Exception):
    """A guard says no. Carries the sentence that says what to do instead."""

    def __init__(self, refused: rules.Refused) -> None:
        super().__init__(str(refused.why))
        self.refused = refused


class NotYours(Exception):
    """The right to move this bridge belongs to its owner, who is named, and to the leader of the house."""

    def __init__(self, owner: str) -> None:
        super().__init__(owner)
        self.owner = owner


class Incomplete(Exception):
    """Something that the act needs was not given; `missing` says what, in the order to ask for it."""

    def __init__(self, missing: tuple[Required, ...]) -> None:
        super().__init__(", ".join(missing))
        self.missing = missing


def right(by: Membership, bridge: Bridge) -> None:
    """Whether this member may move this bridge. Asked in every act."""
    if not permissions.may_move(by, bridge):
        raise NotYours(bridge.owner.name)


def check(refusal: rules.Refused | None) -> None:
    if refusal is not None:
        raise Refused(refusal)


def complete(missing: tuple[Required, ...]) -> None:
    if missing:
        raise Incomplete(missing)


def right_to_speak(leg: Leg, speaker: Speaker, *, by: Actor, at: datetime) -> None:
    """Words that a member writes down ask for the member's right; a companion's own, for the company.

    Of whoever comes by a link, the right on the leg or bridge was asked when the token was opened.
    """
    if speaker.told_by is not None:
        right(speaker.told_by, leg.bridge)
    elif speaker.role is ActorRole.COMPANION and not goes_along(leg, by, at):
        raise NotYours(leg.bridge.owner.name)


def goes_along(leg: Leg, by: Actor, at: datetime) -> bool:
    return Accompaniment.objects.filter(leg=leg, companion=by.id, access_until__gt=at).exists()


def state_is(leg: Leg, *states: LegState) -> None:
    """What is said without moving the leg can be said in these states only."""
    if leg.state_term not in states:
        raise Refused(rules.Refused(Refusal.NOT_NOW, {"state": leg.state_term}))
