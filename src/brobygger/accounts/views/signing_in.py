"""The way in for somebody with an account: password and second proof, or a passkey alone; then the house."""

import logging

from django.contrib.auth.hashers import make_password
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts import actions, attempts, factors, passkeys, reads
from brobygger.accounts.forms import CodeForm, NewPasswordForm, SignInForm
from brobygger.accounts.middleware import enter
from brobygger.accounts.models import Membership, User
from brobygger.accounts.returning import way_back
from brobygger.accounts.terms import InvitationPurpose
from brobygger.accounts.underway import (
    Underway,
    begin,
    go_on,
    link_of,
    remember_link,
    underway,
)

PAGE = ["GET", "HEAD", "POST"]
AFTER_ENTERING = "/i-dag/"
PASSKEY = "passkey"  # what was asked of a browser, until it answers
log = logging.getLogger(__name__)


@require_http_methods(PAGE)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Address and password. Known and unknown addresses get the same answer, after the same work."""
    wanted = way_back(request.POST.get("next") or request.GET.get("next"), otherwise=AFTER_ENTERING)
    form = SignInForm(request.POST or None)
    if not form.is_valid():
        return _sign_in_page(request, form, wanted)
    given = form.cleaned_data
    if not attempts.may_try_password(request, given["email"], at=timezone.now()):
        return _too_often(request, form, wanted)
    user = _with_password(given["email"], given["password"])
    if user is None:
        log.warning("sign-in refused: address and password")
        form.add_error(None, _("Adressen og adgangskoden passer ikke sammen."))
        return _sign_in_page(request, form, wanted)
    begin(request, user, wanted=wanted)
    return _next(request)


@require_http_methods(PAGE)
def second(request: HttpRequest) -> HttpResponse:
    """A code from the telephone or from paper."""
    who = underway(request)
    if who is None or not factors.has_factor(who.user):
        return redirect("sign_in")
    form = CodeForm(request.POST or None)
    if form.is_valid():
        if not attempts.may_try_code(request, who.user.pk, at=timezone.now()):
            return _too_often(request, form, who.wanted, "accounts/second.html")
        if factors.take_code(user=who.user, typed=form.cleaned_data["code"], at=timezone.now()):
            go_on(request, proven_at=timezone.now().isoformat())
            return _next(request)
        log.warning("sign-in refused: second proof")
        form.add_error(
            "code", _("Den kode passer ikke, eller den er brugt. Vent på den næste, og prøv igen.")
        )
    return render(request, "accounts/second.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def passkey_question(request: HttpRequest) -> JsonResponse:
    """What the browser is asked to prove. Asked for by a press, so that a look makes no session."""
    options, request.session[PASSKEY] = passkeys.ask_to_prove()
    return JsonResponse(options)


@require_POST
def passkey(request: HttpRequest) -> HttpResponse:
    """A passkey sees its owner, so it is both proofs. After a password it must be the same person's."""
    wanted = way_back(request.POST.get("next"), otherwise=AFTER_ENTERING)
    state, who = request.session.pop(PASSKEY, None), underway(request)
    try:
        factor = passkeys.proven(state or {}, request.POST.get("credential", ""))
    except passkeys.NotProven:
        factor = None
    if factor is None or (who is not None and who.user.pk != factor.user_id):
        log.warning("sign-in refused: passkey")
        refused = _("Den nøgle kender vi ikke. Brug adgangskoden.")
        return _sign_in_page(request, SignInForm(), wanted, refused=refused)
    factors.note_use(factor, at=timezone.now())
    begin(request, factor.user, wanted=who.wanted if who else wanted)
    go_on(request, proven_at=timezone.now().isoformat())
    return _next(request)


@require_http_methods(PAGE)
def choose_house(request: HttpRequest) -> HttpResponse:
    """One house is open at a time; who works in several chooses (FOUNDATION 1)."""
    who = underway(request)
    if who is None or who.proven_at is None:
        return redirect("sign_in")
    places = reads.places_of(who.user)
    if request.method == "POST":
        chosen = next((one for one in places if str(one.pk) == request.POST.get("membership")), None)
        if chosen is None:
            raise Http404
        return _enter(request, chosen, who)
    return render(request, "accounts/choose_house.html", {"places": places})


@require_http_methods(PAGE)
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: a look shows a button, and only the press uses it up (PROMISES 2.22)."""
    try:
        if request.method != "POST":
            found = actions.invitation_for(token, at=timezone.now())
            return render(request, "accounts/link.html", {"invitation": found})
        used = actions.use_invitation(token=token, at=timezone.now())
    except actions.LinkIsOver:
        return render(request, "accounts/link_over.html", status=404)
    remember_link(request, used)
    is_new = not used.membership.user.has_usable_password()
    asks_password = used.purpose == InvitationPurpose.PASSWORD or is_new
    return redirect("choose_password" if asks_password else "sign_in")


@require_http_methods(PAGE)
def choose_password(request: HttpRequest) -> HttpResponse:
    """For who has used a link that allows it: to begin, or because the old one is lost."""
    used = link_of(request)
    if used is None or not _may_choose(used.member.user, used.purpose):
        return redirect("sign_in")
    user = used.member.user
    form = NewPasswordForm(request.POST or None, user=user)
    if not form.is_valid():
        page = {"form": form, "email": user.email}
        return render(request, "accounts/choose_password.html", page, status=422 if form.is_bound else 200)
    actions.choose_password(user=user, password=form.cleaned_data["new"], at=timezone.now())
    begin(request, user, wanted=AFTER_ENTERING)
    return _next(request)


@require_http_methods(PAGE)
def first_codes(request: HttpRequest) -> HttpResponse:
    """The codes for paper, shown until their owner says that they are kept."""
    who = underway(request)
    if who is None or who.proven_at is None or not who.codes:
        return redirect("sign_in")
    if request.method == "POST":
        go_on(request, codes=[])
        return _next(request)
    return render(request, "accounts/codes.html", {"codes": who.codes, "is_on_the_way_in": True})


@require_safe
def no_place(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/no_place.html", status=403)


def _next(request: HttpRequest) -> HttpResponse:
    """Where somebody on the way in goes now."""
    who = underway(request)
    if who is None:
        return redirect("sign_in")
    if who.proven_at is None:
        if factors.has_factor(who.user):
            return redirect("second")
        return redirect("enrol" if who.may_enrol() else "no_place")
    if who.codes:
        return redirect("first_codes")
    if who.link and who.link.purpose is InvitationPurpose.JOIN:
        actions.begin_in_house(member=who.link.member, at=timezone.now())
        return _enter(request, who.link.member, who)
    places = reads.places_of(who.user)
    if not places:
        return redirect("no_place")
    return _enter(request, places[0], who) if len(places) == 1 else redirect("choose_house")


def _enter(request: HttpRequest, member: Membership, who: Underway) -> HttpResponse:
    enter(request, member, proven_at=who.proven_at)
    return redirect(who.wanted)


def _with_password(address: str, password: str) -> User | None:
    """The person this password is right for. An unknown address costs as much as a known one."""
    user = User.objects.filter(email__iexact=address, is_active=True).first()
    if user is None or not user.has_usable_password():
        make_password(password)
        return None
    return user if user.check_password(password) else None


def _may_choose(user: User, purpose: InvitationPurpose) -> bool:
    is_new = purpose is InvitationPurpose.JOIN and not user.has_usable_password()
    return is_new or purpose is InvitationPurpose.PASSWORD


def _sign_in_page(request: HttpRequest, form: SignInForm, wanted: str, *, refused: str = "") -> HttpResponse:
    page = {"form": form, "next": wanted, "refused": refused}
    return render(request, "accounts/sign_in.html", page, status=422 if form.is_bound or refused else 200)


def _too_often(
    request: HttpRequest, form: CodeForm | SignInForm, wanted: str, page: str = ""
) -> HttpResponse:
    """The same for known and unknown accounts."""
    log.warning("sign-in refused: too many tries")
    form.add_error(None, _("Der er prøvet for mange gange. Vent et kvarter, eller brug en adgangsnøgle."))
    told = {"form": form, "next": wanted}
    return render(request, page or "accounts/sign_in.html", told, status=429)
