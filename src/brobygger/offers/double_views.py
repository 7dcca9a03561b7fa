"""Entries that may be the same: looked at side by side, put together, kept apart, taken apart (OFF-07)."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, right_page
from brobygger.accounts.rights import Right
from brobygger.engine.duplicates import Reason
from brobygger.offers import doubles, merging
from brobygger.offers.verdicts import Verdict


@require_safe
@right_page(Right.SETTLE_DOUBLES)
def list_doubles(request: MemberRequest) -> HttpResponse:
    """What may be the same, with the reasons, the likeliest first; and what has been said."""
    found = doubles.proposals(request.member)
    page = {
        "pairs": doubles.side_by_side(request.member, found[: doubles.MOST_SHOWN]),
        "count": len(found),
        "left_out": max(len(found) - doubles.MOST_SHOWN, 0),
        "said": doubles.said(request.member),
    }
    return render(request, "offers/doubles.html", page)


@require_POST
@right_page(Right.SETTLE_DOUBLES)
def merge(request: MemberRequest) -> HttpResponse:
    return _said(request, merging.merge_offers, _("De to er nu ét tilbud. Den gamle adresse fører til det."))


@require_POST
@right_page(Right.SETTLE_DOUBLES)
def keep_apart(request: MemberRequest) -> HttpResponse:
    return _said(request, merging.keep_apart, _("De to bliver stående hver for sig. Vi spørger ikke igen."))


@require_POST
@right_page(Right.SETTLE_DOUBLES)
def take_back(request: MemberRequest) -> HttpResponse:
    merging.take_back(verdict_id=_key(request, "verdict"), by=request.member, at=timezone.now())
    messages.success(request, _("Det er taget tilbage. Begge står i kataloget, som de gjorde."))
    return redirect("offers:doubles")


def _said(request: MemberRequest, act: Callable[..., Verdict], told: str) -> HttpResponse:
    kept, gone = _key(request, "kept"), _key(request, "gone")
    if kept == gone:
        raise Http404
    known = {reason.value for reason in Reason}
    reasons = [Reason(one) for one in request.POST.getlist("reason") if one in known]
    try:
        act(kept=kept, gone=gone, reasons=reasons, by=request.member, at=timezone.now())
    except merging.NoLongerBoth:
        messages.warning(request, _("Det ene af dem er taget ud i mellemtiden. Intet er ændret."))
    else:
        messages.success(request, told)
    return redirect("offers:doubles")


def _key(request: MemberRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise Http404 from None
