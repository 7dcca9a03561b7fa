"""Error pages that say what happened and where to go."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_much(request)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what is not there and for what the viewer may not see."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without asking the database anything: that may be what has failed."""
    return HttpResponse(render_to_string("500.html"), status=500)


def too_much(request: HttpRequest) -> HttpResponse:
    """More was sent than we take. It has not been read."""
    return HttpResponse(render_to_string("413.html"), status=413)


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """More pages than anybody reads. Says when to come again, to people and in `Retry-After`."""
    page = render_to_string("429.html", {"seconds": seconds})
    return HttpResponse(page, status=429, headers={"Retry-After": str(seconds)})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "403_csrf.html", status=403)
