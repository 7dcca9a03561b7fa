"""The book into the database: all of it in one transaction, or nothing.

A row is known again by (keeper, source, source id) and its key is made from them, so that a second import
updates. What the source no longer tells is withdrawn, not deleted; what it never told is left alone.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import connection, models

from brobygger.engine.words import Phrase
from brobygger.engine.words import gettext_noop as _
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.report import KINDS
from brobygger.offers.importing.rows import Finding
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.partners.models import Organisation

NAMES = UUID("5f0a3b1e-6c86-5d0e-9a55-1d6a3f2f7a10")
BATCH = 1_000
SAVING = _("Gemmer %(count)s %(kind)s …")
LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(slots=True)
class Changes:
    """How many records of one kind are new, changed, unchanged, withdrawn."""

    new: int = 0
    changed: int = 0
    same: int = 0
    withdrawn: int = 0


@dataclass(slots=True)
class Saved:
    kinds: dict[str, Changes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def save(
    book: Book,
    *,
    keeper: UUID,
    at: datetime,
    gone_if_missing: frozenset[str],
    say: Callable[[Phrase], None],
) -> Saved:
    """Write the book. Needs the keeper's scope open; two imports of one source wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [f"{keeper}/{book.source}"])
    saved = Saved()
    pen = _Pen(book, keeper, at, saved, say)
    pen.write("organisation", Organisation, book.organisations)
    pen.write("stand_in", Organisation, book.stand_ins, only_new=True)
    for kind, model, table, drafts in (
        ("location", Location, "location", book.locations),
        ("offer", Offer, "service", book.offers),
        ("offer_at_location", OfferAtLocation, "service_at_location", book.links),
        ("phone", Phone, "phone", book.phones),
        ("schedule", Schedule, "schedule", book.schedules),
    ):
        pen.write(kind, model, pen.not_linked_otherwise(drafts) if model is OfferAtLocation else drafts)
        if table in gone_if_missing:
            pen.withdraw(kind, model, drafts)
    return saved


class _Pen:
    def __init__(
        self, book: Book, keeper: UUID, at: datetime, saved: Saved, say: Callable[[Phrase], None]
    ) -> None:
        self.book, self.keeper, self.at, self.saved, self.say = book, keeper, at, saved, say
        self.keys: dict[tuple[str, str], UUID] = {}

    def write(
        self, kind: str, model: type[models.Model], drafts: dict[str, Draft], *, only_new: bool = False
    ) -> None:
        """One kind of record. `only_new`: an organisation that has got its name elsewhere keeps it."""
        if drafts:
            self.say(Phrase(SAVING, {"count": len(drafts), "kind": Phrase(KINDS[kind])}))
        counted = self.saved.kinds.setdefault(kind, Changes())
        known = {row.source_id: row for row in self._mine(model)}
        taken = self._taken(model, drafts)
        new, changed, touched = [], [], set[str]()
        for source_id, draft in drafts.items():
            row = known.get(source_id)
            key = row.pk if row is not None else self._key(model, draft, taken)
            self.keys["organisation" if kind == "stand_in" else kind, source_id] = key
            if row is None:
                new.append(self._made(model, draft, key))
            elif not only_new and (fields := self._changed(row, draft)):
                changed.append(row)
                touched |= fields
            else:
                counted.same += 1
        model._default_manager.bulk_create(new, batch_size=BATCH)
        if changed:
            model._default_manager.bulk_update(changed, sorted(touched), batch_size=BATCH)
        counted.new, counted.changed = len(new), len(changed)

    def withdraw(self, kind: str, model: type[models.Model], drafts: dict[str, Draft]) -> None:
        """What the source told before and tells no more."""
        told_before = self._mine(model).filter(withdrawn_at=None).values_list("pk", "source_id")
        gone = [pk for pk, source_id in told_before if source_id not in drafts]
        self.saved.kinds[kind].withdrawn = self._mine(model).filter(pk__in=gone).update(withdrawn_at=self.at)

    def _mine(self, model: type[models.Model]) -> Any:
        return model._default_manager.filter(keeper_id=self.keeper, source=self.book.source)

    def not_linked_otherwise(self, links: dict[str, Draft]) -> dict[str, Draft]:
        """Without those that somebody has already made by hand."""
        ours = {"keeper_id": self.keeper, "source": self.book.source}
        of_our_offers = {f"offer__{name}": value for name, value in ours.items()}
        others = OfferAtLocation.objects.filter(**of_our_offers).exclude(**ours)
        made = set(others.values_list("offer_id", "location_id"))
        return {
            key: link
            for key, link in links.items()
            if (self.keys[link.ties["offer"]], self.keys[link.ties["location"]]) not in made
        }

    def _taken(self, model: type[models.Model], drafts: dict[str, Draft]) -> set[UUID]:
        """The keys of a package of ours that other rows here have already."""
        told = [key for draft in drafts.values() if (key := self._own_key(draft))]
        return set(model._default_manager.filter(pk__in=told).values_list("pk", flat=True))

    def _own_key(self, draft: Draft) -> UUID | None:
        return key_in(draft.own_id) if self.book.marks is not None else None

    def _key(self, model: type[models.Model], draft: Draft, taken: set[UUID]) -> UUID:
        """Its own key, where the package is one of ours and the key is free here; else a made one."""
        own = self._own_key(draft)
        if own is not None and own not in taken:
            return own
        return uuid5(NAMES, f"{self.keeper}/{self.book.source}/{model.__name__}/{draft.source_id}")

    def _made(self, model: type[models.Model], draft: Draft, key: UUID) -> models.Model:
        return model(
            id=key,
            keeper_id=self.keeper,
            source=self.book.source,
            source_id=draft.source_id,
            **{**draft.first, **self._told(draft), **draft.capacity},
        )

    def _told(self, draft: Draft) -> dict[str, Any]:
        """Values as fields, ties as the keys of the rows they point to."""
        values = {f"{name}_id" if name in OWNERS else name: value for name, value in draft.values.items()}
        return values | {f"{name}_id": self.keys[tie] for name, tie in draft.ties.items()}

    def _changed(self, row: Any, draft: Draft) -> set[str]:
        """Put what the source now says into a row that exists. The answer names the fields that are new."""
        told = self._told(draft) | self._capacity(row, draft)
        told |= {name: value for name, value in draft.first.items() if name == "themes" and not row.themes}
        if getattr(row, "is_protected", False):  # only the keeper's own hand lifts a protection
            told = {name: value for name, value in told.items() if name not in WHERE}
        if getattr(row, "withdrawn_at", None) is not None:
            told["withdrawn_at"] = None
        changed = {name for name, value in told.items() if getattr(row, name) != value}
        for name in changed:
            setattr(row, name, told[name])
        if changed and hasattr(row, "version"):
            row.version += 1
            changed.add("version")
        return {name.removesuffix("_id") if name.removesuffix("_id") in OWNERS else name for name in changed}

    def _capacity(self, row: Any, draft: Draft) -> dict[str, Any]:
        """Our own count of places is the newer one, unless the source confirmed its figure after it."""
        told = draft.capacity
        if not told:
            return {}
        ours, theirs = row.capacity_confirmed_on, told["capacity_confirmed_on"]
        if ours is None or (theirs is not None and theirs > ours):
            return told
        if {name: getattr(row, name) for name in told} != told:
            self.saved.findings.append(Finding("service_capacity", draft.where, faults.CAPACITY_KEPT))
        return {}


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


WHERE = frozenset(
    {"is_protected", "address", "postal_code", "transportation", "easting", "northing", "description"}
)
OWNERS = frozenset({"organisation", "offer", "location"})
