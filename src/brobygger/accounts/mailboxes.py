"""The mailboxes of those who have no account, in a demo: the files that the outbox wrote for each address."""

import re
from dataclasses import dataclass
from pathlib import Path

from brobygger.foundation import outbox

NOWHERE = ".invalid"
LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Letter:
    """One message as it was sent. `links` are the addresses in it, to be pressed."""

    subject: str
    text: str
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mailbox:
    address: str
    letters: int


def mailboxes() -> list[Mailbox]:
    """Every address that has received something and can receive nothing in the real world.

    The one that was written to last comes first: that is the one somebody is about to open.
    """
    folder = outbox.folder()
    boxes = sorted(folder.glob(f"*{NOWHERE}")) if folder.is_dir() else []
    filled = [(box.name, files) for box in boxes if box.is_dir() and (files := _files(box))]
    newest_first = sorted(filled, key=lambda box: box[1][-1].name, reverse=True)
    return [Mailbox(name, len(files)) for name, files in newest_first]


def letters(address: str) -> list[Letter] | None:
    """The letters of one address, newest first; None if there is no such mailbox.

    The address is looked up among the folders that are there, so that no path can be made of it.
    """
    box = next((box for box in mailboxes() if box.address == address), None)
    if box is None:
        return None
    return [_letter(file) for file in reversed(_files(outbox.folder() / box.address))]


def _files(box: Path) -> list[Path]:
    """Names begin with the moment they were made, so that sorting them puts them in time."""
    return sorted(box.glob("*.txt"))


def _letter(file: Path) -> Letter:
    head, _, text = file.read_text(encoding="utf-8").partition("\n\n")
    subject = next((line.partition(": ")[2] for line in head.splitlines() if line.startswith("Emne:")), "")
    return Letter(subject=subject, text=text.strip(), links=tuple(LINK.findall(text)))
