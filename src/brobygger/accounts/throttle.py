"""Turns away who asks for more pages than anybody can read. Files and the way out are never counted."""

import math
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from brobygger.accounts.middleware import MEMBERSHIP_KEY
from brobygger.foundation import errors, problems
from brobygger.foundation.throttling import Buckets, network

FREE = ("/forlad/",)
buckets = Buckets()


class ThrottleMiddleware:
    """A member has an own bucket, so that colleagues behind one address do not share. Strangers share their
    network's, and have a smaller one for presses: links, sign-in, whatever a machine would try in turn.

    Stands before the member's scope is opened: being turned away costs at most the reading of the session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.CALLS_A_MINUTE or request.path.startswith(FREE):
            return self.get_response(request)
        wait = max(buckets.wait(key, most) for key, most in _counted(request))
        return errors.too_many(request, math.ceil(wait)) if wait else self.get_response(request)


def _counted(request: HttpRequest) -> list[tuple[str, int]]:
    """The buckets a request goes into, with what each holds a minute."""
    if member := request.session.get(MEMBERSHIP_KEY):
        return [(f"member {member}", settings.CALLS_A_MINUTE)]
    whence = network(request)
    counted = [(f"network {whence}", settings.CALLS_A_MINUTE)]
    if request.method not in {"GET", "HEAD"} and not problems.are_wanted(request):  # programs only read
        counted.append((f"presses {whence}", settings.PRESSES_A_MINUTE))
    return counted
