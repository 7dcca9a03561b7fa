"""What a listing said before, for whoever keeps it; and the way back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brobygger.accounts.requests import MemberRequest, right_page
from brobygger.accounts.rights import Right
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import actions, remembered
from brobygger.offers.models import Offer
from brobygger.offers.permissions import may_keep


@require_http_methods(["GET", "HEAD", "POST"])
@right_page(Right.KEEP_OFFERS)
def history(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    """Old and new side by side, save by save. A press lets the offer say again what it said before one."""
    kept = Offer.objects.select_related("organisation").filter(may_keep(request.member))
    offer = get_object_or_404(kept, pk=offer_id)
    if request.method == "POST":
        _go_back(request, offer)
        return redirect("offers:history", offer.pk)
    with organisation_scope(offer.keeper_id):
        saves = remembered.saves_of(offer, viewer=request.member)
    return render(request, "offers/history.html", {"offer": offer, "saves": saves})


def _go_back(request: MemberRequest, offer: Offer) -> None:
    told = request.POST.get("save", "")
    to = int(told) if told.isdecimal() and len(told) < 19 else 0
    try:
        actions.roll_back(offer=offer, to=to, by=request.member.actor, at=timezone.now())
    except actions.NothingToGoBackTo:
        messages.warning(request, _("Den ændring findes ikke mere. Se listen igen."))
    except actions.NoRoomForWhatWas:
        messages.warning(request, _("Der er taget flere pladser, end der var dengang. Ret pladserne først."))
    else:
        messages.success(request, _("Tilbuddet siger igen det, det sagde før ændringen."))
