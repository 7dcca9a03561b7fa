"""How bridging joins the house."""

from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import ngettext

from brobygger.accounts.models import Membership
from brobygger.bridging import (
    ask_cards,
    asked,
    cards,
    closing,
    company,
    company_cards,
    erasing,
    reads,
    ringing,
    telling,
    triage,
)
from brobygger.bridging.asking import ASK_LINK
from brobygger.bridging.holding import IS_LIVE
from brobygger.bridging.inviting import OWN_LINK
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.telling import ASKS_NOTHING, LEG
from brobygger.bridging.terms import ClockKind, EndReason
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import kept
from brobygger.foundation.cards import Hand, NavigationItem, TodayCard
from brobygger.foundation.days import local_day
from brobygger.foundation.looks import Look
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.sockets import Carrier, carriers, endings, navigation, today_cards
from brobygger.privacy.sockets import erasers, explanations, exporters

navigation.plug(
    "bridging",
    NavigationItem(
        order=30,
        label=_("Broer"),
        url_name="bridging:list",
        icon="bridge",
        path="/broer/",
        roles=frozenset({"worker", "leader"}),
    ),
)

kept.writes(
    *telling.NEXT_STEPS.values(),
    *telling.WAYS.values(),
    *ringing.AGAIN.values(),
    *(kind.asks for kind in ClockKind),
    ringing.TOLD,
    closing.STEP_AFTER_THE_BRIDGE,
    triage.NEXT_STEP,
)


def _bridges(viewer: Membership, now: datetime) -> list[TodayCard]:
    """Each open bridge the viewer keeps an eye on, once, by the clock that rings first; and one card for
    all whom our messages did not reach."""
    if not viewer.meets_residents:
        return []
    day = reads.bridges_of_the_day(viewer)
    gaps = reads.consent_gaps(day.bridges, on=timezone.localdate(now))
    shown = [_card(cards.bridge_card(bridge, now=now, gaps=gaps)) for bridge in day.bridges]
    return [*shown, *_unreached(day.unreached, viewer, now)]


def _company(viewer: Membership, now: datetime) -> list[TodayCard]:
    """Where the viewer goes along."""
    found = [company_cards.card(one, now=now) for one in company.outings_of(viewer, now=now)]
    return [company_cards.today_card(one) for one in found if not one.told]


def _card(card: cards.BridgeCard) -> TodayCard:
    clock = next(iter(card.bridge.clocks.all()))
    hand = card.deadline.hand if card.deadline and card.hand is not Hand.NONE else card.hand
    return TodayCard(
        key=f"bridge:{card.bridge.pk}",
        day=timezone.localdate(clock.due_at),
        at=clock.due_at,
        title=card.title,
        text=f"{card.why}. {card.deadline.asks if card.deadline else ''}".strip(),
        href=f"/broer/{card.bridge.pk}/",
        hand=hand,
        whose=card.deadline.whose if card.deadline else card.who,
        press=translate("Se broen"),
        step=card.lead.at if card.lead else None,
    )


def _asks(viewer: Membership, now: datetime) -> list[TodayCard]:
    """What partners have asked of us and we have not answered or finished."""
    return [ask_cards.today_card(ask, now=now) for ask in asked.asks_of_the_day(viewer)]


def _no_more_asks(event: str, resident_id: UUID, at: datetime) -> None:
    """Nobody goes on trying to make contact with whoever has died."""
    if event == "died":
        triage.stop_asks_about(resident_id=resident_id, reason=EndReason.PERSON_DIED, at=at)


def _explained(found: list[Look]) -> dict[Look, str]:
    """Looks of whoever had an open bridge for that resident on that day."""
    rows = Bridge.objects.filter(need__resident__in={one.resident for one in found})
    spans: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = {}
    for who, whom, opened, closed in rows.values_list(
        "owner_id", "need__resident_id", "opened_at", "closed_at"
    ):
        spans.setdefault((who, whom), []).append((local_day(opened), local_day(closed) if closed else None))
    return {
        one: _("har en bro for beboeren")
        for one in found
        for since, until in spans.get((one.member, one.resident), [])
        if since <= one.day and (until is None or one.day <= until)
    }


def _not_reached(messages: list[OutboxMessage], now: datetime) -> None:
    """What did not come through must not look like a partner who does not answer."""
    asked = [one.about_id for one in messages if one.what not in ASKS_NOTHING]
    Leg.objects.filter(IS_LIVE, pk__in=asked, undelivered_at=None).update(undelivered_at=now)


def _unreached(many: int, viewer: Membership, now: datetime) -> list[TodayCard]:
    """They do not know yet that we ask."""
    if not many:
        return []
    title = ngettext("En besked er ikke kommet frem", "%(count)d beskeder er ikke kommet frem", many)
    return [
        TodayCard(
            key="not_reached",
            day=timezone.localdate(now),
            title=title % {"count": many},
            text=translate("De ved ikke, at vi spørger. Ring i stedet."),
            href="/ikke-naaet/",
            hand=Hand.US,
            whose=viewer.name,
            press=translate("Se hvem"),
        )
    ]


carriers.plug(LEG, Carrier(job="bridging.dispatch", gave_up=_not_reached))
carriers.plug(ASK_LINK, Carrier(job="bridging.hand_out"))
carriers.plug(OWN_LINK, Carrier(job="bridging.invite"))
today_cards.plug("bridging", _bridges)
today_cards.plug("bridging.asks", _asks)
today_cards.plug("bridging.company", _company)
endings.plug("bridging.asks", _no_more_asks)
erasers.plug_all(erasing.ERASERS)
exporters.plug_all(erasing.EXPORTERS)
explanations.plug("bridging", _explained)
