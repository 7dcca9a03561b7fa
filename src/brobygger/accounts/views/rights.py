"""Who may what, and why."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.accounts.rights import lines


@require_safe
@member_page
def matrix(request: MemberRequest) -> HttpResponse:
    """Every right, by role, with its reason. The same data that the acts ask."""
    return render(request, "accounts/rights.html", {"rows": lines()})
