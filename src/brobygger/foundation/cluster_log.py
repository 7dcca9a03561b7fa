"""What the server says when it will not start, made into a sentence."""

import os
import re
from pathlib import Path


def since(log: Path, begins: int) -> str:
    """What the server has said since it was launched, at most the last 4,000 bytes."""
    with log.open("rb") as opened:
        opened.seek(max(begins, log.stat().st_size - 4000))
        return opened.read().decode(errors="replace")


def why(told: str, place: Path) -> str:
    """PostgreSQL's own words made into a sentence with a way out; the last complaint is quoted."""
    complaints = re.findall(r"(?:FATAL|PANIC|ERROR|error|could not):?\s.*", told)
    last = complaints[-1].strip() if complaints else told.strip()[-200:] or "den sagde ikke hvorfor"
    if "No space left on device" in told:
        return f"Disken under {place} er fuld, så databasen kan ikke køre. Ryd op på disken, og start igen."
    if "could not look up effective user ID" in told:
        return (
            f"Brugeren med nummer {os.geteuid()} har intet navn på maskinen, og det skal PostgreSQL bruge. "
            "Skriv brugeren i /etc/passwd, eller start som en anden."
        )
    if "pre-existing shared memory block" in last:
        return "En rest af den forrige database er stadig ved at slutte. Vent nogle sekunder, og start igen."
    return f"Databasen i {place} kunne ikke starte. Den siger: {last}"
