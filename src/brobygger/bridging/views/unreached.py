"""The page of whom our messages did not reach."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.bridging import unreached


@require_safe
@resident_page
def not_reached(request: MemberRequest) -> HttpResponse:
    lines = unreached.unreached(request.member, now=timezone.now())
    return render(request, "bridging/not_reached.html", {"lines": lines})
