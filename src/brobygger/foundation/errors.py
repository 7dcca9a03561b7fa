"""Error pages that say what happened and where to go."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from brobygger.foundation import problems


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_much(request)
    if problems.are_wanted(request):
        return problems.problem(
            400, _("Adressen eller det sendte kan ikke læses. Se efter tegn, der ikke er tekst.")
        )
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what is not there and for what the viewer may not see."""
    if problems.are_wanted(request):
        return problems.problem(
            404, _("Her er ingenting. Se /api/hsds/v3/openapi.json for det, der kan hentes.")
        )
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without asking the database anything: that may be what has failed."""
    if problems.are_wanted(request):
        return problems.problem(500, _("Fejlen er vores. Prøv igen om lidt."))
    return HttpResponse(render_to_string("500.html"), status=500)


def too_much(request: HttpRequest) -> HttpResponse:
    """More was sent than we take. It has not been read."""
    if problems.are_wanted(request):
        return problems.problem(413, _("Der er sendt mere, end vi læser. Send højst 2,5 MB."))
    return HttpResponse(render_to_string("413.html"), status=413)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """More pages than anybody reads. Says when to come again, to people and in `Retry-After`."""
    later = {"Retry-After": str(seconds)}
    if problems.are_wanted(request):
        told = _("Der er spurgt for tit. Prøv igen om %(seconds)d s, eller hent alt med format=ndjson.")
        return problems.problem(429, told % {"seconds": seconds}, headers=later)
    page = render_to_string("429.html", {"seconds": seconds})
    return HttpResponse(page, status=429, headers=later)


def wrong_verb(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    if problems.are_wanted(request):
        told = _("Her kan man kun bruge %(verbs)s.") % {"verbs": ", ".join(allowed)}
        return problems.problem(405, told, headers={"Allow": ", ".join(allowed)})
    return HttpResponseNotAllowed(allowed)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
