"""The open feed, and the pages about it. Nothing here changes anything, whatever the verb."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from brobygger.foundation import errors
from brobygger.foundation.problems import problem
from brobygger.publicapi import answers, document, profiles, reads, rules

READING, ASKING = ["GET", "HEAD", "OPTIONS"], ["GET", "HEAD", "OPTIONS", "POST"]
ONE = {
    "services": reads.service,
    "service_at_locations": reads.service_at_location,
    "organizations": reads.organization,
    "taxonomies": reads.taxonomy,
    "taxonomy_terms": reads.taxonomy_term,
}
MANY = {
    "services": reads.services,
    "service_at_locations": reads.service_at_locations,
    "organizations": reads.organizations,
    "taxonomies": reads.taxonomies,
    "taxonomy_terms": reads.taxonomy_terms,
}
View = Callable[..., HttpResponseBase]


def feed(verbs: list[str]) -> Callable[[View], View]:
    """What every address of the feed does: the preflight, the verbs, and saying what could not be read."""

    def wrap(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *words: Any, **names: Any) -> HttpResponseBase:
            if request.method == "OPTIONS":
                return answers.may_ask(verbs)
            if request.method not in verbs:
                return errors.wrong_verb(request, verbs)
            try:
                return view(request, *words, **names)
            except answers.NotReadable as refused:
                return refused.answer
            except rules.NotUnderstood as wrong:
                return answers.not_understood(wrong.name, wrong.phrase)

        return csrf_exempt(gzip_page(answered))

    return wrap


@feed(READING)
def about(request: HttpRequest) -> HttpResponseBase:
    """What this is: the version, the profile, and where the rest stands."""
    answers.as_lines(request, "json")
    return answers.page(request, document.about(document.base_of(request)))


@feed(ASKING)
def listing(request: HttpRequest, of: str) -> HttpResponseBase:
    """One page of a collection, or all of it a line each."""
    asked = rules.understood(rules.COLLECTIONS[of], answers.told(request))
    found = MANY[of](asked)
    if answers.as_lines(request, asked["format"]):
        return answers.lines(request, found.all(), reads.stamp(of, asked))
    total = found.total()
    size = max(total, 1) if asked.get("minimal") else rules.USUAL_A_PAGE
    paging = rules.Paging(asked["page"] or 1, asked["per_page"] or size)
    return answers.page(request, paging.page(found.objects(found.keys(paging.piece)), total))


@feed(READING)
def one(request: HttpRequest, of: str, key: str) -> HttpResponseBase:
    """One object whole."""
    asked = rules.understood(rules.OF_ONE.get(of, ()), answers.told(request))
    answers.as_lines(request, "")
    known = reads.key_in(key)
    found = ONE[of](known, asked) if known else []
    if known and not found and (elsewhere := reads.elsewhere(of, known)):
        return _moved(of, elsewhere)
    if not found:
        return problem(404, _("Vi har ingen med det id. Den kan være taget ud; hent listen igen."), id=key)
    return answers.page(request, found[0])


def _moved(of: str, key: UUID) -> HttpResponseBase:
    """Two entries have been put together. For now: they may be taken apart again."""
    place = reverse(f"publicapi:one_of_{of}", args=[key])
    detail = _("Det er lagt sammen med et andet. Følg Location.")
    return problem(307, detail, headers={"Location": place}, id=str(key))


@feed(READING)
def openapi(request: HttpRequest) -> HttpResponseBase:
    return answers.page(request, document.openapi(document.base_of(request)))


@feed(READING)
def profile(request: HttpRequest) -> HttpResponseBase:
    return answers.page(request, profiles.about(document.base_of(request)))


@feed(READING)
def schema(request: HttpRequest, name: str) -> HttpResponseBase:
    """One object's schema, HSDS and profile merged."""
    if name not in profiles.NAMES:
        known = ", ".join(profiles.NAMES)
        return problem(404, _("Der er intet skema med det navn. Der er: %(names)s.") % {"names": known})
    return answers.page(request, profiles.merged(name), kind="application/schema+json")


@feed(ASKING)
def nothing(request: HttpRequest, rest: str) -> HttpResponseBase:
    return errors.not_found(request, Exception())


@require_safe
def open_data(request: HttpRequest) -> HttpResponseBase:
    """For people: what can be had, on which terms, and one line to try."""
    told = {"base": document.base_of(request), "licences": reads.licences(), "columns": rules.COLLECTIONS}
    return render(request, "publicapi/open_data.html", told)


@require_safe
def about_profile(request: HttpRequest) -> HttpResponseBase:
    """For people: what our objects promise beyond HSDS."""
    told = {"base": document.base_of(request), "promises": profiles.promises(), "names": profiles.NAMES}
    return render(request, "publicapi/profile.html", told)
