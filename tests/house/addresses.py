"""Every address of the house, read from Django's own resolver: a new page is attacked the day it comes."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import UUID

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
# What differs from one drawing to the next, and says nothing.
FRESH = re.compile(r'(name="(?:once|csrfmiddlewaretoken)"[^>]*value=")[^"]*')

WRITTEN = {"text", "search", "email", "tel", "url", "number", "password", "date", "time"}
FRAME = {"/ud/", "/sprog/", "/forlad/"}


@dataclass(frozen=True)
class Address:
    """One pattern: its whole path, and the names of the keys in it (name -> converter)."""

    path: str
    name: str
    keys: dict[str, str]

    def with_keys(self, keys: dict[str, object]) -> str:
        return "/" + ARGUMENT.sub(lambda found: str(keys[found[2]]), self.path)


def addresses() -> list[Address]:
    return [Address(path, name, _keys(path)) for path, name in _walk(get_resolver().url_patterns, "", "")]


def with_records() -> list[Address]:
    """The addresses that name a record by its key."""
    return [one for one in addresses() if "uuid" in one.keys.values()]


def _walk(patterns: list[URLPattern | URLResolver], before: str, room: str) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path, f"{pattern.app_name}:" if pattern.app_name else room)
        else:
            yield path, f"{room}{pattern.name}"


def _keys(path: str) -> dict[str, str]:
    return {name: kind or "str" for kind, name in ARGUMENT.findall(path)}


def answer(response: HttpResponse, asked: Iterable[object]) -> tuple[int, str, str]:
    """Status, headers and body, without fresh tokens and without the keys that were asked for."""
    headers = str({name: value for name, value in response.headers.items() if name != "Content-Length"})
    body = FRESH.sub(r"\1", response.content.decode())
    for key in map(str, asked):
        headers, body = headers.replace(key, "KEY"), body.replace(key, "KEY")
    return response.status_code, headers, body


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, str]
    choices: dict[str, list[str]]
    free: set[str] = field(default_factory=set)  # where somebody writes

    def naming_a_record(self) -> list[str]:
        return [
            name
            for name, values in self.choices.items()
            if name != "once" and any(_is_key(value) for value in values)
        ]

    def filled(self) -> dict[str, str]:
        """The fields with a word wherever somebody should have written one."""
        return self.fields | {name: "x" for name, value in self.fields.items() if not value}


class FormReader(HTMLParser):
    """The forms of a page, as a browser would send them without anybody choosing anything."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.forms.append(Form(told.get("action", ""), told.get("method", "get").lower(), {}, {}))
        elif self.forms and tag in {"input", "textarea", "button", "select"} and told.get("name"):
            self._field(tag, told)
        elif self.forms and tag == "option" and self._select:
            self._value(self._select, told.get("value", ""), chosen="selected" in told)

    def _field(self, tag: str, told: dict[str, str]) -> None:
        self._select = told["name"] if tag == "select" else ""
        if tag != "select":
            free = told.get("type") not in {"radio", "checkbox"}
            self._value(told["name"], told.get("value", ""), chosen=free or "checked" in told)
            if tag == "textarea" or (tag == "input" and told.get("type", "text") in WRITTEN):
                self.forms[-1].free.add(told["name"])

    def _value(self, name: str, value: str, *, chosen: bool) -> None:
        form = self.forms[-1]
        form.choices.setdefault(name, []).append(value)
        if chosen:
            form.fields[name] = value


def forms_in(page: str) -> list[Form]:
    """The forms of a page itself; those of the frame around it name no record."""
    reader = FormReader()
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post" and form.action not in FRAME]


def _is_key(value: str) -> bool:
    try:
        return bool(UUID(value))
    except ValueError:
        return False
