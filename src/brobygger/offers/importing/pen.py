"""One kind of record after another into the database, in bounded batches: new, changed, the same, or gone.

A row is known again by (keeper, source, source id) and its key is made from them, so that a second import
updates. What the source no longer tells is withdrawn, not deleted; what it never told is left alone.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count, islice
from typing import Any, TypeVar
from uuid import UUID, uuid4, uuid5

from django.apps import apps
from django.db import models
from django.utils.timezone import localdate

from brobygger.engine.words import Phrase
from brobygger.engine.words import gettext_noop as _
from brobygger.offers.hsds.columns import DETAIL
from brobygger.offers.importing import faults, writing
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.report import KINDS
from brobygger.offers.importing.rows import Finding
from brobygger.offers.models import ImportRun, Location, OfferAtLocation
from brobygger.offers.runs import ImportTrace

NAMES = UUID("5f0a3b1e-6c86-5d0e-9a55-1d6a3f2f7a10")
BATCH = 1_000
TOLD_EVERY = 20_000  # records between two words on how far it has come
SAVING = _("Gemmer %(count)s %(kind)s …")
SAVED_SO_FAR = _("Gemt: %(done)s af %(count)s %(kind)s …")
WHERE = frozenset(
    {"is_protected", "address", "postal_code", "transportation", "easting", "northing", "description"}
)
OWNERS = frozenset(
    ["organisation", "offer", "location", "at", "contact", "phone"]
    + ["program", "parent", "unit", "taxonomy", "term"]
)
T = TypeVar("T")


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


class Pen:
    """Writes for one keeper in one run; without a `run` nothing can be undone, and nothing is traced."""

    def __init__(
        self,
        book: Book,
        keeper: UUID,
        at: datetime,
        saved: Saved,
        run: UUID | None,
        say: Callable[[Phrase], None],
    ) -> None:
        self.book, self.keeper, self.at, self.saved, self.run, self.say = book, keeper, at, saved, run, say
        self.keys: dict[tuple[str, str], UUID] = {}
        self._number = count(1)
        undone = ImportRun.objects.filter(keeper_id=keeper, source=book.source, undone_at__isnull=False)
        self._undone_on = {localdate(one) for one in undone.values_list("undone_at", flat=True)}

    def write(
        self, kind: str, model: type[models.Model], drafts: dict[str, Draft], *, only_new: bool = False
    ) -> None:
        """One kind of record. `only_new`: an organisation that has got its name elsewhere keeps it."""
        if drafts:
            self.say(Phrase(SAVING, {"count": len(drafts), "kind": Phrase(KINDS[kind])}))
        counted = self.saved.kinds.setdefault(kind, Changes())
        usual, is_known_before = writing.usual(model), self._mine(model).exists()
        done = 0
        if any("parent" in draft.ties for draft in drafts.values()):  # a parent may come after its children
            for batch in batches(drafts.items(), BATCH):
                told = dict(batch)
                self._name(kind, model, told, {row.source_id: row for row in self._known(model, told)})
        for batch in batches(drafts.items(), BATCH):
            told = dict(batch)
            known = {row.source_id: row for row in self._known(model, told)} if is_known_before else {}
            self._name(kind, model, told, known)
            new = [
                self._made(usual, draft, self._key_of(kind, key))
                for key, draft in told.items()
                if key not in known
            ]
            writing.insert(model, new, run=self.run, number=next(self._number))
            changed = {} if only_new else self._change(model, known, told)
            counted.new += len(new)
            counted.changed += len(changed)
            counted.same += len(known) - len(changed)
            done += len(told)
            if done % TOLD_EVERY == 0 and done < len(drafts):
                given: dict[str, str | int | Phrase] = {
                    "done": done,
                    "count": len(drafts),
                    "kind": Phrase(KINDS[kind]),
                }
                self.say(Phrase(SAVED_SO_FAR, given))

    def details(self, *entities: str, gone: frozenset[str]) -> None:
        """The rows beside the records, of these tables as far as they are not written yet."""
        for entity in entities:
            kind = "told_schedule" if entity == "schedule" else entity
            if kind in self.saved.kinds:
                continue
            model, drafts = apps.get_model("offers", DETAIL[entity].model), self.book.details[entity]
            if entity == "address":
                drafts = self._without_hidden(drafts)
            self.write(kind, model, drafts)
            if entity in gone:
                self.withdraw(kind, model, drafts)

    def _without_hidden(self, addresses: dict[str, Draft]) -> dict[str, Draft]:
        """Without those of places that their keeper has hidden by hand."""
        hidden = set(self._mine(Location).filter(is_protected=True).values_list("pk", flat=True))
        places = {
            key: self.keys.get(draft.ties.get("location", ("", ""))) for key, draft in addresses.items()
        }
        for key, place in places.items():
            if place in hidden:
                where = addresses[key].where
                self.saved.findings.append(Finding("address", where, faults.PROTECTED_ADDRESS))
        return {key: draft for key, draft in addresses.items() if places[key] not in hidden}

    def withdraw(self, kind: str, model: type[models.Model], drafts: dict[str, Draft]) -> None:
        """What the source told before and tells no more."""
        told_before = self._mine(model).filter(withdrawn_at=None).values_list("pk", "source_id")
        gone = [pk for pk, source_id in told_before if source_id not in drafts]
        for batch in batches(gone, BATCH):
            self._mine(model).filter(pk__in=batch).update(withdrawn_at=self.at)
            self._trace(model, withdrawn=[str(pk) for pk in batch])
        self.saved.kinds[kind].withdrawn = len(gone)

    def _mine(self, model: type[models.Model]) -> Any:
        return model._default_manager.filter(keeper_id=self.keeper, source=self.book.source)

    def _known(self, model: type[models.Model], told: dict[str, Draft]) -> Any:
        return self._mine(model).filter(source_id__in=list(told))

    def _name(
        self, kind: str, model: type[models.Model], told: dict[str, Draft], known: dict[str, Any]
    ) -> None:
        """Give every draft its key, before anything that hangs on it asks."""
        taken = self._taken(model, told)
        named = "organisation" if kind == "stand_in" else kind
        for source_id, draft in told.items():
            row = known.get(source_id)
            key = row.pk if row is not None else self._key(model, draft, taken)
            self.keys[named, source_id] = key

    def _key_of(self, kind: str, source_id: str) -> UUID:
        return self.keys["organisation" if kind == "stand_in" else kind, source_id]

    def _change(
        self, model: type[models.Model], known: dict[str, Any], told: dict[str, Draft]
    ) -> dict[UUID, dict[str, list[Any]]]:
        """Key -> {column: [before, after]} of the rows that the source now tells otherwise."""
        changes: dict[UUID, dict[str, list[Any]]] = {}
        rows: list[Any] = []
        for source_id, row in known.items():
            if changed := self._changed(row, told[source_id]):
                changes[row.pk] = changed
                rows.append(row)
        if changes:
            columns = sorted({column for changed in changes.values() for column in changed})
            extra = ["version"] if hasattr(rows[0], "version") else []
            writing.update(
                model,
                [{"id": row.pk} | {name: getattr(row, name) for name in [*columns, *extra]} for row in rows],
            )
            self._trace(model, changed={str(key): changed for key, changed in changes.items()})
        return changes

    def _trace(self, model: type[models.Model], **what: Any) -> None:
        if self.run is not None:
            ImportTrace.objects.create(
                id=uuid4(), run_id=self.run, number=next(self._number), model=model._meta.label, **what
            )

    def not_linked_otherwise(self, links: dict[str, Draft]) -> dict[str, Draft]:
        """Without those that somebody has already made by hand."""
        ours = {"keeper_id": self.keeper, "source": self.book.source}
        of_our_offers = {f"offer__{name}": value for name, value in ours.items()}
        others = OfferAtLocation.objects.filter(**of_our_offers).exclude(**ours)
        made = set(others.values_list("offer_id", "location_id"))
        return {
            key: link
            for key, link in links.items()
            if not made or (self.keys[link.ties["offer"]], self.keys[link.ties["location"]]) not in made
        }

    def _taken(self, model: type[models.Model], drafts: dict[str, Draft]) -> set[UUID]:
        """The keys of a package of ours that other rows here have already."""
        told = [key for draft in drafts.values() if (key := self._own_key(draft))]
        return set(model._default_manager.filter(pk__in=told).values_list("pk", flat=True)) if told else set()

    def _own_key(self, draft: Draft) -> UUID | None:
        return key_in(draft.own_id) if self.book.marks is not None else None

    def _key(self, model: type[models.Model], draft: Draft, taken: set[UUID]) -> UUID:
        """Its own key, where the package is one of ours and the key is free here; else a made one."""
        own = self._own_key(draft)
        if own is not None and own not in taken:
            return own
        return uuid5(NAMES, f"{self.keeper}/{self.book.source}/{model.__name__}/{draft.source_id}")

    def _made(self, usual: writing.Columns, draft: Draft, key: UUID) -> writing.Columns:
        own = {"id": key, "keeper_id": self.keeper, "source": self.book.source, "source_id": draft.source_id}
        return usual | {**draft.first, **self._told(draft), **draft.capacity} | own

    def _told(self, draft: Draft) -> dict[str, Any]:
        """Values as columns, ties as the keys of the rows they point to."""
        told = draft.values | {name: self.keys[tie] for name, tie in draft.ties.items()}
        return {f"{name}_id" if name in OWNERS else name: value for name, value in told.items()}

    def _changed(self, row: Any, draft: Draft) -> dict[str, list[Any]]:
        """Put what the source now says into a row that exists. The answer is column -> [before, after]."""
        told = self._told(draft) | self._capacity(row, draft)
        told |= {name: value for name, value in draft.first.items() if name == "themes" and not row.themes}
        if getattr(row, "is_protected", False):  # only the keeper's own hand lifts a protection
            told = {name: value for name, value in told.items() if name not in WHERE}
        if getattr(row, "withdrawn_at", None) is not None:
            told["withdrawn_at"] = None
        if getattr(row, "until", None) in self._undone_on:
            told["until"] = None
        changed: dict[str, list[Any]] = {}
        for name, value in told.items():
            if (before := getattr(row, name)) != value:
                changed[name] = [writing.plain(before), writing.plain(value)]
                setattr(row, name, value)
        if changed and hasattr(row, "version"):
            row.version += 1
        return changed

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


def batches(items: Iterable[T], most: int) -> Iterator[list[T]]:
    """
    >>> list(batches([1, 2, 3], 2))
    [[1, 2], [3]]
    """
    rest = iter(items)
    while batch := list(islice(rest, most)):
        yield batch
