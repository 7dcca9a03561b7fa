"""What is kept with a bridge: why an offer was chosen, as it was known that day (MAT-07).

Plain values only, so that they can lie in a JSON column. The sentences are kept as well as the values they
were made from: an old bridge must read as it read then, whatever the house says today.
"""

from typing import Any

from brobygger.engine.fit.constraints import Constraint, Reason
from brobygger.engine.fit.explain import Explanation
from brobygger.engine.fit.phrases import Names, code_itself, of_change, of_reason
from brobygger.engine.words import Phrase

RULES = 1  # goes up whenever a rule or the formula changes its meaning


def freeze(explanation: Explanation, names: Names = code_itself) -> dict[str, Any]:
    """Everything the page showed about one offer.

    `rules`, `penalty`, `against` and `ask` (names of constraints), `reasons` and, for a near miss, `change`.
    Read the sentences again with `told`.
    """
    placed, change = explanation.placed, explanation.change
    return {
        "rules": RULES,
        "penalty": placed.penalty,
        "against": _names_of(placed.against),
        "ask": _names_of(placed.ask),
        "reasons": [_reason(reason, names) for reason in explanation.reasons],
        "change": of_change(change).as_plain() if change else None,
    }


def told(frozen: dict[str, Any]) -> list[tuple[str, Phrase]]:
    """The reasons as they were told: (standing, sentence), in their order."""
    return [(reason["standing"], Phrase.from_plain(reason["sentence"])) for reason in frozen["reasons"]]


def _reason(reason: Reason, names: Names) -> dict[str, Any]:
    return {
        "constraint": reason.constraint.name,
        "standing": reason.standing.value,
        "says": reason.says,
        "facts": list(reason.facts),
        "fields": list(reason.fields),
        "values": dict(reason.values),
        "sentence": of_reason(reason, names).as_plain(),
    }


def _names_of(mask: Constraint) -> list[str]:
    return [one.name for one in mask if one.name]
