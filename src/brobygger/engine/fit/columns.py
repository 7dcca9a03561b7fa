"""The fast twin: the offers laid out in columns once, then every rule judged for all of them at a time.

Equal to `plain.rank`, number by number; the rules are told in `fit`, the reasons in `constraints`.
An offer's place in the columns is its place by id, so that a stable sort breaks ties as `plain` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.fit import order
from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.plain import id_number
from brobygger.engine.fit.ranking import Placed, Ranking
from brobygger.engine.fit.values import DAY, OfferFacts, OfferId, Person, PlacesKind, WeekTimes

Flags: TypeAlias = NDArray[np.bool_]
Numbers: TypeAlias = NDArray[np.int64]

NEVER = date.max.toordinal() + 1
NO_AGE_LIMIT = 1 << 30
