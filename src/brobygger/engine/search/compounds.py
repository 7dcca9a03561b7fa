"""Danish puts words together: lektiehjælp is hjælp with lektier. Pure."""

from collections.abc import Container

SHORTEST, SHORTEST_WHOLE = 3, 7
JOINTS = ("", "s", "e", "er")


def parts(word: str, known: Container[str]) -> tuple[str, str] | None:
    """The two known words a long word is made of, or None. The longest last part wins: it is the heavier.

    >>> known = {"gaeld", "raadgivning", "lektie", "hjaelp", "fod", "bold"}
    >>> parts("gaeldsraadgivning", known), parts("lektiehjaelp", known), parts("fodbold", known)
    (('gaeld', 'raadgivning'), ('lektie', 'hjaelp'), ('fod', 'bold'))
    >>> parts("borgmester", known)
    """
    if len(word) < SHORTEST_WHOLE:
        return None
    for at in range(SHORTEST, len(word) - SHORTEST + 1):
        last = word[at:]
        if last not in known:
            continue
        for joint in JOINTS:
            first = word[:at].removesuffix(joint) if joint else word[:at]
            if (not joint or word[:at].endswith(joint)) and len(first) >= SHORTEST and first in known:
                return first, last
    return None
