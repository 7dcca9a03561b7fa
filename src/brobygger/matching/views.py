from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.engine.fit.order import EXPLANATION
from brobygger.residents.reads import need_for


@require_safe
def explain_order(request: HttpRequest) -> HttpResponse:
    """How the order is reckoned, for everybody to read."""
    return render(request, "matching/order_explain.html", {"sentences": EXPLANATION})


@require_safe
@resident_page
def show_suggestions(request: MemberRequest, need_id: UUID) -> HttpResponse:
    need = need_for(request.member, need_id)
    return render(request, "matching/suggestion_list.html", {"need": need})


@require_safe
@resident_page
def choose_other(request: MemberRequest, need_id: UUID) -> HttpResponse:
    need = need_for(request.member, need_id)
    return render(request, "matching/other_choose.html", {"need": need})
