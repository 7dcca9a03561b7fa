from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from brobygger.offers import reads
from brobygger.offers.forms import FindForm

ROWS_A_PAGE = 20


@require_safe
def find_offers(request: HttpRequest) -> HttpResponse:
    """The public directory: by everyday words, need, place, age, day and hour, language and price."""
    today = timezone.localdate()
    form = FindForm(request.GET, neighbourhoods=reads.neighbourhoods())
    form.is_valid()
    packed = reads.directory(today)
    wanted = form.wanted()
    found = reads.find(wanted, packed, on=today)
    asked = form.asked()
    form.count(reads.counts(wanted, found, on=today))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "form": form,
        "found": found,
        "unsure": len(found) - found.sure,
        "page": page,
        "hits": reads.hits(found, page, on=today),
    }
    if not found:
        shown["lost"] = reads.lost(asked, wanted, found, on=today)
    return render(request, "offers/offer_list.html", shown)


@require_safe
def show_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One offer: the seven questions, whether there is room, and whom to ring."""
    offer = reads.offer_page(offer_id, on=timezone.localdate())
    return render(request, "offers/offer_show.html", {"offer": offer})
