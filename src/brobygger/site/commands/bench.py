"""`brobygger bench NAME`."""

import argparse

from brobygger.site.commands import bench_search, bench_web, named

HELP = "mål, hvor hurtigt noget går"
KNOWN = {
    "web": named.Named(
        "de ti hovedsider ved 1, 10 og 50 kald i sekundet; tager omkring seks minutter", bench_web.run
    ),
    "search": named.Named(
        "hvor godt kataloget findes frem, ved siden af BM25 og PostgreSQL; under et minut", bench_search.run
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
