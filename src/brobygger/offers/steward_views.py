"""The page of what must be asked about in the directory."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.offers import stewarding
from brobygger.offers.steward_forms import ReachForm
from brobygger.offers.tasks import StewardTask, TaskKind
from brobygger.partners.terms import ContactChannel


@require_http_methods(["GET", "HEAD", "POST"])
@resident_page
def tasks(request: MemberRequest) -> HttpResponse:
    """What the house must ask about, by the day it is due. A press says that a partner has been reached."""
    wrong: dict[UUID, ReachForm] = {}
    if request.method == "POST":
        task = _task(request.POST.get("task", ""))
        form = _form(task, request.POST)
        if form.is_valid():
            told = form.cleaned_data["address"]
            stewarding.settle(task=task, address=told, by=request.member, at=timezone.now())
            messages.success(request, _("Godt. Vejen ind er bekræftet i dag."))
            return redirect("offers:tasks")
        wrong = {task.pk: form}
    rows = [
        (task, wrong.get(task.pk) or _form(task) if task.kind == TaskKind.BOUNCED else None)
        for task in stewarding.open_tasks()
    ]
    return render(request, "offers/tasks.html", {"rows": rows}, status=422 if wrong else 200)


def _form(task: StewardTask, data: object = None) -> ReachForm:
    by_mail = task.contact is not None and task.contact.channel == ContactChannel.EMAIL
    return ReachForm(data, by_mail=by_mail, auto_id=f"%s_{task.pk}")


def _task(key: str) -> StewardTask:
    try:
        found = stewarding.open_tasks().filter(pk=UUID(key), kind=TaskKind.BOUNCED).first()
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found
