"""A document does not point to what is not there."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.floors import ROOT

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def documents() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return [ROOT / name for name in listed.stdout.split() if (ROOT / name).exists()]


def dead_links(document: Path, text: str) -> list[str]:
    links = [link for link in LINK.findall(text) if "://" not in link and not link.startswith("mailto:")]
    return [link for link in links if not (document.parent / link).exists()]


@pytest.mark.parametrize("document", documents(), ids=lambda one: str(one.relative_to(ROOT)))
def test_every_link_between_documents_leads_somewhere(document: Path):
    assert dead_links(document, document.read_text()) == []


def test_a_dead_link_is_seen():
    assert dead_links(ROOT / "README.md", "[a](HOUSE.md) [b](NOWHERE.md) [c](https://x.invalid)") == [
        "NOWHERE.md"
    ]
