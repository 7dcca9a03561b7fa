"""Every act on a bridge by everybody who might try it: its owner, the leader, and all who may not (ACC-02).

Reading a bridge is another matter than moving it, so the right is asked for in the act (BRIDGES 3, RIGHT).
"""

from collections.abc import Callable
from datetime import timedelta

import pytest

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging import actions, companions, endings, inviting, meetings, reopening, verdicts
from brobygger.bridging.models import Leg
from brobygger.bridging.refusing import NotYours
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    CompanyWish,
    DecidedBy,
    EndReason,
    LegOutcome,
    LegState,
)
from brobygger.residents.terms import NeedOutcome
from tests.people import HOUSE, NOW, Cast, member
from tests.rooms.bridging import stories

pytestmark = [pytest.mark.feature("ACC-02"), pytest.mark.slow]  # fourteen acts by eight people

Act = Callable[[Leg, Membership], object]


def their_words(by: Membership) -> Speaker:
    return Speaker(ActorRole.RECIPIENT, "træner", Channel.PHONE, told_by=by)


def the_residents(by: Membership) -> Speaker:
    return Speaker(ActorRole.RESIDENT, "Amir", Channel.IN_PERSON, told_by=by)


ACTS: dict[str, tuple[LegState, Act]] = {
    "prepare": (
        LegState.DRAFT,
        lambda leg, by: actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=by, at=NOW),
    ),
    "ask about company": (
        LegState.DRAFT,
        lambda leg, by: companions.ask_company(leg=leg, wish=CompanyWish.NO, by=by, at=NOW),
    ),
    "send": (
        LegState.DRAFT,
        lambda leg, by: actions.send_leg(leg=leg, seen=leg.version, shared=[], by=by, at=NOW),
    ),
    "withdraw": (
        LegState.REQUESTED,
        lambda leg, by: actions.withdraw_leg(
            leg=leg, decided_by=DecidedBy.US, reason=EndReason.DUPLICATE, seen=leg.version, by=by, at=NOW
        ),
    ),
    "withdraw as the resident says": (
        LegState.REQUESTED,
        lambda leg, by: actions.withdraw_leg(
            leg=leg, decided_by=DecidedBy.RESIDENT, reason=EndReason.PERSON_DECLINED, by=by, at=NOW
        ),
    ),
    "enter in error": (
        LegState.REQUESTED,
        lambda leg, by: endings.enter_leg_in_error(leg=leg, reason="Forkert beboer.", by=by, at=NOW),
    ),
    "invite the resident": (
        LegState.REQUESTED,
        lambda leg, by: inviting.invite_resident(bridge=leg.bridge, write=False, by=by, at=NOW),
    ),
    "plan a meeting in their words": (
        LegState.ACCEPTED,
        lambda leg, by: meetings.plan_meeting(
            leg=leg, when=NOW + timedelta(days=2), speaker=their_words(by), by=by.actor, at=NOW
        ),
    ),
    "tell of the meeting in the resident's words": (
        LegState.ACCEPTED,
        lambda leg, by: meetings.tell_first_meeting(
            leg=leg, happened_at=NOW, speaker=the_residents(by), by=by.actor, at=NOW
        ),
    ),
    "complete in their words": (
        LegState.IN_PROGRESS,
        lambda leg, by: endings.complete_leg(
            leg=leg,
            seen=leg.version,
            outcome=LegOutcome.SERVICE_RECEIVED,
            met_at=NOW,
            speaker=their_words(by),
            by=by.actor,
            at=NOW,
        ),
    ),
    "fail": (
        LegState.IN_PROGRESS,
        lambda leg, by: endings.fail_leg(
            leg=leg,
            seen=leg.version,
            reason=EndReason.PERSON_DECLINED,
            speaker=Speaker(ActorRole.WORKER, by.name, Channel.SCREEN, told_by=by),
            by=by.actor,
            at=NOW,
        ),
    ),
    "tell the resident's verdict": (
        LegState.COMPLETED,
        lambda leg, by: verdicts.tell_verdict(
            bridge=leg.bridge,
            verdict=NeedOutcome.GOT_HELP_FULL,
            speaker=the_residents(by),
            by=by.actor,
            at=NOW,
        ),
    ),
    "have tried to ask": (
        LegState.COMPLETED,
        lambda leg, by: verdicts.tried_to_ask(bridge=leg.bridge, channel=Channel.PHONE, by=by, at=NOW),
    ),
    "reopen": (LegState.COMPLETED, lambda leg, by: reopening.reopen_leg(leg=leg, by=by, at=NOW)),
}

WAY_TO: dict[LegState, Callable[[Cast], Leg]] = {
    LegState.DRAFT: stories.built,
    LegState.REQUESTED: stories.sent,
    LegState.ACCEPTED: lambda cast: stories.accepted(stories.sent(cast)),
    LegState.IN_PROGRESS: lambda cast: stories.met(stories.accepted(stories.sent(cast))),
    LegState.COMPLETED: stories.completed,
}


def a_colleague(cast: Cast) -> Membership:
    return member(HOUSE, "En kollega", Role.WORKER)


def whoever(role: Role) -> Callable[[Cast], Membership]:
    return lambda cast: member(HOUSE, "En anden", role)


def the_owner_who_has_another_role_now(cast: Cast) -> Membership:
    cast.maja.role = Role.BOARD
    return cast.maja


NOT_THEIRS = {
    "a colleague": a_colleague,
    "a volunteer": whoever(Role.VOLUNTEER),
    "a partner": whoever(Role.PARTNER),
    "the board": whoever(Role.BOARD),
    "the owner, now of the board": the_owner_who_has_another_role_now,
    "a worker of another house": lambda cast: cast.ole,
}


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_moves_a_bridge(in_house: Cast, act: str) -> None:
    state, do = ACTS[act]
    leg = stories.latest(WAY_TO[state](in_house))
    before = (leg.version, leg.statements.count())

    for find in NOT_THEIRS.values():
        somebody = find(in_house)
        with pytest.raises(NotYours):
            do(leg, somebody)

    now = stories.latest(leg)
    assert (now.version, now.statements.count()) == before


@pytest.mark.parametrize("act", [name for name in ACTS if name != "send"])
@pytest.mark.parametrize("name", ["maja", "torben"])
def test_the_owner_and_the_leader_do(in_house: Cast, act: str, name: str) -> None:
    state, do = ACTS[act]
    leg = stories.latest(WAY_TO[state](in_house))

    do(leg, getattr(in_house, name))
