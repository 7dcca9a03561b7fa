"""`brobygger demo`: the practice edition, on this machine only, with everything it needs."""

import argparse

from brobygger.site.commands import ports
from brobygger.site.commands.keeping import Keeper, Plan
from brobygger.site.commands.voice import Voice

HELP = "start øveudgaven med et opdigtet kvarter"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="porten på denne maskine (8000; 0 = en ledig)")


def run(options: argparse.Namespace) -> int:
    say = Voice()
    say("Starter øveudgaven. Stop den med Ctrl-C.")
    port = ports.demand_free(options.port) if options.port == 0 else options.port
    plan = Plan(
        kind="demo",
        home=options.home.resolve(),
        port=port,
        host="127.0.0.1",
        public_url=f"http://localhost:{port}",
    )
    return Keeper(plan, say).run()
