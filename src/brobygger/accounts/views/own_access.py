"""One's own access: proofs, codes for paper, password, and where one is signed in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts import actions, attempts, factors, passkeys, reads, sessions
from brobygger.accounts.forms import ChangePasswordForm, CodeForm
from brobygger.accounts.middleware import enter
from brobygger.accounts.permissions import is_of_the_cast, may_enter_by_one_press
from brobygger.accounts.requests import MemberRequest, member_page, proven_page
from brobygger.accounts.returning import way_back

PAGE = ["GET", "HEAD", "POST"]
PASSKEY, CODES = "passkey", "codes"


@require_safe
@member_page
def show(request: MemberRequest) -> HttpResponse:
    """Everything about one's own way in. Shows no secret."""
    user, now = request.member.user, timezone.now()
    page = {
        "factors": factors.own_factors(user),
        "codes_left": factors.recovery_codes_left(user),
        "sessions": sessions.own_sessions(user, now=now),
        "here": request.stay.pk,
        "places": [place for place in reads.places_of(user) if place.pk != request.member.pk],
        "has_password": user.has_usable_password(),
        "minutes": int(sessions.idle_limit().total_seconds() // 60),
    }
    return render(request, "accounts/own_access.html", page)


@require_http_methods(PAGE)
@member_page
def again(request: MemberRequest) -> HttpResponse:
    """The second proof once more, before something grave. The token of the session is renewed with it."""
    wanted = way_back(request.POST.get("next") or request.GET.get("next"), otherwise="/min-adgang/")
    one_press = may_enter_by_one_press(request) and is_of_the_cast(request.member)
    form, refused, user = CodeForm(request.POST or None), "", request.member.user
    if request.method == "POST":
        if (one_press and "press" in request.POST) or _has_passkey(request):
            return _proven(request, wanted)
        if form.is_valid() and attempts.may_try_code(request, user.pk, at=timezone.now()):
            if factors.take_code(user=user, typed=form.cleaned_data["code"], at=timezone.now()):
                return _proven(request, wanted)
            form.add_error(
                "code", _("Den kode passer ikke, eller den er brugt. Vent på den næste, og prøv igen.")
            )
        elif form.is_valid():
            form.add_error("code", _("Der er prøvet for mange gange. Vent et kvarter."))
    page = {"form": form, "next": wanted, "one_press": one_press, "refused": refused}
    return render(request, "accounts/again.html", page, status=422 if form.is_bound else 200)


@require_http_methods(PAGE)
@member_page
@proven_page
def change_password(request: MemberRequest) -> HttpResponse:
    """A new password ends every other session of the same person, in every house."""
    user, now = request.member.user, timezone.now()
    form = ChangePasswordForm(request.POST or None, user=user)
    if form.is_valid():
        given = form.cleaned_data
        is_counted = attempts.may_try_password(request, user.email, at=now)
        if is_counted and user.check_password(given["present"]):
            actions.choose_password(user=user, password=given["new"], at=now)
            enter(request, request.member, proven_at=request.stay.proven_at)
            messages.success(request, _("Adgangskoden er ny. Alle andre steder er du meldt ud."))
            return redirect("own_access")
        form.add_error("present", _("Det er ikke den, du har nu. Prøv igen."))
    return render(
        request, "accounts/change_password.html", {"form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(PAGE)
@member_page
@proven_page
def codes(request: MemberRequest) -> HttpResponse:
    """New codes for paper; the former ones are void from the press. They are shown once."""
    if request.method == "POST":
        made = factors.new_recovery_codes(user=request.member.user, at=timezone.now())
        request.session[CODES] = made
        return redirect("new_codes")
    made = request.session.pop(CODES, None)
    if made is None:
        return redirect("own_access")
    return render(request, "accounts/codes.html", {"codes": made})


@require_POST
@member_page
@proven_page
def end_factor(request: MemberRequest, factor_id: UUID) -> HttpResponse:
    """Take a proof out of use. The last one stays, or its owner would be shut out."""
    own = factors.own_factors(request.member.user)
    factor = next((one for one in own if one.pk == factor_id), None)
    if factor is None:
        raise Http404
    if len(own) == 1:
        messages.warning(request, _("Det er dit eneste andet bevis. Lav et nyt først."))
    else:
        factors.end_factor(factor=factor, at=timezone.now())
        messages.success(request, _("Den virker ikke længere."))
    return redirect("own_access")


@require_POST
@member_page
def end_session(request: MemberRequest, stay_id: UUID) -> HttpResponse:
    """Sign out somewhere else."""
    now = timezone.now()
    if stay_id not in {one.pk for one in sessions.own_sessions(request.member.user, now=now)}:
        raise Http404
    sessions.end_sessions([stay_id], at=now)
    messages.success(request, _("Du er meldt ud dér."))
    return redirect("own_access")


@require_POST
@member_page
def switch_house(request: MemberRequest) -> HttpResponse:
    """Close this house and open another that the same person belongs to. A new session, the same proof."""
    places = {str(place.pk): place for place in reads.places_of(request.member.user)}
    chosen = places.get(request.POST.get("membership", ""))
    if chosen is None:
        raise Http404
    sessions.end_sessions([request.stay.pk], at=timezone.now())
    enter(request, chosen, proven_at=request.stay.proven_at)
    return redirect("/i-dag/")


def _has_passkey(request: MemberRequest) -> bool:
    """Whether a passkey of this very person was shown just now."""
    state = request.session.pop(PASSKEY, None)
    if not request.POST.get("credential"):
        return False
    try:
        factor = passkeys.proven(state or {}, request.POST["credential"])
    except passkeys.NotProven:
        return False
    factors.note_use(factor, at=timezone.now())
    return factor.user_id == request.member.user_id


def _proven(request: HttpRequest, wanted: str) -> HttpResponse:
    request.session.cycle_key()
    sessions.prove_again(session=request.stay, at=timezone.now())  # type: ignore[attr-defined]
    return redirect(wanted)
