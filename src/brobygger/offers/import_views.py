"""Files with offers: handed in, tried, looked at, taken in, and taken back (OFF-07)."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, right_page
from brobygger.accounts.rights import Right
from brobygger.offers import import_reads, orders
from brobygger.offers.import_forms import ColumnsForm, FileForm
from brobygger.offers.importing.guessing import Preview
from brobygger.offers.importing.undoing import UndoneAlready
from brobygger.offers.runs import ImportOrder
from brobygger.offers.terms import OrderState

FINDINGS_A_PAGE = 50
ROWS_SHOWN = 10
EVERY = 3  # seconds between two looks at how far it has come, for those who ask for it


@require_http_methods(["GET", "HEAD", "POST"])
@right_page(Right.TAKE_IN_OFFERS)
def list_imports(request: MemberRequest) -> HttpResponse:
    """What waits, what has been taken in; and a new file."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        order = orders.receive_file(
            name=given["file"].name,
            content=given["file"].read(),
            called=given["called"],
            licence=given["licence"],
            by=request.member,
            at=timezone.now(),
        )
        return _followed(order)
    page = {
        "form": form,
        "orders": import_reads.orders_under_way(request.member),
        "runs": import_reads.runs(request.member),
    }
    return render(request, "offers/import_list.html", page, status=422 if form.is_bound else 200)


@require_safe
@right_page(Right.TAKE_IN_OFFERS)
def show_order(request: MemberRequest, order_id: UUID) -> HttpResponse:
    """How far one file has come; when it has been tried, what would happen."""
    order = import_reads.order_of(request.member, order_id)
    if order.state == OrderState.TAKEN and order.run_id:
        return redirect("offers:import_run", order.run_id)
    told = import_reads.account(order.tried)
    page = _shown(request, told) | {
        "order": order,
        "is_under_way": order.state in orders.UNDERWAY,
        "every": EVERY if "foelg" in request.GET and order.state in orders.UNDERWAY else 0,
        "has_columns": "preview" in order.tried,
    }
    return render(request, "offers/import_order.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@right_page(Right.TAKE_IN_OFFERS)
def choose_columns(request: MemberRequest, order_id: UUID) -> HttpResponse:
    """What the columns of somebody's own sheet mean."""
    order = import_reads.order_of(request.member, order_id)
    if order.state not in {OrderState.COLUMNS, OrderState.TRIED} or "preview" not in order.tried:
        raise Http404
    kept = import_reads.mappings(request.member)
    used = next((one for one in kept if one.name == request.GET.get("brug")), None)
    seen = Preview.from_json(order.tried["preview"])
    form = ColumnsForm(request.POST or None, seen=seen, kept=used.files["chosen"] if used else {})
    if request.method == "POST" and form.is_valid():
        orders.choose_columns(
            order=order,
            chosen=form.chosen(),
            keep_as=form.cleaned_data["keep_as"].strip(),
            by=request.member,
            at=timezone.now(),
        )
        return _followed(order)
    page = {"order": order, "form": form, "mappings": kept, "used": used, "rows": seen.rows[:ROWS_SHOWN]}
    return render(request, "offers/import_columns.html", page, status=422 if form.is_bound else 200)


@require_POST
@right_page(Right.TAKE_IN_OFFERS)
def take_in(request: MemberRequest, order_id: UUID) -> HttpResponse:
    order = import_reads.order_of(request.member, order_id)
    try:
        orders.take_in(order=order, by=request.member, at=timezone.now())
    except orders.NotNow:
        return _too_late(request, order)
    return _followed(order)


@require_POST
@right_page(Right.TAKE_IN_OFFERS)
def go_on(request: MemberRequest, order_id: UUID) -> HttpResponse:
    order = import_reads.order_of(request.member, order_id)
    try:
        orders.go_on(order=order, by=request.member, at=timezone.now())
    except orders.NotNow:
        return _too_late(request, order)
    return _followed(order)


@require_POST
@right_page(Right.TAKE_IN_OFFERS)
def drop(request: MemberRequest, order_id: UUID) -> HttpResponse:
    order = import_reads.order_of(request.member, order_id)
    try:
        orders.drop(order=order, by=request.member, at=timezone.now())
    except orders.NotNow:
        return _too_late(request, order)
    messages.success(request, _("Filen er lagt væk. Intet er hentet ind af den."))
    return redirect("offers:imports")


@require_safe
@right_page(Right.TAKE_IN_OFFERS)
def order_report(request: MemberRequest, order_id: UUID) -> HttpResponse:
    order = import_reads.order_of(request.member, order_id)
    return _sheet(import_reads.account(order.tried), f"{order.source}-proeve")


@require_safe
@right_page(Right.TAKE_IN_OFFERS)
def show_run(request: MemberRequest, run_id: UUID) -> HttpResponse:
    """What one import became, row by row; and the way back."""
    run = import_reads.run_of(request.member, run_id)
    told = import_reads.account(run.report)
    kept = import_reads.said(import_reads.account(run.undoing).findings)
    page = _shown(request, told) | {"run": run, "kept": kept}
    return render(request, "offers/import_run.html", page)


@require_safe
@right_page(Right.TAKE_IN_OFFERS)
def run_report(request: MemberRequest, run_id: UUID) -> HttpResponse:
    run = import_reads.run_of(request.member, run_id)
    return _sheet(import_reads.account(run.report), run.source)


@require_POST
@right_page(Right.TAKE_IN_OFFERS)
def undo(request: MemberRequest, run_id: UUID) -> HttpResponse:
    run = import_reads.run_of(request.member, run_id)
    try:
        undone = orders.undo_run(run=run, by=request.member, at=timezone.now())
    except UndoneAlready:
        messages.warning(request, _("Den import er allerede fortrudt."))
        return redirect("offers:import_run", run.pk)
    if undone is not None:
        said = _("Fortrudt. %(gone)d er trukket tilbage, og %(back)d står igen, som de stod før.")
        given = {"gone": undone.withdrawn, "back": undone.put_back + undone.here_again}
        messages.success(request, said % given)
    return redirect("offers:import_run", run.pk)


def _shown(request: MemberRequest, told: import_reads.Account) -> dict[str, Any]:
    page = Paginator(told.findings, FINDINGS_A_PAGE).get_page(request.GET.get("page"))
    return {"account": told, "page": page, "findings": import_reads.said(list(page))}


def _followed(order: ImportOrder) -> HttpResponse:
    return redirect(f"{reverse('offers:import_order', args=[order.pk])}?foelg=1")


def _too_late(request: MemberRequest, order: ImportOrder) -> HttpResponse:
    messages.warning(request, _("Der er sket noget med filen siden. Se her, hvor langt den er."))
    return redirect("offers:import_order", order.pk)


def _sheet(account: import_reads.Account, name: str) -> HttpResponse:
    answer = HttpResponse(import_reads.as_csv(account.findings), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
