from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from brobygger.privacy import rules
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct, ConsentForm, Direction


def ledger(resident_id: UUID) -> list[Consent]:
    """Every line about one resident, newest first. The caller has checked the right to see that person."""
    return list(Consent.objects.filter(resident_id=resident_id).select_related("witness").order_by("-at"))


def lines_to(resident_id: UUID, recipient_id: UUID) -> list[rules.Line]:
    """The lines about one resident and one recipient as plain values, for the rules. One query."""
    rows = Consent.objects.filter(resident_id=resident_id, recipient_id=recipient_id).order_by("at")
    return [plain_line(row) for row in rows]


def lines_of(residents: Iterable[UUID]) -> Mapping[UUID, list[rules.Line]]:
    """The lines about several residents, resident by resident. One query."""
    lines = defaultdict[UUID, list[rules.Line]](list)
    for row in Consent.objects.filter(resident_id__in=list(residents)).order_by("at"):
        lines[row.resident_id].append(plain_line(row))
    return lines


def plain_line(row: Consent) -> rules.Line:
    """A ledger line as the plain value that the rules judge."""
    return rules.Line(
        recipient=row.recipient_id,
        act=ConsentAct(row.act),
        direction=Direction(row.direction),
        categories=frozenset(row.categories),
        form=ConsentForm(row.form),
        at=row.at,
        valid_until=row.valid_until,
    )
