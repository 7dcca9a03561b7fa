"""`brobygger members invite | renew`: the first account of a house, and a way back where no leader helps."""

import argparse
import subprocess
import sys
from contextlib import ExitStack

from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import voice
from brobygger.site.commands.home import environment, outside, running

HELP = "giv den første i et hus et link at gå ind med"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="invite|renew")
    invited = verbs.add_parser("invite", help="lav en plads i et hus, også i et nyt, og et link til den")
    invited.add_argument("--house", required=True, metavar="NAVN", help="husets navn, også et nyt")
    invited.add_argument("--name", required=True, metavar="NAVN", help="personens navn")
    invited.add_argument("--email", required=True, metavar="ADRESSE", help="adressen at gå ind med")
    invited.add_argument("--role", default="leader", help="rollen (leader)")
    renewed = verbs.add_parser("renew", help="lav et link til en, der har mistet et bevis")
    renewed.add_argument("--email", required=True, metavar="ADRESSE", help="adressen at gå ind med")
    renewed.add_argument("--proof", required=True, choices=["password", "factor"], help="det, der er væk")


def run(options: argparse.Namespace) -> int:
    """Run in a child with Django, with the database of the home: the running one, or one of our own."""
    home = options.home.resolve()
    with ExitStack() as opened:
        urls = outside()
        if urls is None and not (home / "database-passwords.json").exists():
            raise Trouble(f"Der er ingen Brobygger i {home}. Start den først: brobygger serve.")
        urls = urls or opened.enter_context(Postgres(home, voice.plain)).urls()
        command = [sys.executable, "-m", "brobygger.site.commands.inside", *words_for(options)]
        public = (running(home) or {}).get("address")
        return subprocess.run(command, env=environment(home, urls, public_url=public)).returncode  # noqa: S603


def words_for(options: argparse.Namespace) -> list[str]:
    if options.verb == "renew":
        return ["renew", options.email, options.proof]
    return ["invite", options.house, options.name, options.email, options.role]
