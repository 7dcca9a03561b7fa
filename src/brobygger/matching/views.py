from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.engine.fit.order import EXPLANATION
from brobygger.foundation import audit, languages
from brobygger.foundation.pictures import address_picture
from brobygger.matching import news, other_way, reads, tries
from brobygger.matching.forms import OutsideForm
from brobygger.matching.person import TICKS, person_of
from brobygger.offers import lines
from brobygger.offers.models import Offer
from brobygger.offers.reads import Wanted, directory, find, offer_page
from brobygger.offers.terms import Theme
from brobygger.partners.models import Organisation
from brobygger.partners.reads import names
from brobygger.residents.reads import need_for

COMPARED, FOUND = 2, 20


@require_safe
@resident_page
def show_suggestions(request: MemberRequest, need_id: UUID) -> HttpResponse:
    """The offers that fit one need, those that nearly do, and what they were reckoned from."""
    need = need_for(request.member, need_id)
    told = person_of(need, on=timezone.localdate())
    tried = tries.read([*request.GET.getlist("hvis"), *tries.moved(request.GET.dict(), told)])
    supposed = tries.supposed(told, tried)
    page = reads.suggestions(
        request.member,
        need,
        unticked=_unticked(request.GET),
        now=timezone.now(),
        tried=tried,
        show_all="alle" in request.GET,
    )
    chosen = _uuids(request.GET.getlist("sammenlign"))
    shown = {
        "page": page,
        "news": news.fresh_names(need) if need.new_offers else [],
        "show_all": "alle" in request.GET,
        "chosen": chosen,
        "compared": page.named(chosen)[:COMPARED],
        "kept_facts": _kept(request.GET, without={"regn", "brug"}),
        "kept_compare": _kept(request.GET, without={"sammenlign"}),
        "kept_sliders": _kept(request.GET, without={"hvis", *(one.name for one in tries.SLIDERS)}),
        "sliders": [(one, at) for one in tries.SLIDERS if (at := tries.standing(one, supposed)) is not None],
        "speaks": languages.of_a_reader(reads.reader_of(need.resident)),
    }
    return render(request, "matching/suggestion_list.html", shown)


@require_POST
@resident_page
def see_news(request: MemberRequest, need_id: UUID) -> HttpResponse:
    """What was new has been seen. A press, since a look changes nothing."""
    news.see_news(need=need_for(request.member, need_id), by=request.member, at=timezone.now())
    return redirect("matching:suggestions", need_id)


@require_safe
@resident_page
def choose_other(request: MemberRequest, need_id: UUID) -> HttpResponse:
    """Any offer of the directory, or something no directory lists: worker and resident know each other."""
    now = timezone.now()
    need = need_for(request.member, need_id)
    asking = reads.asking_for(need, now=now)
    words = request.GET.get("find", "").strip()[:200]
    is_outside = "titel" in request.GET
    form = OutsideForm(request.GET if is_outside else None, partners=names(on=asking.today))
    found = find(Wanted(words=words), directory(asking.today), on=asking.today).keys[:FOUND] if words else ()
    shown = {
        "need": need,
        "words": words,
        "found": reads.explained(asking, found) if found else [],
        "form": form,
        "outside": _outside(asking, form) if is_outside and form.is_valid() else "",
    }
    return render(request, "matching/other_choose.html", shown, status=422 if form.errors else 200)


@require_safe
@resident_page
def whom_it_fits(request: MemberRequest, offer_id: UUID) -> HttpResponse:
    """The worker's own consenting residents whom one offer fits."""
    on = timezone.localdate()
    facts = directory(on).offers.get(offer_id)
    offer = Offer.objects.filter(pk=offer_id).first()
    if offer is None or facts is None:
        raise Http404
    asked = other_way.who_asked(request.member, facts, recipient=offer.organisation_id, on=on)
    audit.saw("resident_name", {one.resident_id for one in asked})
    shown = {"name": offer.name, "asked": asked, "back": reverse("offers:one", args=[offer_id])}
    shown["numbers"] = reverse("statistics:demand", args=[offer_id])
    return render(request, "matching/other_way.html", shown)


@require_safe
@resident_page
def whom_to_meet(request: MemberRequest, partner_id: UUID) -> HttpResponse:
    """The worker's own consenting residents whose need an organisation would like to meet."""
    on = timezone.localdate()
    partner = get_object_or_404(Organisation, pk=partner_id)
    theme = request.GET.get("emne", "")
    wish = Theme(theme) if theme in set(Theme) else Theme.PARENTING
    asked = other_way.who_asked(request.member, other_way.a_wish(wish), recipient=partner.pk, on=on)
    audit.saw("resident_name", {one.resident_id for one in asked})
    shown = {
        "name": partner.name,
        "asked": asked,
        "back": reverse("partners:one", args=[partner_id]),
        "wish": wish,
        "themes": [(one.value, _(one.label)) for one in Theme],
    }
    return render(request, "matching/other_way.html", shown)


@require_safe
def explain_order(request: HttpRequest) -> HttpResponse:
    """How the order is reckoned, for everybody to read."""
    sentences = [lines.said(sentence) for sentence in EXPLANATION]
    return render(request, "matching/order_explain.html", {"sentences": sentences})


@require_safe
def hand_over(request: HttpRequest, language: str, offer_id: UUID) -> HttpResponse:
    """One offer to take along, in the language of whoever takes it. Its address tells of nobody."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        here = settings.BROBYGGER_PUBLIC_URL + reverse("matching:hand_over", args=[language, offer_id])
        shown = {
            "offer": offer_page(offer_id, on=timezone.localdate()),
            "language": language,
            "ways": settings.LANGUAGES,
            "code": address_picture(here),
            "is_small": request.GET.get("papir") == "a5",
        }
        return render(request, "matching/hand_over.html", shown)


def _outside(asking: reads.Asking, form: OutsideForm) -> str:
    title = form.cleaned_data["titel"]
    return reads.outside_the_directory(asking, recipient=form.partner_id, title=title)


def _unticked(asked: QueryDict) -> frozenset[str]:
    """A browser sends only what is ticked, so the form says by `regn` that it was there at all."""
    return frozenset(TICKS) - set(asked.getlist("brug")) if "regn" in asked else frozenset()


def _kept(asked: QueryDict, *, without: set[str]) -> list[tuple[str, str]]:
    """The rest of the address, so that one form does not forget what another has asked."""
    return [(name, value) for name, values in asked.lists() if name not in without for value in values]


def _uuids(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found
