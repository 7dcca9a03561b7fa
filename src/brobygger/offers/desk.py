"""The pages on which offers are kept: one set for members, and the same behind a partner's listing link.

A `Desk` says whose hand it is, which offers lie on it, and where its pages stand; the views ask nothing else.
"""

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.foundation.actor import Actor
from brobygger.foundation.conflicts import differences, kept_as_it_stands, with_both
from brobygger.foundation.fields import Stale
from brobygger.foundation.once import kept
from brobygger.foundation.sockets import previews
from brobygger.offers import keeping, kept_reads
from brobygger.offers.keeping_forms import PARTS, KeepingForm, PeopleForm, RoomForm, TextsForm, TimesForm
from brobygger.offers.models import Offer
from brobygger.offers.trial import before_and_after
from brobygger.partners.models import Organisation

ROWS_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Desk:
    """`lies_here` = which offers; new ones are `partner`'s, in the directory that `keeper` keeps."""

    by: Actor
    lies_here: Q
    keeper: UUID
    partner: Organisation
    frame: str = "base.html"
    token: str = ""
    member: Membership | None = None

    @property
    def sees_effects(self) -> bool:
        """Whoever works with residents is told what a change does to open needs. A link is told nothing."""
        return self.member is not None and self.member.meets_residents

    def to(self, page: str, **keys: Any) -> str:
        """The address of one of the desk's pages: "list", "new", "offer", "part" or "history"."""
        if self.token:
            return reverse(f"listing:{page}", kwargs={"token": self.token, **keys})
        return reverse(f"offers:own_{page}", kwargs=keys)

    def offer(self, offer_id: UUID) -> Offer:
        """One of the offers on this desk; another's is not there."""
        offers = Offer.objects.select_related("organisation").filter(self.lies_here, pk=offer_id)
        offer = offers.first()
        if offer is None:
            raise Http404
        return offer


def show_list(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Every offer on the desk by name, and what stands in the way of trusting it."""
    found = kept_reads.offers_on(desk.lies_here, words=request.GET.get("q", ""))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    lines = kept_reads.desk_lines(list(page), on=timezone.localdate())
    context = {
        "desk": desk,
        "page": page,
        "rows": [(line, desk.to("offer", offer_id=line.offer_id)) for line in lines],
        "new": desk.to("new"),
        "q": request.GET.get("q", ""),
    }
    return render(request, "offers/own_list.html", context)


def show_offer(request: HttpRequest, desk: Desk, offer_id: UUID) -> HttpResponse:
    """What we know of one offer, part by part. A press takes it out of the directory, or puts it back."""
    offer = desk.offer(offer_id)
    if request.method == "POST":
        _press(request, desk, offer)
        return redirect(desk.to("offer", offer_id=offer.pk))
    shown = kept_reads.parts_of(offer, on=timezone.localdate())
    context = {
        "desk": desk,
        "offer": offer,
        "parts": [
            (title, texts, desk.to("part", offer_id=offer.pk, part=part)) for part, title, texts in shown
        ],
        "history": desk.to("history", offer_id=offer.pk),
        "back": desk.to("list"),
    }
    return render(request, "offers/own_offer.html", context)


def _press(request: HttpRequest, desk: Desk, offer: Offer) -> None:
    now, what = timezone.now(), request.POST.get("what")
    if what == "tag-ud":
        keeping.withdraw_offer(offer=offer, by=desk.by, at=now)
        messages.success(request, _("Tilbuddet er taget ud af kataloget."))
    elif what == "passer":
        keeping.confirm_offer(offer=offer, by=desk.by, at=now)
        messages.success(request, _("Tak. Det er bekræftet i dag."))
    elif what == "saet-ind":
        keeping.put_back(offer=offer, by=desk.by, at=now)
        messages.success(request, _("Tilbuddet står i kataloget igen."))


def change_part(request: HttpRequest, desk: Desk, offer_id: UUID, part: str) -> HttpResponse:
    """One part of an offer. Two who save at once are shown both versions, and nothing is overwritten."""
    if part not in PARTS:
        raise Http404
    offer = desk.offer(offer_id)
    form = _form(part, offer, request.POST or None)
    page = {"desk": desk, "offer": offer, "back": desk.to("offer", offer_id=offer.pk), "title": form.title}
    if left := kept_as_it_stands(form):
        form = _form(part, offer, form.leaving(request.POST, left))
    if not form.is_valid():
        page |= {"form": form, "seen": request.POST.get("seen", offer.version)}
        return render(request, "offers/own_part.html", page, status=422 if form.is_bound else 200)
    if request.POST.get("what") == "se" and desk.sees_effects:
        page |= {"form": form, "seen": request.POST.get("seen", ""), "effects": _effects(form, desk)}
        return render(request, "offers/own_part.html", page)
    try:
        _save(form, offer, seen=_number(request.POST.get("seen")), by=desk.by)
    except Stale as newer:
        return _two_versions(request, part, cast(Offer, newer.current), page)
    messages.success(request, _("Det er gemt og kan ses med det samme."))
    return redirect(page["back"])


def _effects(form: KeepingForm, desk: Desk) -> list[str]:
    """What would come of saving this, as each room tells it."""
    now = timezone.now()
    told = form.told(form.cleaned_data)
    before, after = before_and_after(offer=form.offer, told=told, by=desk.by, at=now)
    rooms = [preview(desk.member, before, after, timezone.localdate(now)) for _name, preview in previews]
    return [sentence for room in rooms for sentence in room]


def _save(form: KeepingForm, offer: Offer, *, seen: int, by: Actor) -> None:
    told = form.told(form.cleaned_data | with_both(form, form.stands()))
    save = keeping.confirm_room if isinstance(form, RoomForm) else keeping.change_offer
    if told.names or isinstance(form, RoomForm):
        save(offer=offer, seen=seen, told=told, by=by, at=timezone.now())


def _two_versions(request: HttpRequest, part: str, newer: Offer, page: dict[str, Any]) -> HttpResponse:
    form = _form(part, newer, request.POST)
    form.is_valid()
    page |= {"form": form, "seen": newer.version, "differences": differences(form, form.stands())}
    return kept(render(request, "offers/own_conflict.html", page, status=409))


def new_offer(request: HttpRequest, desk: Desk) -> HttpResponse:
    """A new offer begins with its name and texts; the other parts are asked for afterwards."""
    blank = Offer(organisation=desk.partner)
    form = TextsForm(request.POST or None, offer=blank)
    if not form.is_valid():
        page = {"desk": desk, "form": form, "title": _("Et nyt tilbud"), "back": desk.to("list"), "seen": 0}
        return render(request, "offers/own_part.html", page, status=422 if form.is_bound else 200)
    offer = keeping.create_offer(
        organisation=desk.partner,
        keeper=desk.keeper,
        told=form.told(form.cleaned_data),
        by=desk.by,
        at=timezone.now(),
        is_fictional=desk.partner.is_fictional,
    )
    messages.success(request, _("Tilbuddet er skrevet ind. Fortæl nu, hvem det er for, hvornår og hvor."))
    return redirect(desk.to("offer", offer_id=offer.pk))


def _form(part: str, offer: Offer, data: Any) -> KeepingForm:
    kind = PARTS[part]
    if kind is PeopleForm:
        return PeopleForm(data, offer=offer, places=list(keeping.places_of(offer)))
    if kind is TimesForm:
        return TimesForm(data, offer=offer, hours=kept_reads.hours_of(offer))
    return kind(data, offer=offer)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
