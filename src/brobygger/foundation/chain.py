"""The trail as a chain: each line's fingerprint is made of its own words and of the one before it.

The links are written by triggers at commit (migrations 0004, 0006), the last thing before the transaction
ends, so that no page holds a house's chain while it works. Whoever changes, removes, swaps or adds a line
leaves a link that does not fit; whoever cuts the end off or rewrites everything is betrayed by the heads that
were published outside (`heads.py`). A line names keys and acts only, so forgetting a person breaks no link.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, models

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.scope import OrganisationScoped

FORM = 1  # of the words below; a later form would leave the old links as they are
WORDS = """jsonb_build_array({0}.organisation_id, {0}.id, {0}.act, {0}.about_kind, {0}.about_ids, {0}.by_kind,
    {0}.by_id, {0}.facts, extract(epoch FROM {0}.at))::text"""


class AuditLink(OrganisationScoped):
    """The link of one line of the trail: `id` is the line's. Place and digest are given at the very end."""

    app_may = ("SELECT",)

    id = models.UUIDField(primary_key=True)
    form = models.PositiveSmallIntegerField(default=FORM)
    content = models.BinaryField(max_length=32)
    seq = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=32, null=True)

    class Meta:
        app_label = "foundation"
        constraints = [
            models.CheckConstraint(
                name="a_link_has_place_and_digest_or_neither",
                condition=models.Q(seq=None, digest=None) | models.Q(seq__gte=1, digest__isnull=False),
            ),
        ]


class AuditHead(OrganisationScoped):
    """How far a house's chain has come: one row, locked by whoever commits next. `id` is the house's."""

    app_may = ("SELECT",)

    id = models.UUIDField(primary_key=True)
    form = models.PositiveSmallIntegerField(default=FORM)
    seq = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)

    class Meta:
        app_label = "foundation"


class Fault(Term):
    """What is wrong with a chain, in the order in which it is looked for."""

    UNLINKED = "unlinked", _("linjen står uden for kæden")
    GAP = "gap", _("her mangler en linje")
    GONE = "gone", _("linjen er fjernet")
    CHANGED = "changed", _("linjen er ændret")
    BROKEN = "broken", _("kæden passer ikke med linjen før")
    CUT = "cut", _("kæden er kortere end det aftryk, der er gemt uden for databasen")
    REWRITTEN = "rewritten", _("kæden er skrevet om: den passer ikke med det aftryk, der er gemt uden for")


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come: the number of its last line, and that line's digest in hex."""

    seq: int
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: which line, by number and key, and what is wrong."""

    seq: int
    row: UUID | None
    fault: Fault


def head() -> Head | None:
    """How far the open house's chain has come."""
    last = AuditHead.objects.first()
    return Head(last.seq, bytes(last.digest).hex()) if last else None


def first_break(published: Iterable[Head] = ()) -> Break | None:
    """Follow the open house's chain from its first line; None if every link and every head fits.

    Fingerprints are computed here, from the rows themselves: nothing the database says of them is believed.
    """
    wanted = {one.seq: one.digest for one in published}
    expected, before = 1, b""
    for seq, row, content, digest, words in _links():
        if seq != expected:
            return Break(expected, None, Fault.GAP)
        fault = _fault(content, digest, words, before)
        if fault is None and wanted.get(seq, digest.hex()) != digest.hex():
            fault = Fault.REWRITTEN
        if fault is not None:
            return Break(seq, row, fault)
        expected, before = seq + 1, digest
    if max(wanted, default=0) >= expected:
        return Break(expected, None, Fault.CUT)
    return _outside(expected)


def _fault(content: bytes, digest: bytes, words: str | None, before: bytes) -> Fault | None:
    if words is None:
        return Fault.GONE
    if hashlib.sha256(words.encode()).digest() != content:
        return Fault.CHANGED
    return None if hashlib.sha256(before + content).digest() == digest else Fault.BROKEN


def _links() -> Iterator[tuple[int, UUID, bytes, bytes, str | None]]:
    """Place, key, content, digest and the words of the row, which are None if it is gone; in order."""
    words = WORDS.format("a")
    question = f"""SELECT l.seq, l.id, l.content, l.digest, CASE WHEN a.id IS NOT NULL THEN {words} END
        FROM foundation_auditlink l LEFT JOIN foundation_auditrow a USING (organisation_id, id)
        WHERE l.seq IS NOT NULL ORDER BY l.seq"""  # noqa: S608 - our own words
    with connection.chunked_cursor() as cursor:
        cursor.cursor.itersize = 2_000
        cursor.execute(question)
        for seq, row, content, digest, text in cursor:
            yield seq, row, bytes(content), bytes(digest), text


def _outside(seq: int) -> Break | None:
    """A line that was slipped in past the triggers; `seq` is the place it would have had."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.id FROM foundation_auditrow a LEFT JOIN foundation_auditlink l"
            " USING (organisation_id, id) WHERE l.seq IS NULL ORDER BY a.at, a.id LIMIT 1"
        )
        row = cursor.fetchone()
    return Break(seq, row[0], Fault.UNLINKED) if row else None
