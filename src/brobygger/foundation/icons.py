"""The signs of the house, drawn as strokes in a square of 24. One line each, decoration only.

A sign never stands alone: a word stands beside it, so each is hidden from screen readers.
"""


def _ring(x: float, y: float, radius: float) -> str:
    half = f"a{radius:g} {radius:g} 0 1 0 "
    return f"M{x - radius:g} {y:g}{half}{2 * radius:g} 0{half}{-2 * radius:g} 0"


_RECEIVER = (
    "M5 4h4l1.5 5-2.5 1.8a12 12 0 0 0 5.2 5.2l1.8-2.5 5 1.5v4c0 1-1 2-2 2A16 16 0 0 1 3 6c0-1 1-2 2-2z"
)
_FACE = _ring(12, 12, 9)

ICONS: dict[str, str] = {
    "arrow-left": "M15 5l-7 7 7 7",
    "arrow-right": "M9 5l7 7-7 7",
    "bars": "M4 20h16M7 20v-6M12 20V6M17 20v-9",
    "bridge": "M2 17h4v3H2zM18 17h4v3h-4zM4 17c3-9 13-9 16 0",
    "calendar": "M4 6.5h16V20H4zM4 11h16M8.5 4v4M15.5 4v4",
    "check": "M4.5 12.5l5 5 10-11",
    "clock": _FACE + "M12 7v5.5l3.5 2",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "cross": "M6 6l12 12M18 6L6 18",
    "exit": "M14 4h5a1 1 0 0 1 1 1v14a1 1 0 0 1-1 1h-5M4 12h11M11 8l4 4-4 4",
    "eye": "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z" + _ring(12, 12, 2.8),
    "flag": "M6 21V4h12l-3 4 3 4H6",
    "house": "M4 11.5L12 4l8 7.5M6 10v10h12V10M10 20v-6h4v6",
    "info": _FACE + "M12 11v5.5M12 7.6v.1",
    "link": "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7"
    "M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17",
    "lock": "M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3",
    "mail": "M3 6h18v13H3zM3 7l9 7 9-7",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "missed": _RECEIVER + "M15 4l5 5M20 4l-5 5",
    "pause": "M8 5v14M16 5v14",
    "pen": "M4 20l1-4L16.5 4.5a2 2 0 0 1 3 3L8 19zM14 7l3 3",
    "people": _ring(9, 8, 3.5)
    + "M3 20c0-3.5 2.7-6 6-6s6 2.5 6 6M16 5a3.5 3.5 0 0 1 0 6.5M17.5 14.5c2.2.8 3.5 2.9 3.5 5.5",
    "phone": _RECEIVER,
    "printer": "M7 9V4h10v5M7 16H4V9h16v7h-3M7 13.5h10V20H7z",
    "question": _FACE + "M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.3-1 .9-1 1.7M12 16.8v.1",
    "search": _ring(10.5, 10.5, 6.5) + "M15.5 15.5L21 21",
    "signpost": "M12 3v18M12 5h7l2.5 2.5L19 10h-7M12 11.5H5L2.5 14 5 16.5h7",
    "sun": _ring(12, 12, 4)
    + "M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6L7 7M17 17l1.4 1.4M5.6 18.4L7 17M17 7l1.4-1.4",
    "warning": "M12 4l9 16H3zM12 10v4.5M12 17.2v.1",
}

# These point along the line of reading, so they turn where the page turns.
TURNS = frozenset({"arrow-left", "arrow-right", "exit"})
