from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, right_page
from brobygger.accounts.rights import Right
from brobygger.statistics import actions, gaps, why_nots


@require_safe
@right_page(Right.SEE_NUMBERS)
def show_gaps(request: MemberRequest) -> HttpResponse:
    """Whom the directory has nothing for."""
    found = gaps.gaps(request.member, on=timezone.localdate())
    return render(request, "statistics/gap_list.html", {"sheets": found.sheets})


@require_safe
@right_page(Right.SEE_NUMBERS)
def show_behind(request: MemberRequest, by: str, group: str) -> HttpResponse:
    """The rules that keep one group out."""
    found = gaps.behind(request.member, by, group, on=timezone.localdate())
    return render(request, "statistics/gap.html", {"behind": found})


@require_safe
@right_page(Right.SEE_NUMBERS)
def show_why_nots(request: MemberRequest) -> HttpResponse:
    """Why offers did not suit, where it was so for at least five."""
    found = why_nots.why_nots(request.member, on=timezone.localdate())
    return render(request, "statistics/why_not_list.html", {"recipients": found})


@require_safe
@right_page(Right.SEE_NUMBERS)
def export_gaps(request: MemberRequest) -> HttpResponse:
    """The same sheets as a file."""
    now = timezone.now()
    on = timezone.localdate(now)
    found = gaps.gaps(request.member, on=on)
    text = actions.export_sheets(
        found.sheets, title=_("Hvem mangler et tilbud?"), on=on, by=request.member, at=now
    )
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="mangler-{on.isoformat()}.csv"'
    return answer
