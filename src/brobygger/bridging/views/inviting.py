"""The worker gives the resident a page of their own: by message where that is safe, else by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest
from brobygger.bridging import inviting, reads
from brobygger.bridging.forms.ending import InviteForm
from brobygger.bridging.models import Bridge
from brobygger.bridging.views.writing_down import bridge_page, is_given


@bridge_page
def invite(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """Whether it is safe to write there is asked each time. A link that is handed over stands on the page."""
    found = reads.bridge_for(request.member, bridge_id)
    if found.need is None:
        return redirect("bridging:one", bridge_id)
    resident = found.need.resident
    reach_at = resident.reach_at if inviting.can_be_written_to(resident) else ""
    form = InviteForm(request.POST or None, reach_at=reach_at)
    if is_given(request, form):
        return _invite(request, found, form)
    handed = found.resident_links.filter(revoked_at=None, address="", expires_at__gt=timezone.now()).first()
    context = {
        "bridge": found,
        "resident": resident,
        "form": form,
        "address": inviting.address_of(handed) if handed else "",
    }
    return render(request, "bridging/invite.html", context, status=422 if form.errors else 200)


def _invite(request: MemberRequest, found: Bridge, form: InviteForm) -> HttpResponse:
    writes = form.cleaned_data["way"] == "write"
    inviting.invite_resident(bridge=found, write=writes, by=request.member, at=timezone.now())
    if writes:
        messages.success(request, _("Linket er på vej. Der står intet om nogen i beskeden."))
        return redirect("bridging:one", found.pk)
    return redirect("bridging:invite", found.pk)
