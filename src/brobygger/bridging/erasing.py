"""What bridges hold about one resident: handed out, and forgotten at home and at the other bank alike."""

from uuid import UUID

from django.db.models import Q, QuerySet

from brobygger.bridging.asks import Ask, AskStatement
from brobygger.bridging.models import (
    Accompaniment,
    AnswerLink,
    Bridge,
    BridgeStatement,
    Clock,
    Leg,
    LegDraft,
    LegReasons,
    LegSnapshot,
    ResidentLink,
    Statement,
)
from brobygger.bridging.terms import ActorRole
from brobygger.foundation.outbox import OutboxMessage
from brobygger.privacy.erasing import dash, exporter_of


def _bridges(resident_id: UUID) -> QuerySet[Bridge]:
    return Bridge.objects.filter(need__resident=resident_id)


def _legs(resident_id: UUID) -> QuerySet[Leg]:
    return Leg.objects.filter(Q(subject_id=resident_id) | Q(bridge__in=_bridges(resident_id)))


def _drafts(resident_id: UUID) -> QuerySet[LegDraft]:
    return LegDraft.objects.filter(leg__in=_legs(resident_id))


def _reasons(resident_id: UUID) -> QuerySet[LegReasons]:
    return LegReasons.objects.filter(leg__in=_legs(resident_id))


def _snapshots(resident_id: UUID) -> QuerySet[LegSnapshot]:
    return LegSnapshot.objects.filter(leg__in=_legs(resident_id))


def _statements(resident_id: UUID) -> QuerySet[Statement]:
    return Statement.objects.filter(leg__in=_legs(resident_id))


def _clocks(resident_id: UUID) -> QuerySet[Clock]:
    return Clock.objects.filter(bridge__in=_bridges(resident_id))


def _links(resident_id: UUID) -> QuerySet[AnswerLink]:
    return AnswerLink.objects.filter(leg__in=_legs(resident_id))


def _words(resident_id: UUID) -> QuerySet[BridgeStatement]:
    return BridgeStatement.objects.filter(bridge__in=_bridges(resident_id))


def _company(resident_id: UUID) -> QuerySet[Accompaniment]:
    return Accompaniment.objects.filter(leg__in=_legs(resident_id))


def _resident_links(resident_id: UUID) -> QuerySet[ResidentLink]:
    return ResidentLink.objects.filter(bridge__in=_bridges(resident_id))


def _asks(resident_id: UUID) -> QuerySet[Ask]:
    return Ask.objects.filter(resident=resident_id)


def _ask_statements(resident_id: UUID) -> QuerySet[AskStatement]:
    return AskStatement.objects.filter(ask__in=_asks(resident_id))


def _messages(resident_id: UUID) -> QuerySet[OutboxMessage]:
    """Those about the person, and those about one of the person's legs."""
    return OutboxMessage.objects.filter(
        Q(about_id=resident_id) | Q(about_id__in=_legs(resident_id).values("id"))
    )


def _forget_legs(resident_id: UUID) -> int:
    return _legs(resident_id).update(reason_text="")


def _forget_drafts(resident_id: UUID) -> int:
    return _drafts(resident_id).update(message="")


def _forget_reasons(resident_id: UUID) -> int:
    dash(_reasons(resident_id), "chosen_because")
    return _reasons(resident_id).update(reasons=[], facts_used={})


def _forget_snapshots(resident_id: UUID) -> int:
    return _snapshots(resident_id).update(shared=[], message="")


def _forget_statements(resident_id: UUID) -> int:
    """The name goes where the resident spoke; what partners and workers are called is not the resident's."""
    dash(_statements(resident_id).filter(actor_role=ActorRole.RESIDENT), "actor_name")
    return _statements(resident_id).update(text="")


def _forget_words(resident_id: UUID) -> int:
    dash(_words(resident_id).filter(actor_role=ActorRole.RESIDENT), "actor_name")
    return _words(resident_id).update(text="")


def _forget_company(resident_id: UUID) -> int:
    """The place, the wishes, and the name of the resident's own person."""
    dash(_company(resident_id).exclude(own_person=""), "own_person")
    return _company(resident_id).update(meet_where="", wishes="")


def _forget_resident_links(resident_id: UUID) -> int:
    return _resident_links(resident_id).update(address="")


def _forget_asks(resident_id: UUID) -> int:
    return forget_asks(_asks(resident_id))


def forget_asks(rows: QuerySet[Ask]) -> int:
    """Whom they were about and what was said of them; code, days and coded ending stay."""
    dash(rows, *WORDS_OF_AN_ASK)
    return rows.count()


WORDS_OF_AN_ASK = ("who", "reach", "wanted", "basis_named", "told_resident")


def _forget_ask_statements(resident_id: UUID) -> int:
    dash(_ask_statements(resident_id).filter(actor_role=ActorRole.RESIDENT), "actor_name")
    return _ask_statements(resident_id).update(text="")


def _forget_messages(resident_id: UUID) -> int:
    dash(_messages(resident_id), "to")
    return _messages(resident_id).update(error="")


ERASERS = {
    "bridging.Ask": _forget_asks,
    "bridging.AskStatement": _forget_ask_statements,
    "bridging.Leg": _forget_legs,
    "bridging.LegDraft": _forget_drafts,
    "bridging.LegReasons": _forget_reasons,
    "bridging.LegSnapshot": _forget_snapshots,
    "bridging.Statement": _forget_statements,
    "bridging.BridgeStatement": _forget_words,
    "bridging.Accompaniment": _forget_company,
    "bridging.ResidentLink": _forget_resident_links,
    "foundation.OutboxMessage": _forget_messages,
}
EXPORTERS = {
    "bridging.Ask": exporter_of(_asks),
    "bridging.AskStatement": exporter_of(_ask_statements),
    "bridging.Bridge": exporter_of(_bridges),
    "bridging.Leg": exporter_of(_legs),
    "bridging.LegDraft": exporter_of(_drafts),
    "bridging.LegReasons": exporter_of(_reasons),
    "bridging.LegSnapshot": exporter_of(_snapshots),
    "bridging.Statement": exporter_of(_statements),
    "bridging.BridgeStatement": exporter_of(_words),
    "bridging.Clock": exporter_of(_clocks),
    "bridging.Accompaniment": exporter_of(_company),
    "bridging.ResidentLink": exporter_of(_resident_links),
    "bridging.AnswerLink": exporter_of(_links),
    "foundation.OutboxMessage": exporter_of(_messages),
}
