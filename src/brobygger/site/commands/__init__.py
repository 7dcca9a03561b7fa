"""The command line: `brobygger demo | serve | test | check | doctor | offers | members | audit | bench | …`.

One small module a command, each with HELP, `arguments(parser)` and `run(options) -> exit code`.
Exit codes: 0 well, 1 something found wrong, 2 something to put right first, 3 the database, 4 not allowed.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import (
    audit,
    bench,
    check,
    demo,
    doctor,
    drill,
    members,
    offers,
    serve,
    simulate,
    test,
)
from brobygger.site.commands.home import add_home

COMMANDS = {
    "demo": demo,
    "serve": serve,
    "test": test,
    "check": check,
    "doctor": doctor,
    "offers": offers,
    "members": members,
    "audit": audit,
    "bench": bench,
    "drill": drill,
    "simulate": simulate,
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(
            2, f"Det forstod vi ikke: {message}\nSkriv {self.prog} --help for at se, hvad der kan skrives.\n"
        )


def parser() -> argparse.ArgumentParser:
    whole = _Parser(prog="brobygger", description="Brobygger: fra et behov til hjælp, der passer.")
    found = whole.add_subparsers(dest="command", required=True, metavar="kommando")
    for name, module in COMMANDS.items():
        one = found.add_parser(name, help=module.HELP, description=module.HELP)
        add_home(one)
        module.arguments(one)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; trouble is told as a sentence, without a traceback."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["test"]:  # everything after it is for pytest, also what looks like an option
        return test.run_words(words[1:])
    options = parser().parse_args(words)
    try:
        return int(COMMANDS[options.command].run(options))
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return trouble.code
    except KeyboardInterrupt:
        return 130
