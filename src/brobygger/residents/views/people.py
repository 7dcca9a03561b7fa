"""The pages about residents: the list, the person, needs and notes."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, resident_page, right_page
from brobygger.accounts.rights import Right
from brobygger.foundation import installation
from brobygger.foundation.conflicts import differences, kept_as_it_stands, with_both
from brobygger.foundation.fields import Stale
from brobygger.foundation.once import kept
from brobygger.residents import actions, facts, forms, presence, reads
from brobygger.residents.models import Need, Resident
from brobygger.residents.reaching import press_to_reach
from brobygger.residents.terms import NeedOutcome
from brobygger.residents.writing import writing_time

PAGE = ["GET", "HEAD", "POST"]


@require_safe
@resident_page
def all_mine(request: MemberRequest) -> HttpResponse:
    """The residents within reach, found by name or number."""
    search, order = request.GET.get("q", "").strip(), request.GET.get("sort", "")
    page = reads.residents_of(
        request.member,
        search=search,
        page=_number(request.GET.get("page")) or 1,
        on=timezone.localdate(),
        order="contact" if order == "contact" else "name",
    )
    return render(request, "residents/resident_list.html", {"page": page, "search": search, "order": order})


@require_http_methods(PAGE)
@resident_page
def new(request: MemberRequest) -> HttpResponse:
    """Register a resident: a name or alias and one way of contact."""
    form = forms.ResidentForm(
        request.POST or None, places=reads.places(request.member), today=timezone.localdate()
    )
    if not form.is_valid():
        return render(request, "residents/resident_new.html", {"form": form}, status=_status(form))

    resident = actions.register_resident(
        by=request.member,
        at=timezone.now(),
        is_fictional=installation.is_demo(),  # whoever is written down while practising is invented
        **form.cleaned_data,
    )
    messages.success(request, _("%(name)s er skrevet op.") % {"name": resident.name})
    return redirect("residents:one", resident.pk)


@require_safe
@resident_page
def one(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    return _show(request, resident_id)


@require_http_methods(PAGE)
@resident_page
def change(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """Correct what stands about a resident. Two who save at once are shown both versions."""
    resident = reads.resident_for(request.member, resident_id)
    form = forms.ResidentForm(
        request.POST or None,
        places=reads.places(request.member),
        today=timezone.localdate(),
        initial=forms.resident_initial(resident),
    )
    page = {
        "form": form,
        "resident": resident,
        "seen": request.POST.get("seen", resident.version),
        "writers": presence.meet(request.member, resident, now=timezone.now()),
    }
    if not form.is_valid():
        return render(request, "residents/resident_change.html", page, status=_status(form))

    left = kept_as_it_stands(form)
    changes = {name: value for name, value in form.cleaned_data.items() if name not in left}
    changes |= with_both(form, forms.resident_initial(resident))
    try:
        actions.change_resident(
            resident=resident,
            seen=_number(request.POST.get("seen")),
            by=request.member,
            at=timezone.now(),
            **changes,
        )
    except Stale as newer:
        actions.keep_unsaved(newer=newer, told=changes, by=request.member, at=timezone.now())
        stands = forms.resident_initial(cast(Resident, newer.current))
        page |= {"differences": differences(form, stands), "seen": cast(Resident, newer.current).version}
        return kept(render(request, "residents/resident_conflict.html", page, status=409))
    messages.success(request, _("Gemt."))
    return redirect("residents:one", resident.pk)


@require_POST
@resident_page
def note(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """A note on a resident's timeline, and perhaps what happens next."""
    resident = reads.resident_for(request.member, resident_id)
    form = _note_form(request, resident)
    if not form.is_valid():
        return _show(request, resident_id, note_form=form)

    told = {name: value for name, value in form.cleaned_data.items() if name not in {"when", "on"}}
    actions.write_contact_note(resident=resident, by=request.member, at=timezone.now(), **told)
    messages.success(request, _("Notatet er gemt."), extra_tags=_draft(request, resident))
    return redirect("residents:one", resident.pk)


@require_safe
@right_page(Right.SEE_WRITING_TIME)
def writing(request: MemberRequest) -> HttpResponse:
    """What documentation costs the house. There is no figure about one person (RES-04)."""
    return render(request, "residents/writing.html", {"time": writing_time(now=timezone.now())})


@require_POST
@resident_page
def note_any(request: MemberRequest) -> HttpResponse:
    """A note from the day's page. A name that several answer to is asked about; nothing is guessed."""
    form = forms.WhoForm(request.POST)
    form.fields["text"].widget.attrs["data-draft"] = f"note-{request.member.pk}"
    form.is_valid()
    found = reads.named(request.member, form.cleaned_data.get("who", ""), on=timezone.localdate())
    chosen = [known for known in found if str(known.resident_id) == request.POST.get("resident")]
    meant = chosen or found
    if len(meant) != 1 and "who" not in form.errors:
        form.add_error("who", _("Vælg, hvem du mener.") if meant else _("Vi kender ingen, der hedder det."))
    if not form.is_valid():
        page = {"form": form, "people": found[:8]}
        return render(request, "residents/note_any.html", page, status=422)

    resident = reads.resident_for(request.member, meant[0].resident_id)
    actions.write_contact_note(
        resident=resident,
        text=form.cleaned_data["text"],
        channel=form.cleaned_data["channel"],
        seconds=form.cleaned_data["seconds"],
        by=request.member,
        at=timezone.now(),
    )
    told = _("Notatet om %(name)s er gemt.") % {"name": resident.name}
    messages.success(request, told, extra_tags=f"note-{request.member.pk}")
    return redirect("today")


@require_http_methods(PAGE)
@resident_page
def new_need(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """Write a need in the resident's own words, with an owner, a next step and a day."""
    resident = reads.resident_for(request.member, resident_id)
    form = forms.NeedForm(
        request.POST or None,
        owners=reads.colleagues(request.member),
        today=timezone.localdate(),
        initial={"owner": request.member.pk, "when": "next"},
    )
    form.fields["words"].widget.attrs["data-draft"] = "need-" + _draft(request, resident)
    if not form.is_valid():
        writers = presence.meet(request.member, resident, now=timezone.now())
        page = {"form": form, "resident": resident, "writers": writers}
        return render(request, "residents/need_new.html", page, status=_status(form))

    told = {name: value for name, value in form.cleaned_data.items() if name not in {"when", "on"}}
    actions.state_need(resident=resident, by=request.member, at=timezone.now(), **told)
    messages.success(request, _("Behovet er skrevet."), extra_tags="need-" + _draft(request, resident))
    return redirect("residents:one", resident.pk)


@require_http_methods(PAGE)
@resident_page
def change_need(request: MemberRequest, need_id: UUID) -> HttpResponse:
    """Set another next step, day or owner. Two who save at once are shown both versions."""
    need = reads.need_for(request.member, need_id)
    form = _next_step_form(request, request.POST or None, need)
    page = {
        "form": form,
        "need": need,
        "seen": request.POST.get("seen", need.version),
        "outcomes": list(NeedOutcome),
        "writers": presence.meet(request.member, need.resident, now=timezone.now()),
    }
    if not form.is_valid():
        return render(request, "residents/need_change.html", page, status=_status(form))

    told, left = form.cleaned_data, kept_as_it_stands(form)
    told |= with_both(form, {"next_step": need.next_step})
    try:
        actions.change_next_step(
            need=need,
            seen=_number(request.POST.get("seen")),
            next_step=need.next_step if "next_step" in left else told["next_step"],
            next_step_on=need.next_step_on if "on" in left and need.next_step_on else told["next_step_on"],
            owner=None if "owner" in left else told["owner"],
            by=request.member,
            at=timezone.now(),
        )
    except Stale as newer:
        actions.keep_unsaved(newer=newer, told=told, by=request.member, at=timezone.now())
        return _two_next_steps(request, cast(Need, newer.current), told)
    except actions.NeedIsClosed:
        messages.info(request, _("Behovet er allerede afsluttet."))
    else:
        messages.success(request, _("Næste skridt er gemt."))
    return redirect("residents:one", need.resident_id)


@require_POST
@resident_page
def close_need(request: MemberRequest, need_id: UUID) -> HttpResponse:
    """End a need with what the resident says came of it."""
    need = reads.need_for(request.member, need_id)
    if need.way_link and need.closed_at is None:
        messages.warning(request, _("Der er en åben bro til det behov. Stop den først."))
        return redirect(need.way_link)
    form = forms.OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Vælg, hvad beboeren siger, der kom ud af det."))
        return redirect("residents:need_change", need.pk)
    try:
        outcome = NeedOutcome(form.cleaned_data["outcome"])
        actions.close_need(need=need, outcome=outcome, by=request.member, at=timezone.now())
    except actions.NeedIsClosed:
        messages.info(request, _("Behovet er allerede afsluttet."))
    else:
        messages.success(request, _("Behovet er afsluttet."))
    return redirect("residents:one", need.resident_id)


def _show(
    request: MemberRequest, resident_id: UUID, *, note_form: forms.NoteForm | None = None
) -> HttpResponse:
    """The resident's page; with a note that could not be saved, the note and what is wrong with it."""
    page_of_notes = max(_number(request.GET.get("noter")), 1)
    card = reads.resident_card(request.member, resident_id, timezone.now(), notes_page=page_of_notes)
    resident = card.resident
    told = facts.told(resident)
    page = {
        "card": card,
        "resident": resident,
        "note_form": note_form or _note_form(request, resident),
        "press": press_to_reach(resident.reach_by, resident.reach_at),
        "writers": presence.who_writes(request.member, resident, now=timezone.now()),
        "number": resident.reach_at.removeprefix("+45 "),
        "speaks": facts.languages([resident.speaks]) if resident.speaks else "",
        "told": [(what, answer) for what, answer in told if answer],
        "not_asked": [what.lower() for what, answer in told if not answer],
    }
    return render(request, "residents/resident.html", page, status=422 if note_form else 200)


def _note_form(request: MemberRequest, resident: Resident) -> forms.NoteForm:
    return forms.NoteForm(
        request.POST or None,
        needs=reads.open_needs(resident),
        today=timezone.localdate(),
        draft=_draft(request, resident),
        initial={"when": "next"},
    )


def _next_step_form(request: MemberRequest, data: Any, need: Need) -> forms.NextStepForm:
    return forms.NextStepForm(
        data,
        owners=reads.colleagues(request.member),
        today=timezone.localdate(),
        initial=forms.next_step_initial(need, today=timezone.localdate()),
    )


def _two_next_steps(request: MemberRequest, need: Need, told: dict[str, Any]) -> HttpResponse:
    """Both versions of a next step. Ours is written with its date, so that a spoken day keeps its meaning."""
    mine = {
        "next_step": told["next_step"],
        "when": "date",
        "on": told["next_step_on"],
        "owner": told["owner"].pk,
    }
    form = _next_step_form(request, {name: str(value) for name, value in mine.items()}, need)
    stands = {"next_step": need.next_step, "on": need.next_step_on, "owner": need.owner_id}
    page = {
        "form": form,
        "need": need,
        "seen": need.version,
        "differences": differences(form, stands, leave_out=["when"]),
    }
    return kept(render(request, "residents/need_conflict.html", page, status=409))


def _draft(request: MemberRequest, resident: Resident) -> str:
    """The name of a draft in the browser: one writer, one resident. Two who share a screen see their own."""
    return f"{request.member.pk}-{resident.pk}"


def _number(text: str | None) -> int:
    """A number from an address or a hidden field; 0 for anything else."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
