"""A press that is repeated counts once: idempotency keys (PROMISES 2.7).

The key, the fingerprint of what was sent and the answer stand in the transaction of the act itself.
Two presses at the same moment: the unique key makes the second wait for the first, and then it gets
the first one's answer. The same key with another body is refused.
"""

import hashlib
from collections.abc import Callable
from uuid import UUID, uuid4

from django.db import connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from brobygger.foundation.scope import OrganisationScoped, current

FORGOTTEN = 410  # what stands as the status of an answer that was emptied
KEPT = "is_kept"  # on an answer: what it wrote stays, though it is a refusal
NOT_PART_OF_THE_BODY = {"once", "csrfmiddlewaretoken"}


class OnceRow(OrganisationScoped):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    location = models.TextField(default="")
    body = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        app_label = "foundation"
        indexes = [models.Index(name="once_by_age", fields=["organisation_id", "at"])]


def fingerprint(request: HttpRequest) -> str:
    """A digest of who presses, address, fields and files; so a key is good for the one who was given it.

    Files are read whole: they are small by the upload limit.
    """
    digest = hashlib.sha256(f"{current().member}\0{request.get_full_path()}".encode())
    for name in sorted(set(request.POST) - NOT_PART_OF_THE_BODY):
        for value in request.POST.getlist(name):
            digest.update(f"\0{name}\1{value}".encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            digest.update(f"\0{name}\2{upload.name}\3".encode() + b"".join(upload.chunks()))
            upload.seek(0)
    return digest.hexdigest()


def answer_once(
    request: HttpRequest, key: UUID, act: Callable[[], HttpResponse], *, same: str = ""
) -> HttpResponse:
    """Run `act` in a savepoint the first time; later give the first answer. Needs an open scope.

    An answer of 400 or more is a refusal: everything `act` wrote is undone and the key is free again,
    unless the answer says that it was `kept`.
    `same` replaces the fingerprint where the key already says what is asked (answer links).
    """
    body = same or fingerprint(request)
    with transaction.atomic():
        if not _claim(key, body):
            return _first_answer(request, key, body)
        response = act()
        if response.status_code >= 400 and not getattr(response, KEPT, False):
            transaction.set_rollback(True)
        else:
            _keep(key, response)
    return response


def kept(response: HttpResponse) -> HttpResponse:
    """A refusal that writes something all the same, such as the text that could not be saved."""
    setattr(response, KEPT, True)
    return response


def _claim(key: UUID, body: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foundation_oncerow (id, fingerprint, status, location, body, at)"
            " VALUES (%s, %s, 0, '', '', %s) ON CONFLICT DO NOTHING",
            [key, body, timezone.now()],
        )
        return bool(cursor.rowcount)


def _keep(key: UUID, response: HttpResponse) -> None:
    is_page = not response.has_header("Location")
    OnceRow.objects.filter(pk=key).update(
        status=response.status_code,
        location=response.get("Location", ""),
        body=response.content.decode() if is_page else "",
    )


def answer_of(key: UUID) -> HttpResponse | None:
    """The answer once given to a key, or None if there is none, or it has been forgotten."""
    row = OnceRow.objects.filter(pk=key).exclude(status=FORGOTTEN).first()
    return _again(row) if row else None


def _first_answer(request: HttpRequest, key: UUID, body: str) -> HttpResponse:
    row = OnceRow.objects.filter(pk=key).first()
    if row is None or row.fingerprint != body:  # another house's key looks exactly like a changed body
        return render(request, "409_once.html", status=422)
    return _again(row)


def _again(row: OnceRow) -> HttpResponse:
    response = HttpResponse(row.body, status=row.status)
    if row.location:
        response["Location"] = row.location
    return response


class OnceMiddleware:
    """Asks every POST of a signed-in member for its key."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or current().organisation is None or _is_exempt(request):
            return self.get_response(request)
        try:
            key = UUID(request.POST.get("once") or request.headers.get("Idempotency-Key", ""))
        except ValueError:
            return render(request, "400_once.html", status=400)
        return answer_once(request, key, lambda: self.get_response(request))


# The language of the page, entering and leaving change no record, and the open feed is only read; the links
# of partners and residents ask for their keys themselves, in the scope of the house that gave them
# (`bridging.views`).
EXEMPT = ("/sprog/", "/ind/", "/ud/", "/svar/", "/spoerg/", "/min/", "/jeres-tilbud/", "/forlad/", "/api/")


def _is_exempt(request: HttpRequest) -> bool:
    return request.path.startswith(EXEMPT)
