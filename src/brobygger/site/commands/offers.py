"""`brobygger offers import|undo|runs|export`: directories in and out. The room `offers` does the work."""

import argparse
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.home import environment, urls_of

HELP = "hent et katalog over tilbud ind, fortryd det, eller giv et ud"

FORMATS = ("package", "zip", "json", "ndjson", "xlsx", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="import|undo|runs|export")
    taken = verbs.add_parser("import", help="hent en mappe eller fil ind")
    taken.add_argument("path", type=Path, metavar="STI")
    taken.add_argument("--dry-run", action="store_true", help="se, hvad der ville ske; intet gemmes")
    taken.add_argument("--report", type=Path, help="skriv rapporten i denne fil")
    taken.add_argument("--mapping", type=Path, help="hvad kolonnerne betyder")
    taken.add_argument("--owner", help="organisationen, der skal holde tilbuddene")
    undone = verbs.add_parser(
        "undo", help="fortryd en import: som det var før, undtagen det, nogen har rettet"
    )
    undone.add_argument("key", metavar="NØGLE", help="som brobygger offers runs viser den")
    undone.add_argument("--owner", help="organisationen, der holder tilbuddene")
    listed = verbs.add_parser("runs", help="se, hvad der er hentet ind, og hvad det blev til")
    listed.add_argument("--owner", help="organisationen, der holder tilbuddene")
    given = verbs.add_parser("export", help="giv kataloget ud: en HSDS-pakke, HSDS-JSON, et regneark, en PDF")
    given.add_argument("path", type=Path, metavar="MAPPE|FIL")
    given.add_argument("--format", choices=FORMATS, default="package", help="package er en mappe")


def run(options: argparse.Namespace) -> int:
    """Run in a child with Django, with the database of the home: the running one, or one of our own."""
    home: Path = options.home.resolve()
    if options.verb == "import" and not options.path.exists():
        raise Trouble(f"{options.path} findes ikke.")
    with ExitStack() as opened:
        urls = urls_of(home, opened)
        command = [sys.executable, "-m", "brobygger.site.commands.inside", *words_for(options)]
        return subprocess.run(command, env=environment(home, urls)).returncode  # noqa: S603


def words_for(options: argparse.Namespace) -> list[str]:
    """The same words, with paths that hold in any folder."""
    owner = ["--owner", options.owner] if getattr(options, "owner", None) else []
    if options.verb in {"undo", "runs"}:
        return [options.verb, *([options.key] if options.verb == "undo" else []), *owner]
    words = [options.verb, str(options.path.resolve())]
    if options.verb == "export":
        return [*words, "--format", options.format]
    words += ["--dry-run"] if options.dry_run else []
    words += ["--report", str(options.report.resolve())] if options.report else []
    words += ["--mapping", str(options.mapping.resolve())] if options.mapping else []
    return words + owner
