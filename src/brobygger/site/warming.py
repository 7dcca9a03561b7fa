"""A new web process reads the directory before anybody asks, so that the first visitor need not wait."""

import gc
import logging
from threading import Thread

from django.db import connection
from django.utils import timezone

from brobygger.offers import reads

log = logging.getLogger(__name__)


def begin() -> None:
    """In a thread beside the pages; who asks meanwhile waits for the same reading."""
    Thread(target=warm, name="warming", daemon=True).start()


def warm() -> None:
    """Pack the directory and index its words. A failure is told and changes nothing: the first page reads.

    What was read stays for as long as the process lives, so the collector is told to leave it alone: going
    through it again and again would make a page wait now and then.
    """
    today = timezone.localdate()
    try:
        reads.find(reads.Wanted(words="hjælp"), reads.directory(today), on=today)
        gc.collect()
        gc.freeze()
    except Exception:
        log.exception("The directory could not be read beforehand.")
    finally:
        connection.close()
