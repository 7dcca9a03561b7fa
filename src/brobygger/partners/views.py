from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from brobygger.accounts.models import Membership
from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.partners import reads
from brobygger.partners.forms import FindPartnerForm

ROWS_A_PAGE = 40


@require_safe
def find_partners(request: HttpRequest) -> HttpResponse:
    """The register by kind. Everybody may look; members also see how to get in."""
    form = FindPartnerForm(request.GET)
    form.is_valid()
    words = form.cleaned_data.get("q") or ""
    rows = reads.register(_viewer(request), words=words, kind=form.kind(), on=timezone.localdate())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/partner_list.html", {"form": form, "page": page, "count": len(rows)})


@require_safe
def show_partner(request: HttpRequest, partner_id: UUID) -> HttpResponse:
    page = reads.partner_page(_viewer(request), partner_id, on=timezone.localdate())
    return render(request, "partners/partner_show.html", {"page": page, "organisation": page.organisation})


@require_safe
@member_page
def show_partnerships(request: MemberRequest) -> HttpResponse:
    """The partnerships of the viewer's house: who carries them, who facilitates, who is in them."""
    cards = reads.partnerships(request.member)
    return render(request, "partners/partnership_list.html", {"partnerships": cards})


def _viewer(request: HttpRequest) -> Membership | None:
    member = getattr(request, "member", None)
    return member if isinstance(member, Membership) else None
