"""The catalogues under locale/: compile them (in Python: a fresh machine has no gettext), and gather anew.

`python -m brobygger.foundation.translations` is for whoever writes texts. It needs gettext, collects every
marked text of the source into the English catalogue, keeps what is translated and drops what nobody says now.
"""

import contextlib
import os
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[2]
LOCALE = SOURCE.parent / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
FLEETING = {
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Report-Msgid-Bugs-To",
    "Last-Translator",
    "Language-Team",
}


def compile_stale(locale: Path) -> list[Path]:
    """Compile each stale catalogue under `locale/<language>/LC_MESSAGES/`. Returns the files written."""
    stale = [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Written aside and moved in place: a page being served never sees half a catalogue."""
    made = source.with_suffix(".mo")
    half = made.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(half))
    half.replace(made)
    return made


def gather() -> None:
    """Collect the marked texts of the source into the English catalogue, with Django's tool and gettext's."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands import makemessages

    class Gather(makemessages.Command):
        xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy", "--keyword=translate"]  # noqa: RUF012

    if not settings.configured:  # nothing of the site is needed, so neither a database nor a key
        settings.configure(LOCALE_PATHS=[LOCALE])
    with contextlib.chdir(SOURCE):
        call_command(Gather(), locale=["en"], no_location=True, no_wrap=True, no_obsolete=True, verbosity=0)


def tidy(source: Path) -> tuple[int, int]:
    """Take out of a catalogue what changes at every gathering. Returns how many texts are empty and fuzzy."""
    catalogue = polib.pofile(str(source), wrapwidth=0)
    for name in FLEETING & catalogue.metadata.keys():
        del catalogue.metadata[name]
    catalogue.metadata_is_fuzzy = False
    catalogue.save()
    return len(catalogue.untranslated_entries()), len(catalogue.fuzzy_entries())


if __name__ == "__main__":
    gather()
    empty, fuzzy = tidy(ENGLISH)
    compile_stale(LOCALE)
    print(f"{ENGLISH}: {empty} tomme, {fuzzy} usikre")
