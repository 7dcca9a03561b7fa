"""Pages for what is written twice: correct a note, read what stood before, and see who writes right now."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.foundation.conflicts import differences, kept_as_it_stands, with_both
from brobygger.foundation.fields import Stale
from brobygger.foundation.once import kept
from brobygger.residents import actions, cards, former, forms, presence, reads
from brobygger.residents.models import Note


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def correct_note(request: MemberRequest, note_id: UUID) -> HttpResponse:
    """Write a note of one's own anew. The old text stays readable; two who correct at once see both."""
    note = reads.note_for(request.member, note_id)
    form = forms.CorrectionForm(request.POST or None, initial={"text": note.text})
    page = {
        "form": form,
        "note": note,
        "seen": request.POST.get("seen", note.version),
        "writers": presence.meet(request.member, note.resident, now=timezone.now()),
    }
    if not form.is_valid():
        return render(request, "residents/note_correct.html", page, status=422 if form.is_bound else 200)
    if not kept_as_it_stands(form):
        text = (form.cleaned_data | with_both(form, {"text": note.text}))["text"]
        seen = request.POST.get("seen", "")
        version = int(seen) if seen.isdecimal() and len(seen) < 9 else 0
        try:
            actions.correct_note(note=note, seen=version, text=text, by=request.member, at=timezone.now())
        except Stale as newer:
            actions.keep_unsaved(newer=newer, told={"text": text}, by=request.member, at=timezone.now())
            stands = cast(Note, newer.current)
            page |= {"differences": differences(form, {"text": stands.text}), "seen": stands.version}
            return kept(render(request, "residents/note_conflict.html", page, status=409))
    messages.success(request, _("Notatet er rettet."))
    return redirect("residents:one", note.resident_id)


@require_safe
@resident_page
def former_texts(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """Everything that once stood about a resident, and what was never saved because another was faster."""
    resident = reads.resident_for(request.member, resident_id)
    now = timezone.now()
    lines = [cards.former_line(one, now=now) for one in former.of_resident(resident)]
    return render(request, "residents/former_list.html", {"resident": resident, "lines": lines})


@require_safe
@resident_page
def writers(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """Who else has a form about this resident open, for the page to ask again; `skriver`: the asker types."""
    rows = reads.reachable(request.member, on=timezone.localdate()).filter(pk=resident_id)
    resident = rows.first()
    if resident is None:
        raise Http404
    if "skriver" in request.GET:
        presence.opens_form(resident)
    names = presence.who_writes(request.member, resident, now=timezone.now())
    return render(request, "residents/_writers.html", {"writers": names})
