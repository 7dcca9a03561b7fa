"""Who has grown too long (HOUSE 7). A list to read, not a gate."""

import ast
from collections.abc import Iterator
from pathlib import Path

FILE, FUNCTION, TEMPLATE = 400, 60, 150


def too_long(source: Path) -> list[str]:
    found = [*_long_files(source, "*.py", FILE), *_long_files(source, "*.html", TEMPLATE)]
    return found + [line for file in sorted(source.rglob("*.py")) for line in _long_functions(file, source)]


def _long_files(source: Path, pattern: str, most: int) -> Iterator[str]:
    for file in sorted(source.rglob(pattern)):
        lines = len(file.read_text().splitlines())
        if lines > most:
            yield f"{file.relative_to(source)} har {lines} linjer (højst {most})"


def _long_functions(file: Path, source: Path) -> Iterator[str]:
    if "migrations" in file.parts:
        return
    for node in ast.walk(ast.parse(file.read_text())):
        if (
            isinstance(node, ast.FunctionDef)
            and (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION
        ):
            yield f"{file.relative_to(source)}: {node.name} har {lines} linjer (højst {FUNCTION})"
