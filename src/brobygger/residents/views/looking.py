"""The leader's page of looks that nothing explains."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, right_page
from brobygger.accounts.rights import Right
from brobygger.residents import looking

PERIODS = (7, 30, 90)


@require_safe
@right_page(Right.SEE_LOOKS)
def unexplained(request: MemberRequest) -> HttpResponse:
    asked = request.GET.get("dage", "")
    days = next((one for one in PERIODS if str(one) == asked), PERIODS[0])
    names_too = request.GET.get("navne") == "ja"
    since = timezone.now() - timedelta(days=days)
    lines, count = looking.unexplained(request.member, since=since, names_too=names_too)
    page = {"lines": lines, "count": count, "days": days, "periods": PERIODS, "names_too": names_too}
    return render(request, "residents/look_list.html", page)
