"""Headers that every answer carries, also an error or a file; and the verbs that nobody has business with."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from brobygger.foundation import errors

POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self'",
        "script-src-attr 'none'",
        "style-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "worker-src 'none'",
    ]
)
FEATURES = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation",
    "gyroscope", "hid", "magnetometer", "microphone", "midi", "payment", "serial", "usb",
)  # fmt: skip
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "Permissions-Policy": ", ".join(f"{name}=()" for name in FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
}
NUL = "%00"  # no text of PostgreSQL's holds it, so nobody can be asking for one
YEAR = 31_536_000  # seconds
VERBS = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]  # not TRACE, which gives cookies back
MOST_BYTES = 2_500_000  # of a body, whatever it is made of; nothing we ask for is half as long


class HeadersMiddleware:
    """A strict content policy, and nothing kept in caches that may show a person.

    The outermost: Django's own middleware for security says nothing on what it refuses itself.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _refused(request) or self.get_response(request)
        for name, value in ALWAYS.items():
            response.setdefault(name, value)
        if settings.SECURE_HSTS_SECONDS and request.is_secure():
            response.setdefault("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains")
        response.setdefault("Cache-Control", "no-store")  # a file has already said how long it keeps
        return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """What is turned away before anything of it is read."""
    if request.method not in VERBS:
        return errors.wrong_verb(request, VERBS)
    if "\0" in request.path or NUL in request.META.get("QUERY_STRING", ""):
        return errors.bad_request(request)
    told = request.META.get("CONTENT_LENGTH") or "0"
    if not told.isdecimal() or int(told) > MOST_BYTES:
        return errors.too_much(request)
    return None
