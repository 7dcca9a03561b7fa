"""Live through one story: each act by the house's own actions, at its own time, with the clocks between."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import singledispatchmethod

from brobygger.accounts.models import Membership
from brobygger.bridging import (
    actions,
    answers,
    companions,
    endings,
    meetings,
    reads,
    ringing,
    verdicts,
    withdrawing,
)
from brobygger.bridging.answers import Yes
from brobygger.bridging.closing import NextStep
from brobygger.bridging.models import Bridge, Clock, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import HOUSE_ZONE, add_working_days, local_day
from brobygger.partners.models import Contact
from brobygger.partners.terms import CARRIES_LINKS
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import DataKind
from brobygger.residents.models import Need
from brobygger.site.sample.acts import (
    Accepted,
    Accompanied,
    Acknowledged,
    Built,
    Completed,
    Declined,
    Doubted,
    Failed,
    InError,
    Met,
    Missed,
    Opened,
    Placed,
    Said,
    Sent,
    Silent,
    Step,
    TakenBack,
    Tried,
    Withdrawn,
)
from brobygger.site.sample.frame import Frame, key
from brobygger.site.sample.mail import Post
from brobygger.site.sample.matches import Found
from brobygger.site.sample.people import Team

CONSENT_LASTS = timedelta(days=180)
KNOCKS = Sent | Withdrawn | Silent | Failed | TakenBack | InError  # what else is done sends no message
SHARED = (
    (DataKind.FIRST_NAME, DataKind.NEED),
    (DataKind.FIRST_NAME, DataKind.NEED, DataKind.LANGUAGE),
    (DataKind.FIRST_NAME, DataKind.NEED, DataKind.AGE, DataKind.CONTACT),
    (DataKind.FULL_NAME, DataKind.NEED, DataKind.CONTACT, DataKind.LANGUAGE),
    (DataKind.FIRST_NAME, DataKind.NEED, DataKind.STEP_FREE),
)


@dataclass(frozen=True, slots=True)
class Builder:
    """Who builds a bridge for which need, the line of why if the choice was their own, and the colleagues."""

    worker: Membership
    need: Need
    because: str
    team: Team


class Crossing:
    """One bridge being lived through: one leg after the other, to the offers `found`."""

    def __init__(self, frame: Frame, n: int, who: Builder, found: Iterable[Found], post: Post) -> None:
        self._frame, self._n, self._post = frame, n, post
        self._by, self._need, self._because, self._team = who.worker, who.need, who.because, who.team
        self._offers = iter(found)
        self._chance = frame.chance(f"bridge/{n}")
        self._codes = iter(frame.chance(f"code/{n}").sample(range(10), 10))
        self._bridge: Bridge | None = None
        self._leg = Leg()
        self._contact: Contact | None = None

    def live(self, steps: tuple[Step, ...]) -> None:
        """Needs the house's scope."""
        before = self._frame.now
        for step in steps:
            at = self._frame.past(step.ago, step.clock)
            if at.date() != before.date():  # clocks ring at closing time, after the acts of a day
                self._ring_until(at)
            self._leg, before = self._do(step, at), at
            if isinstance(step, KNOCKS):
                self._carry_mail()
        self._ring_until(self._frame.now)

    @singledispatchmethod
    def _do(self, step: Step, at: datetime) -> Leg:
        """Each act gives back the leg as it stands then, for the next to have seen."""
        raise TypeError(f"there is no act for {step!r}")

    @_do.register
    def _build(self, step: Built, at: datetime) -> Leg:
        """The bridge is laid with a key that is known; the leg is the action's own."""
        if self._bridge is None:
            self._bridge = Bridge.objects.create(
                id=key("bridge", str(self._n)), need=self._need, owner=self._by, opened_at=at
            )
        self._found = next(self._offers)
        choice = self._found.choice(self._because)
        leg = actions.build_bridge(need=self._need, choice=choice, by=self._by, at=at)
        self._contact = leg.contact
        leg.code = f"B-{1_000 + self._n}{next(self._codes)}"
        Leg.objects.filter(pk=leg.pk).update(code=leg.code)
        return leg

    @_do.register
    def _send(self, step: Sent, at: datetime) -> Leg:
        kinds, leg = self._chance.choice(SHARED), self._leg
        self._sign(leg, kinds, at)
        actions.prepare_leg(leg=leg, kinds=kinds, message=step.message, by=self._by, at=at)
        shown = [
            one
            for one in reads.what_we_know(self._need.resident, self._need.words, on=local_day(at))
            if one["kind"] in kinds
        ]
        return actions.send_leg(leg=leg, seen=leg.version, shared=shown, by=self._by, at=at)

    def _sign(self, leg: Leg, kinds: tuple[DataKind, ...], at: datetime) -> None:
        resident, told = self._need.resident, ", ".join(kind.label for kind in kinds)
        give_consent(
            resident_id=resident.pk,
            recipient_id=leg.recipient_id,
            give=kinds,
            may_answer=True,
            purpose=leg.offer_name,
            wording=(
                f"Jeg siger ja til, at {self._by.house_name} giver {leg.recipient.name} det, der er sat "
                f"kryds ved, så jeg kan få hjælp med {leg.offer_name}. Jeg kan altid trække det tilbage "
                f"ved at sige det til en medarbejder. ({told})"
            ),
            language="da",
            signed_name=resident.name,
            signature=self._strokes(),
            valid_until=local_day(at) + CONSENT_LASTS,
            by=self._by,
            at=at,
        )

    def _strokes(self) -> list[list[int]]:
        """A line that wanders over the field as a name does."""
        return [[part for x in range(120, 820, 35) for part in (x, self._chance.randint(60, 240))]]

    @_do.register
    def _open(self, step: Opened, at: datetime) -> Leg:
        return answers.open_leg(leg=self._leg, speaker=self._speaker, by=self._actor, at=at)

    @_do.register
    def _accept(self, step: Accepted, at: datetime) -> Leg:
        when = self._meeting(*step.meets) if step.meets else self._was(step.met)
        answer = Yes(when=when, waitlisted=when is None, text=step.text)
        return answers.accept_leg(
            leg=self._leg,
            seen=self._leg.version,
            answer=answer,
            speaker=self._speaker,
            by=self._actor,
            at=at,
        )

    def _meeting(self, days: int, clock: str) -> datetime:
        """As agreed; or, where the offer has hours of its own, the first of them from that day on."""
        held = self._found.first_time(self._frame.today + timedelta(days=days))
        if self._found.offer.by_arrangement or held is None:
            return self._frame.on(days, clock)
        return datetime.combine(*held, HOUSE_ZONE)

    @_do.register
    def _decline(self, step: Declined, at: datetime) -> Leg:
        leg = self._leg
        return answers.decline_leg(
            leg=leg,
            seen=leg.version,
            reason=step.reason,
            text=step.text,
            speaker=self._speaker,
            by=self._actor,
            at=at,
        )

    @_do.register
    def _withdraw(self, step: Withdrawn, at: datetime) -> Leg:
        return actions.withdraw_leg(
            leg=self._leg,
            decided_by=step.by,
            reason=step.reason,
            text=step.text,
            close_need=step.close_need,
            by=self._by,
            at=at,
        )

    def _was(self, met: tuple[int, str] | None) -> datetime | None:
        return self._frame.past(*met) if met else None

    @_do.register
    def _place(self, step: Placed, at: datetime) -> Leg:
        leg = self._leg
        when = self._frame.past(*step.met)
        return endings.give_place(
            leg=leg, seen=leg.version, when=when, speaker=self._speaker, by=self._actor, at=at
        )

    @_do.register
    def _go_along(self, step: Accompanied, at: datetime) -> Leg:
        companion = self._team.get(step.who)
        meet_at = self._leg.promised_at
        assert meet_at is not None  # noqa: S101 - somebody goes along to a meeting that has been agreed
        company = companions.offer_company(
            leg=self._leg,
            meet_at=meet_at,
            meet_where=step.where,
            wishes=step.wishes,
            companion=companion,
            own_person="" if companion else step.who,
            by=self._by,
            at=at,
        )
        if companion and step.agreed:
            companions.agree_company(company=company, by=companion, at=at)
        return self._leg

    @_do.register
    def _meet(self, step: Met, at: datetime) -> Leg:
        held = self._leg.promised_at or at
        return meetings.tell_first_meeting(
            leg=self._leg,
            happened_at=min(held, at),
            speaker=self._speaker,
            by=self._actor,
            at=at,
            text=step.text,
        )

    @_do.register
    def _miss(self, step: Missed, at: datetime) -> Leg:
        return meetings.tell_missed_meeting(
            leg=self._leg, speaker=self._speaker, by=self._actor, at=at, text=step.text
        )

    @_do.register
    def _doubt(self, step: Doubted, at: datetime) -> Leg:
        name = self._need.resident.first_name
        speaker = Speaker(ActorRole.RESIDENT, name, Channel.PHONE, told_by=self._by)
        return meetings.contest_meeting(
            leg=self._leg, speaker=speaker, by=self._by.actor, at=at, text=step.text
        )

    @_do.register
    def _try(self, step: Tried, at: datetime) -> Leg:
        if self._leg.is_live:
            speaker = Speaker(ActorRole.WORKER, self._by.name, step.channel, told_by=self._by)
            return meetings.tried_contact(leg=self._leg, speaker=speaker, by=self._by.actor, at=at)
        verdicts.tried_to_ask(bridge=self._crossed, channel=step.channel, by=self._by, at=at)
        return self._leg

    @_do.register
    def _complete(self, step: Completed, at: datetime) -> Leg:
        leg = self._leg
        return endings.complete_leg(
            leg=leg,
            seen=leg.version,
            outcome=step.outcome,
            speaker=self._speaker,
            by=self._actor,
            at=at,
            text=step.text,
        )

    @_do.register
    def _acknowledge(self, step: Acknowledged, at: datetime) -> Leg:
        return endings.acknowledge_leg(leg=self._leg, speaker=self._speaker, by=self._actor, at=at)

    @_do.register
    def _fall_silent(self, step: Silent, at: datetime) -> Leg:
        leg = self._leg
        return endings.close_in_silence(
            leg=leg, seen=leg.version, ground=step.ground, speaker=self._ours, by=self._by.actor, at=at
        )

    @_do.register
    def _fail(self, step: Failed, at: datetime) -> Leg:
        leg = self._leg
        return endings.fail_leg(
            leg=leg,
            seen=leg.version,
            reason=step.reason,
            speaker=self._ours,
            by=self._by.actor,
            at=at,
            text=step.text,
        )

    @_do.register
    def _hear(self, step: Said, at: datetime) -> Leg:
        told = Speaker(ActorRole.RESIDENT, self._need.resident.name, Channel.PHONE, told_by=self._by)
        then = NextStep(step.then, add_working_days(self._frame.today, 10)) if step.then else None
        verdicts.tell_verdict(
            bridge=self._crossed,
            verdict=step.verdict,
            speaker=told,
            by=self._by.actor,
            at=at,
            text=step.text,
            then=then,
        )
        return self._leg

    @_do.register
    def _take_back(self, step: TakenBack, at: datetime) -> Leg:
        told = Speaker(ActorRole.RESIDENT, self._need.resident.name, Channel.PHONE, told_by=self._by)
        withdrawing.withdraw_consent(
            resident=self._need.resident,
            recipient=self._leg.recipient,
            speaker=told,
            by=self._by.actor,
            at=at,
        )
        return self._leg

    @_do.register
    def _undo(self, step: InError, at: datetime) -> Leg:
        return endings.enter_leg_in_error(leg=self._leg, reason=step.reason, by=self._by, at=at)

    @property
    def _crossed(self) -> Bridge:
        assert self._bridge is not None  # noqa: S101 - the first act of every story builds it
        return self._bridge

    @property
    def _ours(self) -> Speaker:
        return Speaker(ActorRole.WORKER, self._by.name, Channel.SCREEN, told_by=self._by)

    @property
    def _speaker(self) -> Speaker:
        """The recipient by its link; or, where no link can go, its words as told in the telephone."""
        contact = self._contact
        name = str(contact) if contact else self._leg.recipient.name
        if contact and contact.channel in CARRIES_LINKS:
            return Speaker(ActorRole.RECIPIENT, name, Channel.LINK)
        return Speaker(ActorRole.RECIPIENT, name, Channel.PHONE, told_by=self._by)

    @property
    def _actor(self) -> Actor:
        return Actor("link", self._leg.pk, self._leg.recipient.name)

    def _ring_until(self, at: datetime) -> None:
        if self._bridge is None:
            return
        waiting = Clock.objects.filter(bridge=self._bridge, ended_at=None, due_at__lte=at).order_by("due_at")
        while (clock := waiting.first()) is not None:
            ringing.ring(clock=clock, at=clock.due_at)
            self._carry_mail()

    def _carry_mail(self) -> None:
        if self._bridge is not None:
            self._post.carry(self._leg, self._bridge)
