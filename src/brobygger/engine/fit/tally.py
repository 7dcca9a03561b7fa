"""How a whole directory stands to one person: how many fit, and what is in the way of the others."""

from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit.columns import Masks
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.layout import Columns, Numbers
from brobygger.engine.fit.values import OfferId, Person


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Of the offers known to be about the need: how many fit, and how many may fit if one asks.

    A figure about places that nobody has confirmed lately is no question here: it is about today, and a gap
    is about the rules.
    `against` has one mask per offer, in the order of `ids`; 0 where an offer is about something else.
    """

    sure: int
    asked: int
    against: Numbers
    ids: tuple[OfferId, ...]


def tally(person: Person, columns: Columns) -> Tally:
    masks = Masks.of(person, columns)
    about_the_need = (masks.against | masks.ask) & Constraint.NEED == 0
    fitting = about_the_need & (masks.against == 0)
    asks = masks.ask & ~np.int64(Constraint.PLACES) != 0
    return Tally(
        sure=int(np.count_nonzero(fitting & ~asks)),
        asked=int(np.count_nonzero(fitting & asks)),
        against=np.where(about_the_need, masks.against, 0),
        ids=columns.ids,
    )
