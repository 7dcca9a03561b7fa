"""What a listing said before, for whoever keeps it; and the way back. Drawn at a desk, as the others are."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.foundation.scope import organisation_scope
from brobygger.offers import actions, remembered
from brobygger.offers.desk import Desk
from brobygger.offers.models import Offer


def show_history(request: HttpRequest, desk: Desk, offer_id: UUID) -> HttpResponse:
    """Old and new side by side, save by save. A press lets the offer say again what it said before one."""
    offer = desk.offer(offer_id)
    if request.method == "POST":
        _go_back(request, desk, offer)
        return redirect(desk.to("history", offer_id=offer.pk))
    with organisation_scope(offer.keeper_id):
        saves = remembered.saves_of(offer, viewer=desk.member)
    shown = {"desk": desk, "offer": offer, "saves": saves, "back": desk.to("offer", offer_id=offer.pk)}
    return render(request, "offers/history.html", shown)


def _go_back(request: HttpRequest, desk: Desk, offer: Offer) -> None:
    told = request.POST.get("save", "")
    to = int(told) if told.isdecimal() and len(told) < 19 else 0
    try:
        actions.roll_back(offer=offer, to=to, by=desk.by, at=timezone.now())
    except actions.NothingToGoBackTo:
        messages.warning(request, _("Den ændring findes ikke mere. Se listen igen."))
    except actions.NoRoomForWhatWas:
        messages.warning(request, _("Der er taget flere pladser, end der var dengang. Ret pladserne først."))
    else:
        messages.success(request, _("Tilbuddet siger igen det, det sagde før ændringen."))
