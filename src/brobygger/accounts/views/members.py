"""Who is in the house: the leader takes in, closes, and gives a new link to whoever has lost a proof."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts import actions, reads
from brobygger.accounts.forms import InviteForm
from brobygger.accounts.links import address_of
from brobygger.accounts.requests import MemberRequest, proven_page, right_page
from brobygger.accounts.rights import Right
from brobygger.accounts.terms import InvitationPurpose, Role

MADE = "made_link"  # shown once, on the page after the press


@require_safe
@right_page(Right.INVITE_MEMBERS)
def team(request: MemberRequest) -> HttpResponse:
    page = {
        "lines": reads.members_of(request.member, at=timezone.now()),
        "made": request.session.pop(MADE, None),
    }
    return render(request, "accounts/team.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@right_page(Right.INVITE_MEMBERS)
@proven_page
def invite(request: MemberRequest) -> HttpResponse:
    """A name, an address, a role; then a link to hand over."""
    form = InviteForm(request.POST or None)
    if form.is_valid():
        given, house = form.cleaned_data, request.member
        try:
            token = actions.invite_member(
                email=given["email"],
                name=given["name"],
                role=Role(given["role"]),
                house=house.organisation_id,
                house_name=house.house_name,
                by=house,
                at=timezone.now(),
            )
            return _made(request, token, given["name"])
        except actions.IsHereAlready:
            form.add_error("email", _("Den adresse har en plads i huset allerede."))
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@right_page(Right.INVITE_MEMBERS)
@proven_page
def renew_password(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """A link for a new password; the second proof is still asked for."""
    return _renew(request, membership_id, InvitationPurpose.PASSWORD)


@require_POST
@right_page(Right.INVITE_MEMBERS)
@proven_page
def renew_factor(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """A link for a new second proof, after the password; the lost one ends now."""
    return _renew(request, membership_id, InvitationPurpose.FACTOR)


def _renew(request: MemberRequest, membership_id: UUID, purpose: InvitationPurpose) -> HttpResponse:
    member = reads.member_of_house(request.member, membership_id)
    if not member.is_active:
        raise Http404
    try:
        token = actions.renew_way_in(member=member, purpose=purpose, by=request.member, at=timezone.now())
    except actions.WorksElsewhere:
        messages.warning(
            request, _("Det kan ikke gøres her. Den, der passer Brobyggers maskine, kan gøre det.")
        )
        return redirect("team")
    return _made(request, token, member.name)


@require_POST
@right_page(Right.INVITE_MEMBERS)
@proven_page
def deactivate(request: MemberRequest, membership_id: UUID) -> HttpResponse:
    """Close a colleague's place. All sessions there end with it."""
    member = reads.member_of_house(request.member, membership_id)
    try:
        actions.deactivate_member(member=member, by=request.member, at=timezone.now())
    except actions.IsOneself:
        messages.warning(request, _("Du kan ikke lukke for dig selv. Bed en anden leder om det."))
    except actions.LeavesOpenEnds as left:
        for end in left.ends:
            messages.warning(request, end)
    else:
        messages.success(request, _("Der er lukket for %(name)s.") % {"name": member.name})
    return redirect("team")


def _made(request: MemberRequest, token: str, name: str) -> HttpResponse:
    """In the session and not in the answer, which is kept for repeated presses."""
    request.session[MADE] = {"address": address_of(token), "name": name}
    return redirect(reverse("team"))
