"""A new second proof: on the way in for the first time, or beside those one has."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from brobygger.accounts import attempts, factors, passkeys, sessions
from brobygger.accounts.forms import FirstCodeForm
from brobygger.accounts.models import Factor, User
from brobygger.accounts.pictures import seed_picture
from brobygger.accounts.rules import seed_in_letters
from brobygger.accounts.sealing import seal, unseal
from brobygger.accounts.underway import go_on, underway

SEED, PASSKEY = "seed", "passkey"


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Choose an app's codes or a passkey. Either is enough; codes work without script."""
    user = _who(request)
    if user is None:
        return redirect("sign_in")
    form = FirstCodeForm(request.POST or None)
    if form.is_valid():
        if not attempts.may_try_code(request, user.pk, at=timezone.now()):
            form.add_error("code", _("Der er prøvet for mange gange. Vent et kvarter."))
        elif factor := _with_code(request, user, form):
            return _enrolled(request, factor)
        else:
            form.add_error("code", _("Koden passer ikke. Vent på den næste, og prøv igen."))
    return _page(request, user, form)


@require_POST
def passkey_question(request: HttpRequest) -> JsonResponse:
    """What a browser is asked to make."""
    user = _who(request)
    if user is None:
        raise Http404
    options, request.session[PASSKEY] = passkeys.ask_to_make(user)
    return JsonResponse(options)


@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    user, state = _who(request), request.session.pop(PASSKEY, None)
    if user is None:
        return redirect("sign_in")
    try:
        credential_id, public_key = passkeys.made(state or {}, request.POST.get("credential", ""))
        factor = factors.enrol_passkey(
            user=user,
            credential_id=credential_id,
            public_key=public_key,
            name=request.POST.get("name", "").strip()[:80] or _("adgangsnøgle"),
            at=timezone.now(),
        )
    except (passkeys.NotProven, factors.TakenAlready):
        form = FirstCodeForm()
        return _page(request, user, form, refused=_("Nøglen blev ikke lavet. Prøv igen, eller brug en kode."))
    return _enrolled(request, factor)


def _who(request: HttpRequest) -> User | None:
    """Somebody on the way in who may make a first proof, or a member whose proof is fresh."""
    if stay := getattr(request, "stay", None):
        user: User = stay.membership.user
        return user if sessions.is_fresh(stay, now=timezone.now()) else None
    who = underway(request)
    if who is None or who.proven_at or not who.may_enrol() or factors.has_factor(who.user):
        return None
    return who.user


def _with_code(request: HttpRequest, user: User, form: FirstCodeForm) -> Factor | None:
    given = form.cleaned_data
    return factors.enrol_code(
        user=user,
        seed=_seed(request),
        code=given["code"],
        name=given["name"].strip() or _("kode fra telefonen"),
        at=timezone.now(),
    )


def _seed(request: HttpRequest) -> bytes:
    """The seed on the page, the same until it is taken, so that a wrong code does not ask for a new scan."""
    if SEED not in request.session:
        request.session[SEED] = seal(factors.new_seed())
    return unseal(request.session[SEED])


def _enrolled(request: HttpRequest, factor: Factor) -> HttpResponse:
    request.session.pop(SEED, None)
    if getattr(request, "member", None):
        messages.success(request, _("Gemt. Du kan bruge den næste gang."))
        return redirect("own_access")
    now = timezone.now()
    codes = factors.new_recovery_codes(user=factor.user, at=now)
    go_on(request, proven_at=now.isoformat(), codes=codes)
    return redirect("first_codes")


def _page(request: HttpRequest, user: User, form: FirstCodeForm, *, refused: str = "") -> HttpResponse:
    seed = _seed(request)
    letters = seed_in_letters(seed)
    page = {
        "form": form,
        "picture": seed_picture(seed, account=user.email),
        "letters": " ".join(letters[start : start + 4] for start in range(0, len(letters), 4)),
        "refused": refused,
        "is_on_the_way_in": getattr(request, "member", None) is None,
    }
    return render(request, "accounts/enrol.html", page, status=422 if form.is_bound or refused else 200)
