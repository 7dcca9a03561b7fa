"""The two doors to a desk: a member's right, and a partner's listing link. Behind both are the same pages."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from brobygger.accounts.requests import MemberRequest, resident_page, right_page
from brobygger.accounts.rights import Right
from brobygger.foundation.actor import Actor
from brobygger.foundation.once import answer_once
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import desk, listing
from brobygger.offers.desk import Desk
from brobygger.offers.history_views import show_history
from brobygger.offers.listing import ListingLink
from brobygger.offers.permissions import keeps_directory, may_keep
from brobygger.partners import standing_links
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.standing_links import StandingWay

PAGE = ["GET", "HEAD", "POST"]
DeskPage = Callable[..., HttpResponse]


def _desk_of(request: MemberRequest, *, partner: Organisation | None = None) -> Desk:
    member = request.member
    own = partner or Organisation.objects.get(pk=member.organisation_id)
    return Desk(
        by=member.actor,
        lies_here=may_keep(member),
        keeper=member.organisation_id,
        partner=own,
        member=member,
    )


@require_safe
@right_page(Right.KEEP_OFFERS)
def own_list(request: MemberRequest) -> HttpResponse:
    return desk.show_list(request, _desk_of(request))


@require_http_methods(PAGE)
@right_page(Right.KEEP_OFFERS)
def own_new(request: MemberRequest) -> HttpResponse:
    """A new offer of one's own house, or of the partner that `hos` names."""
    wanted = request.GET.get("hos", "")
    try:
        partner = get_object_or_404(Organisation, pk=UUID(wanted)) if wanted else None
    except ValueError:
        raise Http404 from None
    if partner and partner.pk != request.member.organisation_id and not keeps_directory(request.member):
        raise Http404
    return desk.new_offer(request, _desk_of(request, partner=partner))


@require_http_methods(PAGE)
@right_page(Right.KEEP_OFFERS)
def own_offer(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    return desk.show_offer(request, _desk_of(request), offer_id)


@require_http_methods(PAGE)
@right_page(Right.KEEP_OFFERS)
def own_part(request: MemberRequest, offer_id: UUID, part: str) -> HttpResponse:
    return desk.change_part(request, _desk_of(request), offer_id, part)


@require_http_methods(PAGE)
@right_page(Right.KEEP_OFFERS)
def own_history(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    return show_history(request, _desk_of(request), offer_id)


def behind_listing_link(page: DeskPage) -> DeskPage:
    """Find what the token opens. A token nobody made is not there; one taken back is over.

    A look changes nothing; a press counts once, by its own key, in the house that gave the link.
    """

    @wraps(page)
    @never_cache
    def shown(request: HttpRequest, token: str, **keys: object) -> HttpResponse:
        way = standing_links.way_of(ListingLink, token)
        if way is None:
            raise Http404
        with organisation_scope(way.organisation):
            if not standing_links.is_open(way):
                response = render(request, "offers/listing_over.html", status=410)
            elif request.method == "POST":
                response = _pressed(request, lambda: page(request, _desk_behind(way, token), **keys))
            else:
                response = page(request, _desk_behind(way, token), **keys)
        # Never the address, which is the secret; "no-referrer" would make the press look like a stranger's.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return shown


def _pressed(request: HttpRequest, act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        key = UUID(request.POST.get("once", ""))
    except ValueError:
        return render(request, "400_once.html", status=400)
    return answer_once(request, key, act)


def _desk_behind(way: StandingWay, token: str) -> Desk:
    partner = Organisation.objects.get(pk=way.partner)
    return Desk(
        by=Actor("link", way.link, partner.name),
        lies_here=listing.kept_through(way),
        keeper=way.organisation,
        partner=partner,
        frame="base_bare.html",
        token=token,
    )


listed = require_safe(behind_listing_link(desk.show_list))
listed_new = require_http_methods(PAGE)(behind_listing_link(desk.new_offer))
listed_offer = require_http_methods(PAGE)(behind_listing_link(desk.show_offer))
listed_history = require_http_methods(PAGE)(behind_listing_link(show_history))
listed_part = require_http_methods(PAGE)(behind_listing_link(desk.change_part))


@require_http_methods(PAGE)
@resident_page
def listing_links(request: MemberRequest, partner_id: UUID) -> HttpResponse:
    """Who at a partner keeps its offers through a link; give one, give a new one, take it back."""
    partner = get_object_or_404(Organisation, pk=partner_id)
    if request.method == "POST":
        _change_link(request, partner)
        return redirect("offers:listing_links", partner.pk)
    context = {"partner": partner, "doors": listing.doors_of(partner.pk)}
    return render(request, "offers/listing_links.html", context)


def _change_link(request: MemberRequest, partner: Organisation) -> None:
    contact = _contact(request, partner)
    now = timezone.now()
    if request.POST.get("what") == "stop":
        link = ListingLink.objects.filter(contact=contact, revoked_at=None).first()
        if link is not None:
            listing.revoke_listing_link(link=link, by=request.member, at=now)
        messages.success(request, _("Linket er lukket. Det virker ikke mere."))
        return
    try:
        listing.order_listing_link(contact=contact, by=request.member, at=now)
        messages.success(request, _("Et link er på vej til %(who)s.") % {"who": contact})
    except standing_links.CannotCarryALink:
        messages.warning(request, _("Bekræft en e-mail eller et nummer til sms først."))


def _contact(request: MemberRequest, partner: Organisation) -> Contact:
    try:
        key = UUID(request.POST.get("contact", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Contact, pk=key, partner=partner)
