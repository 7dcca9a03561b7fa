"""Every text the source marks for translation, read without gettext: by Python's own parser and Django's."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation.template import templatize

import brobygger

SOURCE = Path(brobygger.__file__).parent
ONE = {"_", "gettext", "gettext_lazy", "gettext_noop", "lazy", "translate"}
MANY = {"ngettext", "ngettext_lazy"}
TEXT = r"""(u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"(?:gettext|_)\({TEXT}(?:, {TEXT})?", re.DOTALL)


def marked_in_source() -> set[str]:
    """The Danish texts of the whole house; of a singular and its plural both."""
    modules = {text for path in sorted(SOURCE.rglob("*.py")) for text in marked_in_python(path.read_text())}
    pages = {text for path in sorted(SOURCE.rglob("*.html")) for text in marked_in_template(path.read_text())}
    return modules | pages


def marked_in_python(source: str) -> Iterator[str]:
    """
    >>> list(marked_in_python('_("ja"); ngettext("én", "flere", n); _(word); other("nej")'))
    ['ja', 'én', 'flere']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = _name(node.func)
            for text in node.args[: 2 if name in MANY else 1 if name in ONE else 0]:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def marked_in_template(source: str) -> Iterator[str]:
    """Django makes calls of gettext out of a template's texts and crosses out the rest.

    >>> list(marked_in_template('{% translate "ja" %}{% blocktranslate %}nej {{ n }}{% endblocktranslate %}'))
    ['ja', 'nej %(n)s']
    """
    for texts in CALL.findall(templatize(source)):
        yield from map(ast.literal_eval, filter(None, texts))
