"""The roof: front page, the day, language, and the two pages about the house itself."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.accounts.returning import way_back
from brobygger.foundation import languages
from brobygger.foundation.sockets import today_cards
from brobygger.residents.reads import late_elsewhere, names_at_hand
from brobygger.residents.terms import NoteChannel
from brobygger.site import today as the_day


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is. Members go straight to their day."""
    if getattr(request, "member", None) is not None:
        return redirect("today")
    names = [_("Behov"), _("Sendt"), _("Taget imod"), _("Første møde"), _("Hjulpet")]
    return render(request, "site/front.html", {"steps": [(name, "") for name in names]})


@require_safe
@member_page
def today(request: MemberRequest) -> HttpResponse:
    """All that has a date today, by whose hand it is in (SIT-07)."""
    me, now = request.member, timezone.now()
    on = timezone.localdate(now)
    cards = [card for _name, draw in today_cards for card in draw(me, now)]
    day = the_day.laid_out(cards, now=now)
    page = {
        "day": day,
        "greeting": the_day.greeting(me.name.split()[0], now=now),
        "lead": the_day.how_the_day_is(day, today=on),
        "first_when": the_day.waits_until(day.first, now=now) if day.first else "",
        "late_elsewhere": late_elsewhere(me, on=on),
        "names": names_at_hand(me, on=on) if me.meets_residents else [],
        "channels": list(NoteChannel),
        "today": on,
    }
    return render(request, "site/today.html", page)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the pages in a cookie and go back to where the reader was."""
    response = redirect(way_back(request.POST.get("next"), otherwise="/"))
    wanted = request.POST.get("language", "")
    if wanted in dict(settings.LANGUAGES):
        languages.keep(response, wanted)
    return response


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "site/accessibility.html")


@require_safe
def about_data(request: HttpRequest) -> HttpResponse:
    return render(request, "site/about_data.html")
