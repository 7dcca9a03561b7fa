"""Which languages a page speaks: Danish and English everywhere, Arabic where residents and partners read.

A reader's choice is kept in a cookie. Where a page does not speak the chosen language it speaks the best of
those it has, and the choice is still there on the next page that does.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

View = TypeVar("View", bound=Callable[..., Any])

EVERYWHERE = ("da", "en")
YEAR = 365 * 24 * 60 * 60

# Read by people without an account, whoever is signed in beside them in the same browser.
BY_LINK = ("/svar/", "/min/", "/spoerg/", "/jeres-tilbud/", "/forlad/")
# For those who work here, also before they are inside.
FOR_MEMBERS = ("/ind/", "/ud/", "/house/")

# A press on a language where the page was the answer to another press: the same fields again, and this one.
ASKED = "laes_paa"
NOT_SAID_AGAIN = {ASKED, "once", "csrfmiddlewaretoken"}


class LanguageMiddleware:
    """Stands inside the member's scope: whether a page is for members is known there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = asked_for(request)
        if asked:
            translation.activate(asked)
        elif translation.get_language() not in dict(offered(request)):
            translation.activate(second_choice(request))
        request.LANGUAGE_CODE = translation.get_language()
        response = self.get_response(request)
        if asked:
            keep(response, asked)
        return response


def offered(request: HttpRequest) -> list[tuple[str, str]]:
    """Codes and own names of the languages this page can be read in."""
    inside = getattr(request, "member", None) is not None
    theirs = not inside and not request.path.startswith(FOR_MEMBERS)
    if theirs or request.path.startswith(BY_LINK):
        return list(settings.LANGUAGES)
    return [(code, name) for code, name in settings.LANGUAGES if code in EVERYWHERE]


def second_choice(request: HttpRequest) -> str:
    """What the reader's browser asks for next, of the languages spoken everywhere; else Danish."""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    spoken = [code.split("-")[0] for code, _weight in wanted]
    return next((code for code in spoken if code in EVERYWHERE), settings.LANGUAGE_CODE)


def asked_for(request: HttpRequest) -> str:
    """The language that was just pressed on a page which is itself the answer to a press; else nothing.

    Such a press only reads: the view draws the page again and must not act a second time.
    """
    if request.method != "POST" or not request.path.startswith(BY_LINK):
        return ""
    wanted = request.POST.get(ASKED, "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


def said_again(request: HttpRequest) -> list[tuple[str, str]] | None:
    """The fields this page is the answer to, for `parts/languages.html` to send once more.

    None for a page that has an address of its own, and where the view does not know such a press.
    """
    if request.method != "POST" or not getattr(request.resolver_match, "func", None):
        return None
    if not getattr(request.resolver_match.func, "draws_again", False):  # type: ignore[union-attr]
        return None
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_SAID_AGAIN
        for value in request.POST.getlist(name)
    ]


def draws_again(view: View) -> View:
    """Promise that this view does not act when `asked_for` says that only a language was pressed."""
    view.draws_again = True  # type: ignore[attr-defined]
    return view


def keep(response: HttpResponse, language: str) -> None:
    """Remember the choice for a year, in a cookie that tells nothing else."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
        secure=settings.BEHIND_TLS,
    )


def of_a_reader(speaks: str) -> str:
    """The language to write to somebody in: their own where we have it, else Danish.

    >>> of_a_reader("ar"), of_a_reader("so"), of_a_reader("")
    ('ar', 'da', 'da')
    """
    return speaks if speaks in dict(settings.LANGUAGES) else str(settings.LANGUAGE_CODE)
