"""The rows of docs/reference/features.md, and the tests that say they prove one."""

import ast
import re

from tests.house.floors import ROOT

ROW = re.compile(r"^\| ([A-Z]{3}-\d\d) \| (.+?) \|", re.MULTILINE)
TABLE = ROOT / "docs" / "reference" / "features.md"


def rows() -> dict[str, str]:
    """Feature -> what it promises, in one sentence."""
    return dict(ROW.findall(TABLE.read_text()))


def claims(mark: str = "feature") -> dict[str, set[str]]:
    """Feature -> the files whose tests claim it; or requirement, with another mark."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for feature in claimed_in(file.read_text(), mark):
            found.setdefault(feature, set()).add(str(file.relative_to(ROOT)))
    return found


def claimed_in(source: str, mark: str = "feature") -> set[str]:
    """What is named in `mark.feature("…")`, wherever such a mark stands in a file."""
    return {
        one.value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == mark
        for one in call.args
        if isinstance(one, ast.Constant)
    }


def without_a_test() -> list[str]:
    return sorted(set(rows()) - set(claims()))
