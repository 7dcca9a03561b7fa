"""The catalogues under locale/: compile them (in Python: a fresh machine has no gettext), and gather anew.

`python -m brobygger.foundation.translations` is for whoever writes texts. It needs gettext, collects every
marked text of the source into each catalogue, keeps what is translated and drops what nobody says now.
English says everything. Arabic says what residents and partners read (`foundation.languages`), so its
catalogue holds only what is translated, and falls back on the Danish of the source.
"""

import contextlib
import os
import re
from pathlib import Path

import polib

SOURCE = Path(__file__).resolve().parents[2]
LOCALE = SOURCE.parent / "locale"
ENGLISH = LOCALE / "en" / "LC_MESSAGES" / "django.po"
ARABIC = LOCALE / "ar" / "LC_MESSAGES" / "django.po"
BLANK = re.compile(r"%\(\w+\)s")
A_SENTENCE = re.compile("[\u0600-\u06ff«]")  # Arabic letters, or somebody's words between Arabic marks
ISOLATED, ENDS = "\u2068", "\u2069"  # what <bdi> is in a text without markup
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
    catalogue = polib.pofile(str(source))
    if source.parts[-3] == "ar":
        _set_blanks_apart(catalogue)
    catalogue.save_as_mofile(str(half))
    half.replace(made)
    return made


def _set_blanks_apart(catalogue: polib.POFile) -> None:
    """What is put into an Arabic sentence (a name, a code, a number) keeps its own direction there.

    Done here, so that nobody has to write, see or keep invisible marks in the catalogue itself.
    """
    for entry in catalogue:
        entry.msgstr = set_apart(entry.msgstr)
        entry.msgstr_plural = {form: set_apart(text) for form, text in entry.msgstr_plural.items()}


def set_apart(text: str) -> str:
    """Isolate the blanks of a sentence; a text of blanks and signs alone (%(hour)s.%(minute)s) is one piece.

    >>> set_apart("رمز %(code)s") == "رمز \u2068%(code)s\u2069"
    True
    """
    if not A_SENTENCE.search(text):
        return text
    return BLANK.sub(lambda blank: f"{ISOLATED}{blank[0]}{ENDS}", text)


def gather() -> None:
    """Collect the marked texts of the source into the catalogues, with Django's tool and gettext's."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.commands import makemessages

    class Gather(makemessages.Command):
        xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=lazy", "--keyword=translate"]  # noqa: RUF012

    if not settings.configured:  # nothing of the site is needed, so neither a database nor a key
        settings.configure(LOCALE_PATHS=[LOCALE])
    with contextlib.chdir(SOURCE):
        call_command(
            Gather(), locale=["en", "ar"], no_location=True, no_wrap=True, no_obsolete=True, verbosity=0
        )


def tidy(source: Path, *, whole: bool = True) -> tuple[int, int]:
    """Take out of a catalogue what changes at every gathering. Returns how many texts are empty and fuzzy.

    From one that need not be `whole` the empty texts are taken out too.
    """
    catalogue = polib.pofile(str(source), wrapwidth=0)
    for name in FLEETING & catalogue.metadata.keys():
        del catalogue.metadata[name]
    catalogue.metadata_is_fuzzy = False
    if not whole:
        for entry in [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]:
            catalogue.remove(entry)
    catalogue.save()
    return len(catalogue.untranslated_entries()), len(catalogue.fuzzy_entries())


if __name__ == "__main__":
    gather()
    tidy(ARABIC, whole=False)
    empty, fuzzy = tidy(ENGLISH)
    compile_stale(LOCALE)
    print(f"{ENGLISH}: {empty} tomme, {fuzzy} usikre")
