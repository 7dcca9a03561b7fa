"""`brobygger bench NAME`."""

import argparse
from functools import partial
from pathlib import Path

from brobygger.site.commands import bench_fit, bench_import, bench_reverse, bench_search, bench_web, named

HELP = "mål, hvor hurtigt noget går"
KNOWN = {
    "web": named.Named(
        "de ti hovedsider ved 1, 10 og 50 kald i sekundet; tager omkring seks minutter", bench_web.run
    ),
    "fit": named.Named(
        "hvor hurtigt der findes tilbud til én person, ved siden af fem andre; omkring ti minutter",
        bench_fit.run,
    ),
    "fit-reverse": named.Named(
        "hvem et tilbud med ledige pladser passer til; et minut", bench_reverse.reverse
    ),
    "sweep": named.Named("alle beboere mod alle tilbud på én nat; et minut", bench_reverse.night),
    "import": named.Named(
        "et katalog med 100.000 tilbud hentet ind, mens siderne bruges; omkring ti minutter", bench_import.run
    ),
    "search": named.Named(
        "hvor godt kataloget findes frem, og hvor hurtigt, ved siden af BM25; nogle minutter",
        bench_search.run,
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)
    parser.add_argument("--size", type=int, help="kun så mange tilbud (fit)")
    parser.add_argument("--json", type=Path, help="skriv også tallene i denne fil (fit)")


def run(options: argparse.Namespace) -> int:
    fit = named.Named(KNOWN["fit"].does, partial(bench_fit.run, size=options.size, json=options.json))
    return named.run(options, KNOWN | {"fit": fit})
