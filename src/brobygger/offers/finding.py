"""Finding offers without a login: everyday words, and filters judged by the same rules as for a resident."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.constraints import NOTHING, Constraint
from brobygger.engine.fit.layout import NO_LIMIT, Columns, Numbers
from brobygger.engine.fit.values import Person, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.foundation.alphabet import in_danish_order
from brobygger.offers import rules
from brobygger.offers.models import Offer
from brobygger.offers.terms import PartOfDay, Theme
from brobygger.offers.words import themes_in

CONFIGS = ("danish", "english")  # an imported directory speaks its own language
HEADINGS = ("name", "alternate_name")
TEXTS = ("description", "eligibility_description", "application_process")
WORDS_READ = 12
NOTHING_FOUND = Q(pk__in=[])
A_THEME = 0.2  # weighs less than a word in the name, more than a word in the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for. Everything may be left out."""

    words: str = ""
    theme: Theme | None = None
    weekday: int | None = None
    part: PartOfDay | None = None
    age: int | None = None
    is_free: bool = False
    language: str = ""
    near: Point | None = None

    @property
    def judged_by(self) -> Constraint:
        """The constraints that were asked for. Places and seasons never hide an offer (OFF-03)."""
        asked = {
            Constraint.NEED: self.theme is not None,
            Constraint.TIMES: self.weekday is not None or self.part is not None,
            Constraint.AGE: self.age is not None,
            Constraint.PRICE: self.is_free,
            Constraint.LANGUAGE: bool(self.language),
            Constraint.DISTANCE: self.near is not None,
        }
        mask = NOTHING
        for constraint, is_asked in asked.items():
            mask |= constraint if is_asked else NOTHING
        return mask


@dataclass(frozen=True, slots=True)
class Found:
    """Offers in order. Of the first `sure` everything asked for is known; of the others it must be asked."""

    keys: tuple[UUID, ...]
    sure: int
    unknown: dict[UUID, Constraint]


def find(wanted: Wanted, packed: Columns, *, on: date) -> Found:
    """What of the packed directory suits. One query, two where nothing was found by the words as written."""
    keys = _by_words(wanted.words.strip()) if wanted.words.strip() else _by_name()
    masks = Masks.of(_somebody(wanted, on), packed)
    row_of = {key: row for row, key in enumerate(packed.ids)}
    judged = wanted.judged_by
    rows = np.array([row_of[key] for key in keys if key in row_of], np.int64)
    rows = rows[masks.against[rows] & judged == 0]
    is_unsure = masks.ask[rows] & judged != 0
    order = np.lexsort((_metres(wanted.near, packed)[rows], is_unsure))  # stable: words or name decide a tie
    return Found(
        keys=tuple(packed.ids[row] for row in rows[order]),
        sure=int(np.count_nonzero(~is_unsure)),
        unknown={packed.ids[row]: Constraint(int(masks.ask[row]) & judged) for row in rows},
    )


def _somebody(wanted: Wanted, on: date) -> Person:
    """A person who has said nothing but what was asked for."""
    times = WeekTimes.of(rules.slots_of(wanted.weekday, wanted.part))
    return Person(
        today=on,
        themes=frozenset({wanted.theme or "any"}),
        home=wanted.near,
        times=times if Constraint.TIMES in wanted.judged_by else None,
        age=wanted.age,
        languages=frozenset({wanted.language}) if wanted.language else None,
        max_price=Money(0) if wanted.is_free else None,
    )


def _metres(near: Point | None, packed: Columns) -> Numbers:
    """How far, where that is asked; the same for all otherwise."""
    if near is None:
        return np.zeros(len(packed.ids), np.int64)
    return np.where(packed.points.limited, packed.points.metres_from(near), NO_LIMIT)


def _by_name() -> Sequence[UUID]:
    names = Offer.objects.filter(withdrawn_at=None).values_list("id", "name")
    return [key for key, name in sorted(names, key=lambda row: (in_danish_order(row[1]), row[0]))]


def _by_words(words: str) -> Sequence[UUID]:
    """By stems, beginnings and the themes that the words name; else by any piece of text."""
    asked = [word for word in re.findall(r"\w+", words) if word][:WORDS_READ]
    if not asked:
        return []
    current = Offer.objects.filter(withdrawn_at=None)
    return list(_by_stem(current, words, asked)) or list(_by_piece(current, asked))


def _by_stem(offers: QuerySet[Offer], words: str, asked: list[str]) -> QuerySet[Offer, UUID]:
    """What the words say in either language, or what is about every theme they name; best first."""
    beginnings = " & ".join(f"{word}:*" for word in asked)
    themes = themes_in(words)
    is_about = Q(themes__contains=themes) if themes else NOTHING_FOUND
    matches, rank = is_about, Value(0.0) + Case(When(is_about, then=Value(A_THEME)), default=Value(0.0))
    for config in CONFIGS:
        query = SearchQuery(words, config=config, search_type="websearch")
        query |= SearchQuery(beginnings, config=config, search_type="raw")
        offers = offers.alias(**{config: _document(config)})
        matches |= Q(**{config: query})
        rank += SearchRank(F(config), query)
    ranked = offers.filter(matches).order_by(rank.desc(), "name", "id")
    return ranked.values_list("id", flat=True)


def _document(config: str) -> Combinable:
    def vector(weight: str, *fields: str) -> SearchVector:
        return SearchVector(*fields, config=config, weight=weight)

    return vector("A", *HEADINGS) + vector("B", "organisation__name") + vector("C", *TEXTS)


def _by_piece(offers: QuerySet[Offer], asked: list[str]) -> QuerySet[Offer, UUID]:
    """Any of the words anywhere, also in the middle of a longer one, or any of their themes."""
    matches = Q(themes__overlap=themes_in(" ".join(asked)))
    for word in asked:
        for field in (*HEADINGS, *TEXTS, "organisation__name"):
            matches |= Q(**{f"{field}__icontains": word})
    return offers.filter(matches).order_by("name", "id").values_list("id", flat=True)
