"""Short ways to a bridge in a given state, for tests. All need the house's open scope."""

from datetime import date, datetime, timedelta

from brobygger.bridging import actions, answers, endings, meetings, reads, verdicts
from brobygger.bridging.actions import Choice
from brobygger.bridging.answers import Yes
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, LegOutcome
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import DataKind
from brobygger.residents.terms import NeedOutcome
from tests.people import NOW, Cast

KINDS = [DataKind.FIRST_NAME, DataKind.NEED]
TRAINER = Speaker(ActorRole.RECIPIENT, "træner", Channel.LINK)


def choice(cast: Cast, **changes: object) -> Choice:
    told = {
        "recipient": cast.club,
        "offer": cast.football,
        "offer_name": cast.football.name,
        "was_suggested": True,
        "reasons": [{"standing": "fits", "text": "8 minutters gang"}],
    }
    return Choice(**(told | changes))


def built(cast: Cast, *, at: datetime = NOW, **changes: object) -> Leg:
    return actions.build_bridge(need=cast.need, choice=choice(cast, **changes), by=cast.maja, at=at)


def consented(cast: Cast, *, at: datetime = NOW, until: date | None = None) -> None:
    give_consent(
        resident_id=cast.amir.pk,
        recipient_id=cast.club.pk,
        give=KINDS,
        may_answer=True,
        purpose="fodbold",
        wording="Boldklubben må få fornavn og behov.",
        language="da",
        signed_name="Amir",
        signature=None,
        valid_until=until or local_day(at) + timedelta(days=180),
        by=cast.maja,
        at=at,
    )


def sent(cast: Cast, *, at: datetime = NOW, **changes: object) -> Leg:
    leg = built(cast, at=at, **changes)
    consented(cast, at=at)
    actions.prepare_leg(leg=leg, kinds=KINDS, message="Han er lidt genert.", by=cast.maja, at=at)
    return send(cast, leg, at=at)


def send(cast: Cast, leg: Leg, *, at: datetime = NOW) -> Leg:
    leg = Leg.objects.get(pk=leg.pk)
    shown = reads.what_is_sent(leg, on=local_day(at)).shared
    return actions.send_leg(leg=leg, seen=leg.version, shared=shown, by=cast.maja, at=at)


def by_link(leg: Leg) -> Actor:
    return Actor("link", leg.pk, "træner")


def opened(leg: Leg, *, at: datetime = NOW) -> Leg:
    return answers.open_leg(leg=leg, speaker=TRAINER, by=by_link(leg), at=at)


def accepted(leg: Leg, *, at: datetime = NOW, answer: Yes | None = None) -> Leg:
    yes = answer or Yes(when=at + timedelta(days=6))
    seen = Leg.objects.get(pk=leg.pk).version
    return answers.accept_leg(leg=leg, seen=seen, answer=yes, speaker=TRAINER, by=by_link(leg), at=at)


AMIR = Speaker(ActorRole.RESIDENT, "Amir", Channel.LINK)


def latest(leg: Leg) -> Leg:
    return Leg.objects.get(pk=leg.pk)


def met(leg: Leg, *, at: datetime = NOW, speaker: Speaker = AMIR) -> Leg:
    return meetings.tell_first_meeting(
        leg=latest(leg), happened_at=at, speaker=speaker, by=by_link(leg), at=at
    )


def done(leg: Leg, *, at: datetime = NOW, outcome: LegOutcome = LegOutcome.SERVICE_STARTED) -> Leg:
    seen, by = latest(leg).version, by_link(leg)
    return endings.complete_leg(leg=leg, seen=seen, outcome=outcome, met_at=at, speaker=TRAINER, by=by, at=at)


def completed(cast: Cast, *, outcome: LegOutcome = LegOutcome.SERVICE_STARTED) -> Leg:
    """All the way: sent, taken on, met and done; now the resident is to be asked."""
    return done(met(accepted(sent(cast))), outcome=outcome)


def said(leg: Leg, verdict: NeedOutcome, *, at: datetime = NOW, speaker: Speaker = AMIR) -> Bridge:
    return verdicts.tell_verdict(bridge=leg.bridge, verdict=verdict, speaker=speaker, by=by_link(leg), at=at)
