"""Quick exit, "Forlad siden": one press and one is elsewhere, and what the browser kept of us is gone."""

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

# Not "storage": what a page keeps there, its script empties itself, and then notes that the tab was left.
LEFT_BEHIND = '"cookies", "cache"'
OURS = {"same-origin", "none"}


@require_POST
@csrf_exempt
def leave(request: HttpRequest) -> HttpResponse:
    """End the session, have the browser forget us, and send it to a neutral place.

    Asks for no token: whoever flees must not meet a page that says it is too old. Where a browser tells that
    another site pressed, nothing is ended. The way out is a header and not a redirect, because the content
    policy's `form-action` also stops a form from being redirected away.
    """
    response = render(request, "foundation/left.html", {"neutral": settings.NEUTRAL_PLACE})
    response["Refresh"] = f"0; url={settings.NEUTRAL_PLACE}"
    if request.headers.get("Sec-Fetch-Site", "none") in OURS:
        list(get_messages(request))  # what waited to be told is not told to the next one here
        request.session.flush()
        response["Clear-Site-Data"] = LEFT_BEHIND
    return response
