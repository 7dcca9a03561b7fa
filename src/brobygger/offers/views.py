from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from brobygger.offers import because, doubles, needs, reads, sharing
from brobygger.offers.forms import FindForm
from brobygger.offers.models import Offer
from brobygger.offers.permissions import may_keep
from brobygger.offers.terms import Theme

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
        "asked": urlencode({name: choice.value for name, choice in asked.items()}),
        "found": found,
        "unsure": len(found) - found.sure,
        "page": page,
        "hits": reads.hits(found, page, on=today),
    }
    if not found:
        shown["lost"] = reads.lost(asked, wanted, found, on=today)
    return render(request, "offers/offer_list.html", shown)


@require_safe
def map_offers(request: HttpRequest) -> HttpResponse:
    """What the same questions find, on a map, with the list beside it."""
    today, near = timezone.localdate(), reads.neighbourhoods()
    form = FindForm(request.GET, neighbourhoods=near)
    form.is_valid()
    found = reads.find(form.wanted(), reads.directory(today), on=today)
    chart = reads.chart(found, request.GET.get("udsnit", ""), near, on=today)
    asked = urlencode({name: choice.value for name, choice in form.asked().items()})
    return render(request, "offers/offer_map.html", {"chart": chart, "found": found, "asked": asked})


@require_safe
def show_needs(request: HttpRequest) -> HttpResponse:
    """The needs that the directory can be searched by, and their nearest words in the lists of others."""
    told = needs.subjects()
    shown = [
        (gettext(theme.label), [(because.named(one), one) for one in told if one.theme == theme])
        for theme in Theme
    ]
    return render(request, "offers/needs.html", {"themes": shown, "version": needs.VERSION})


@require_safe
def needs_file(request: HttpRequest) -> HttpResponse:
    """The same list as a table."""
    headers = {"Content-Disposition": f'attachment; filename="behov-{needs.VERSION}.csv"'}
    return HttpResponse(needs.as_csv(), content_type="text/csv; charset=utf-8", headers=headers)


@require_safe
def show_offer(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """One offer: the seven questions, whether there is room, and whom to ring; to share, print and keep.

    What has been put together with another leads there: for now, since it may be taken apart again.
    """
    if elsewhere := doubles.stands_now(offer_id):
        return redirect("offers:one", elsewhere)
    offer = reads.offer_page(offer_id, on=timezone.localdate())
    address = _address(offer_id)
    shown = {
        "offer": offer,
        "address": address,
        "picture": sharing.picture(address),
        "keeps": _keeps(request, offer_id),
    }
    return render(request, "offers/offer_show.html", shown)


def _keeps(request: HttpRequest, offer_id: UUID) -> bool:
    """Whether the reader is signed in and may correct what stands there. One query for members."""
    member = getattr(request, "member", None)
    return member is not None and Offer.objects.filter(may_keep(member), pk=offer_id).exists()


@require_safe
def calendar_file(request: HttpRequest, offer_id: UUID) -> HttpResponse:
    """The weekly hours, for anybody's calendar."""
    agenda = reads.agenda(offer_id, at=timezone.now(), address=_address(offer_id))
    headers = {"Content-Disposition": f'attachment; filename="{agenda.filename}"'}
    return HttpResponse(agenda.as_text(), content_type="text/calendar; charset=utf-8", headers=headers)


def _address(offer_id: UUID) -> str:
    return f"{settings.BROBYGGER_PUBLIC_URL}{reverse('offers:one', args=[offer_id])}"
