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
CALL = re.compile(r"""(?:gettext|_)\((u?'(?:[^'\\]|\\.)*'|u?"(?:[^"\\]|\\.)*")""", re.DOTALL)


def marked_in_source() -> set[str]:
    """The Danish texts (of a pair: the singular) of the whole house."""
    modules = {text for path in sorted(SOURCE.rglob("*.py")) for text in marked_in_python(path.read_text())}
    pages = {text for path in sorted(SOURCE.rglob("*.html")) for text in marked_in_template(path.read_text())}
    return modules | pages


def marked_in_python(source: str) -> Iterator[str]:
    """
    >>> list(marked_in_python('_("ja"); ngettext("én", "flere", n); _(word); other("nej")'))
    ['ja', 'én']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _name(node.func) in ONE | MANY and node.args:
            text = node.args[0]
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
    for text in CALL.findall(templatize(source)):
        yield ast.literal_eval(text)
