from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, resident_page, right_page
from brobygger.accounts.rights import Right
from brobygger.offers.desk import Desk
from brobygger.offers.desk_views import behind_listing_link
from brobygger.offers.models import Offer
from brobygger.offers.reads import directory
from brobygger.statistics import actions, demand, gaps, why_nots


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
@resident_page
def show_demand(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    """What a worker may tell whoever runs an offer."""
    offer = get_object_or_404(Offer, pk=offer_id)
    return _demand(request, offer, back=reverse("matching:whom", args=[offer_id]), frame="base.html")


def _behind_the_link(request: HttpRequest, desk: Desk, offer_id: UUID) -> HttpResponse:
    back = desk.to("offer", offer_id=offer_id)
    return _demand(request, desk.offer(offer_id), back=back, frame=desk.frame)


# The same for the partner itself, behind the link with which it keeps its own offers.
show_demand_by_link = require_safe(behind_listing_link(_behind_the_link))


def _demand(request: HttpRequest, offer: Offer, *, back: str, frame: str) -> HttpResponse:
    on = timezone.localdate()
    facts = directory(on).offers.get(offer.pk)
    if facts is None:
        raise Http404
    count = demand.who_could_use(facts, recipient=offer.organisation_id, on=on)
    return render(
        request, "statistics/demand.html", {"offer": offer, "count": count, "back": back, "frame": frame}
    )


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
