"""What holds of an ask: in its acts, by its clock, and in the database against whoever would break it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from brobygger.bridging import asking, handing_out, inward, jobs, rules, triage
from brobygger.bridging.ask_record import as_said
from brobygger.bridging.asks import Ask, AskLink, AskStatement
from brobygger.bridging.refusing import NotYours, Refused
from brobygger.bridging.terms import LIVE, Channel, Claim, ClockKind, EndReason, LegState, RejectReason
from brobygger.foundation import outbox
from brobygger.foundation.days import is_working_day, local_day
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.policies import ERASED
from brobygger.foundation.scope import answer_scope, organisation_scope
from brobygger.foundation.sockets import endings
from brobygger.partners import standing_links
from brobygger.partners.models import Contact
from brobygger.partners.terms import ContactChannel
from brobygger.privacy.erasing import forget
from brobygger.residents.models import Note, Relation
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW, Cast
from tests.rooms.bridging import asks

Way = Callable[[Ask, Cast], object]


def declined(ask: Ask, cast: Cast) -> Ask:
    reason = RejectReason.NOT_OUR_ROLE
    return triage.decline_ask(ask=ask, seen=asks.fresh(ask).version, reason=reason, by=cast.torben, at=NOW)


# --- the acts ---


@pytest.mark.feature("BRI-02")
def test_the_leader_answers_for_an_ask_until_it_is_taken_on(in_house: Cast):
    ask = asks.asked(in_house)

    assert (ask.owner, ask.clock_kind) == (in_house.torben, ClockKind.NO_ANSWER)
    assert asks.taken_on(ask, in_house).owner == in_house.maja


def test_without_a_leader_whoever_gave_the_link_answers_for_it(in_house: Cast):
    link, _token = asks.link_of(asks.sanne(), in_house)
    AskLink.objects.filter(pk=link.pk).update(made_by=in_house.maja)
    type(in_house.torben).objects.filter(pk=in_house.torben.pk).update(is_active=False)

    assert asks.asked_again(link).owner == in_house.maja


@pytest.mark.feature("BRI-02")
def test_a_yes_of_the_resident_becomes_a_need_in_the_residents_words(in_house: Cast):
    ask = asks.said_yes(asks.talked(asks.taken_on(asks.asked(in_house), in_house), in_house), in_house)

    assert (ask.state, ask.outcome, ask.evidence) == ("completed", "person_yes", "resident")
    assert ask.need is not None
    assert (ask.need.words, ask.need.resident, ask.need.owner) == ("Fodbold", in_house.amir, in_house.maja)


def test_a_no_of_the_resident_ends_it_and_no_need_is_born(in_house: Cast):
    ask = asks.said_no(asks.talked(asks.taken_on(asks.asked(in_house), in_house), in_house), in_house)

    assert (ask.state, ask.outcome, ask.need, ask.due_at) == ("completed", "person_no", None, None)


@pytest.mark.feature("BRI-02")
def test_whoever_makes_the_contact_may_from_then_on_see_the_resident(in_house: Cast):
    yusuf = in_house.torben
    ask = asks.asked(in_house)
    triage.take_on(
        ask=ask, seen=ask.version, resident=in_house.inger, worker=yusuf, by=in_house.torben, at=NOW
    )

    assert Relation.objects.filter(worker=yusuf, resident=in_house.inger).count() == 1


def test_whoever_follows_the_resident_already_does_so_once(in_house: Cast):
    asks.taken_on(asks.asked(in_house), in_house)

    assert Relation.objects.filter(worker=in_house.maja, resident=in_house.amir).count() == 1


@pytest.mark.parametrize("act", [asks.taken_on, declined])
def test_only_the_leader_answers_a_partner(in_house: Cast, act: Way):
    ask = asks.asked(in_house)
    worker = Cast(**{**in_house.__dict__, "torben": in_house.maja})

    with pytest.raises(NotYours):
        act(ask, worker)


def test_only_whoever_makes_the_contact_or_the_leader_tells_of_it(in_house: Cast):
    ask = asks.taken_on(asks.asked(in_house), in_house)
    Ask.objects.filter(pk=ask.pk).update(owner=in_house.torben)

    with pytest.raises(NotYours):
        asks.talked(ask, in_house)


@pytest.mark.parametrize("reason", sorted(set(RejectReason) - set(rules.REASONS_TO_A_PARTNER)))
def test_a_reason_that_is_not_about_ourselves_is_never_given(in_house: Cast, reason: RejectReason):
    ask = asks.asked(in_house)

    with pytest.raises(triage.NotAboutOurselves):
        triage.decline_ask(ask=ask, seen=ask.version, reason=reason, by=in_house.torben, at=NOW)


@pytest.mark.feature("BRI-02")
def test_nobody_is_not_reached_after_two_tries(in_house: Cast):
    ask = asks.taken_on(asks.asked(in_house), in_house)
    for _ in range(2):
        triage.tell_try(ask=ask, channel=Channel.PHONE, by=in_house.maja, at=NOW)

    with pytest.raises(Refused):
        triage.give_up(
            ask=ask, seen=asks.fresh(ask).version, reason=EndReason.COULD_NOT_REACH, by=in_house.maja, at=NOW
        )


def test_after_three_tries_it_may_be_said_that_it_did_not_succeed(in_house: Cast):
    ask = asks.given_up(asks.taken_on(asks.asked(in_house), in_house), in_house)

    assert (ask.state, ask.reason, ask.decided_by) == ("failed", "could_not_reach", "us")


def test_whoever_saw_an_older_version_is_told(in_house: Cast):
    ask = asks.asked(in_house)
    asks.taken_on(ask, in_house)

    with pytest.raises((Refused, inward.AskIsElsewhere)):
        declined(ask, in_house)
    with pytest.raises(Refused):
        triage.tell_talk(
            ask=ask, seen=ask.version, channel=Channel.PHONE, on=local_day(NOW), by=in_house.maja, at=NOW
        )


def test_what_happens_stands_on_the_residents_timeline(in_house: Cast):
    asks.said_no(asks.talked(asks.taken_on(asks.asked(in_house), in_house), in_house), in_house)

    told = list(
        Note.objects.filter(resident=in_house.amir).order_by("at", "pk").values_list("voice", flat=True)
    )
    assert sorted(told) == ["them", "us", "you"]


def test_a_death_stops_what_was_asked(in_house: Cast):
    ask = asks.taken_on(asks.asked(in_house), in_house)

    endings["bridging.asks"]("died", in_house.amir.pk, NOW)

    assert (asks.fresh(ask).state, asks.fresh(ask).decided_by) == ("cancelled", "event")


# --- the clock ---


@pytest.mark.feature("BRI-02")
def test_our_own_clock_rings_to_the_leader_every_working_day_and_never_closes(in_house: Cast):
    ask = asks.asked(in_house)
    due = []
    for _ in range(25):
        now = asks.fresh(ask).due_at
        assert now is not None
        assert triage.ring_ask(ask=ask, at=now)
        due.append(local_day(now))

    ask = asks.fresh(ask)
    last = due[2:]
    assert (ask.state, ask.owner, ask.clock_kind) == ("requested", in_house.torben, ClockKind.HARD_STOP)
    assert all(is_working_day(day) for day in last)
    assert len(set(last)) == len(last)


def test_a_clock_rings_once_however_often_it_is_asked(in_house: Cast):
    ask = asks.asked(in_house)
    due = ask.due_at
    assert due is not None

    assert [triage.ring_ask(ask=ask, at=due) for _ in range(3)] == [True, False, False]


def test_the_job_rings_what_is_due_in_its_own_house(in_house: Cast):
    asks.asked(in_house, at=NOW - timedelta(days=300))

    assert (jobs.ring_asks(HOUSE), jobs.ring_asks(ELSEWHERE)) == (1, 0)


def test_what_partners_told_of_strangers_is_forgotten_a_month_after_our_no(in_house: Cast):
    ask = declined(asks.asked(in_house), in_house)

    early = triage.forget_strangers(now=NOW + timedelta(days=29))
    late = triage.forget_strangers(now=NOW + timedelta(days=31))

    assert (early, late) == (0, 1)
    assert {asks.fresh(ask).who, asks.fresh(ask).reach, asks.fresh(ask).wanted} == {ERASED}


@pytest.mark.feature("PRI-05")
def test_forgetting_a_resident_forgets_what_partners_told_of_them(in_house: Cast):
    ask = asks.said_yes(asks.talked(asks.taken_on(asks.asked(in_house), in_house), in_house), in_house)

    forget(in_house.amir.pk)

    assert asks.fresh(ask).who == ERASED
    assert ERASED in set(ask.statements.values_list("actor_name", flat=True))


# --- the link ---


@pytest.mark.feature("BRI-02")
def test_the_message_carries_the_link_and_no_content(in_house: Cast, tmp_path: Any, settings: Any):
    settings.BROBYGGER_HOME, settings.BROBYGGER_OUTBOX = tmp_path, "file"
    link = asking.order_ask_link(contact=asks.sanne(), by=in_house.maja, at=NOW)
    message = OutboxMessage.objects.get(about_id=link.pk)

    assert handing_out.hand_out(message.pk, now=NOW)

    letter = next(outbox.folder().rglob("*.txt")).read_text()
    token = letter.split("/spoerg/")[1].split("/")[0]
    assert standing_links.way_of(AskLink, token) is not None
    assert not [word for word in ("Amir", "Inger", "fodbold") if word in letter]


def test_a_message_that_is_tried_again_carries_the_same_link(in_house: Cast):
    """The gateway may have delivered the first one, and lost only its answer."""
    link = asking.order_ask_link(contact=asks.sanne(), by=in_house.maja, at=NOW)

    assert standing_links.cut_key(link) == standing_links.cut_key(link)


def test_a_link_that_was_taken_back_before_it_left_is_not_sent(in_house: Cast):
    link = asking.order_ask_link(contact=asks.sanne(), by=in_house.maja, at=NOW)
    asking.revoke_ask_link(link=link, by=in_house.maja, at=NOW)
    message = OutboxMessage.objects.get(about_id=link.pk)

    assert not handing_out.hand_out(message.pk, now=NOW)
    assert OutboxMessage.objects.get(pk=message.pk).state == MessageState.STOPPED


def test_whoever_has_left_the_partner_gets_no_link(in_house: Cast):
    sanne = asks.sanne()
    link = asking.order_ask_link(contact=sanne, by=in_house.maja, at=NOW)
    Contact.objects.filter(pk=sanne.pk).update(is_active=False)

    assert not handing_out.hand_out(OutboxMessage.objects.get(about_id=link.pk).pk, now=NOW)


def test_a_new_link_ends_the_old_one(in_house: Cast):
    sanne = asks.sanne()
    old, token = asks.link_of(sanne, in_house)
    asks.link_of(sanne, in_house)

    way = standing_links.way_of(AskLink, token)
    assert way is not None
    assert (way.link, standing_links.is_open(way)) == (old.pk, False)


@pytest.mark.parametrize(
    "changes", [{"channel": ContactChannel.PHONE}, {"verified_on": None}, {"is_active": False}]
)
def test_only_a_checked_address_is_handed_a_link(in_house: Cast, changes: dict[str, Any]):
    sanne = asks.sanne()
    for name, value in changes.items():
        setattr(sanne, name, value)

    with pytest.raises(standing_links.CannotCarryALink):
        asking.order_ask_link(contact=sanne, by=in_house.maja, at=NOW)


@pytest.mark.parametrize("token", ["", "x", "é" * 300])
def test_a_token_nobody_made_opens_nothing(in_house: Cast, token: str):
    asking.order_ask_link(contact=asks.sanne(), by=in_house.maja, at=NOW)  # ordered, so without a hash

    assert standing_links.way_of(AskLink, token) is None


# --- the two banks ---


@pytest.mark.feature("BRI-02")
def test_nothing_of_an_ask_is_readable_from_the_partners_bank(in_house: Cast):
    ask = asks.asked(in_house)

    for scope in (
        organisation_scope(ask.partner_id),
        answer_scope(ask.partner_id, ask.pk),
        organisation_scope(ELSEWHERE),
    ):
        with scope:
            seen = [model.objects.exists() for model in (Ask, AskLink, AskStatement)]
        assert seen == [False] * 3


def test_another_house_cannot_hang_an_ask_on_our_resident(in_house: Cast):
    ask = asks.asked(in_house)
    with organisation_scope(ELSEWHERE), transaction.atomic():
        copy = Ask.objects.model(
            **{f.attname: getattr(ask, f.attname) for f in Ask._meta.concrete_fields[1:]}
        )
        copy.pk, copy.resident_id, copy.owner = CLUB, in_house.amir.pk, in_house.ole
        copy.organisation_id = ELSEWHERE
        copy.save(force_insert=True)
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)


# --- the database, against whoever would break it ---

BREAKS = {
    "a_live_ask_has_exactly_one_clock": {"due_at": None},
    "an_ask_that_was_taken_on_is_about_a_resident": {"state": "accepted"},
    "an_ask_says_when_we_talked": {"state": "in_progress"},
    "a_declined_ask_gives_a_reason_about_ourselves": {"state": "rejected", "reason": "already_enrolled"},
    "an_ask_that_ended_says_why_and_who_decided": {"state": "cancelled"},
    "a_completed_ask_has_the_residents_answer": {"state": "completed"},
    "a_yes_and_only_a_yes_gives_birth_to_a_need": {"outcome": "person_yes"},
    "an_ask_names_who_what_and_on_what_ground": {"basis_named": ""},
}


@pytest.mark.parametrize(("rule", "changes"), BREAKS.items(), ids=BREAKS)
def test_the_database_refuses(in_house: Cast, rule: str, changes: dict[str, Any]):
    ask = asks.asked(in_house)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_constraint WHERE conname = %s", [rule])
        assert cursor.fetchone() == (1,)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ask.objects.filter(pk=ask.pk).update(**changes)


@pytest.mark.parametrize("state", [LegState.COMPLETED, LegState.FAILED])
def test_the_database_keeps_the_one_diagram_for_asks_too(in_house: Cast, state: LegState):
    ask = asks.asked(in_house)

    with pytest.raises(IntegrityError, match="a leg never goes"), transaction.atomic():
        Ask.objects.filter(pk=ask.pk).update(state=state)


def test_what_was_said_of_an_ask_is_never_changed(in_house: Cast):
    ask = asks.asked(in_house)

    with pytest.raises(DatabaseError), transaction.atomic():
        ask.statements.update(claim=Claim.NOTE)


def test_a_contact_has_one_living_link(in_house: Cast):
    link, _token = asks.link_of(asks.sanne(), in_house)

    with pytest.raises(IntegrityError, match="one_living_ask_link_per_contact"), transaction.atomic():
        AskLink.objects.create(
            partner_id=link.partner_id, contact=link.contact, made_by=in_house.maja, made_at=NOW
        )


# --- any history ---

STEPS = ("take_on", "decline", "try", "talk", "yes", "no", "give_up", "ring", "stop")


@pytest.mark.feature("BRI-02")
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.sampled_from(STEPS), max_size=8))
def test_after_any_history_state_is_the_fold_and_a_live_ask_has_one_clock_of_somebody(
    in_house: Cast, steps: list[str]
):
    with transaction.atomic():
        ask, now = asks.asked(in_house), NOW
        for step in steps:
            now += timedelta(days=1)
            try:
                with transaction.atomic():
                    live(step, ask, in_house, now)
            except (inward.AskIsElsewhere, Refused, NotYours):
                pass
            assert_whole(asks.fresh(ask))
        transaction.set_rollback(True)


def live(step: str, ask: Ask, cast: Cast, now: Any) -> None:
    acts: dict[str, Callable[[], object]] = {
        "take_on": lambda: asks.taken_on(ask, cast, at=now),
        "decline": lambda: declined(ask, cast),
        "try": lambda: triage.tell_try(ask=ask, channel=Channel.PHONE, by=cast.maja, at=now),
        "talk": lambda: asks.talked(ask, cast, at=now),
        "yes": lambda: asks.said_yes(ask, cast, at=now),
        "no": lambda: asks.said_no(ask, cast, at=now),
        "give_up": lambda: asks.given_up(ask, cast, at=now),
        "ring": lambda: triage.ring_ask(ask=ask, at=now),
        "stop": lambda: triage.stop_asks_about(
            resident_id=cast.amir.pk, reason=EndReason.PERSON_MOVED, at=now
        ),
    }
    acts[step]()


def assert_whole(ask: Ask) -> None:
    folded = rules.fold(map(as_said, ask.statements.order_by("seq")))
    assert (ask.state, ask.version) == (folded.state, folded.version)
    assert (ask.due_at is not None) == (LegState(ask.state) in LIVE)
    assert ask.owner.is_active
    assert (inward.why_ask_open(LegState(ask.state), []) is not None) == ask.is_live
