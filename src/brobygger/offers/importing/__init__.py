"""Directories of offers taken in (OFF-07): HSDS 3.x, 2.0 and 1.1, Ohana CSV, or any CSV with a mapping.

Its three words: a *row* (what stood in a file), a *draft* (what it becomes with us), a *finding* (what
somebody should know about it). `source` reads files into rows, `shaping` rows into a book of drafts, both
pure; `saving` writes the book in one transaction. Every row that comes in is saved or reported.
"""

from brobygger.offers.importing.report import ImportReport
from brobygger.offers.importing.rows import Finding, Refused
from brobygger.offers.importing.running import run
from brobygger.offers.importing.undoing import undo

__all__ = ["Finding", "ImportReport", "Refused", "run", "undo"]
