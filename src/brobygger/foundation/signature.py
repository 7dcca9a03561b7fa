"""A signature drawn on the screen: strokes, each a flat list x, y, x, y in thousandths of the field's width.

It comes from a browser, so nothing in it is believed: only whole numbers inside the field, and not too many.
"""

import json
from typing import Any

MOST_NUMBERS = 6_000
MOST_LETTERS = 40_000
WIDEST = 1_000


def read_strokes(text: str) -> list[list[int]] | None:
    """The strokes in a hidden field; None for an empty field. ValueError if it is not a drawing.

    >>> read_strokes("[[10,20,30,40]]")
    [[10, 20, 30, 40]]
    >>> read_strokes("") is None
    True
    """
    if not text.strip():
        return None
    if len(text) > MOST_LETTERS:
        raise ValueError("the drawing is too large")
    try:
        strokes = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise ValueError("this is not a drawing") from error
    if not isinstance(strokes, list) or not all(_is_stroke(stroke) for stroke in strokes):
        raise ValueError("this is not a drawing")
    if sum(len(stroke) for stroke in strokes) > MOST_NUMBERS:
        raise ValueError("the drawing is too large")
    return strokes or None


def as_path(strokes: list[list[int]]) -> str:
    """The strokes as the path of an SVG that is 1000 wide; a single point becomes a dot.

    >>> as_path([[10, 20, 30, 40], [5, 5]])
    'M10 20L30 40M5 5L5 5'
    """
    return "".join(_line(stroke) for stroke in strokes)


def _line(stroke: list[int]) -> str:
    points = [f"{x} {y}" for x, y in zip(stroke[::2], stroke[1::2], strict=True)]
    return f"M{points[0]}L" + "L".join(points[1:] or points)


def _is_stroke(stroke: Any) -> bool:
    return (
        isinstance(stroke, list)
        and len(stroke) >= 2
        and len(stroke) % 2 == 0
        and all(type(number) is int and -WIDEST <= number <= 2 * WIDEST for number in stroke)
    )
