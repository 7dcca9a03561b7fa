"""Figures that a drill has measured, told at the end of every run."""

FIGURES: dict[str, str] = {}
HOLES_TRIED: dict[str, str] = {}


def lines() -> list[str]:
    """What to print. A hole that was not planted is not passed, and that is said out loud."""
    told = [f"{name}: {figure}" for name, figure in FIGURES.items()]
    if HOLES_TRIED:
        found = sum(bool(one) for one in HOLES_TRIED.values())
        told.append(f"D5 control: {found} of {len(HOLES_TRIED)} planted holes found")
    return told
