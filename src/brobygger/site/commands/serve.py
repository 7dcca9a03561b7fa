"""`brobygger serve`: in operation, behind TLS. Never with the demo's database."""

import argparse
import os

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.keeping import Keeper, Plan
from brobygger.site.commands.voice import Voice

HELP = "sæt Brobygger i drift (bag TLS)"
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="porten (8000)")
    parser.add_argument("--bind", default="127.0.0.1", help="adressen, der lyttes på (127.0.0.1)")
    url = os.environ.get("BROBYGGER_PUBLIC_URL", "")
    parser.add_argument("--public-url", default=url, help="det, folk skriver, fx https://bro.example.dk")


def run(options: argparse.Namespace) -> int:
    url = options.public_url or f"http://localhost:{options.port}"
    if options.bind not in LOOPBACK and not url.startswith("https://"):
        raise Trouble(
            "På et netværk skal Brobygger stå bag TLS: sæt --public-url til adressen, der begynder med "
            "https://, og lad en TLS-server stå foran (eller giv certifikatet med GRANIAN_SSL_CERTIFICATE)."
        )
    say = Voice()
    say("Starter Brobygger i drift.")
    plan = Plan(
        kind="live",
        home=options.home.resolve(),
        port=options.port,
        host=options.bind,
        public_url=url.rstrip("/"),
    )
    return Keeper(plan, say).run()
