"""Pages that exist in tests only, behind the real middleware: they write, refuse, break and show persons."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.foundation import audit
from brobygger.residents.models import Resident
from brobygger.site import urls as site


@member_page
def write(request: MemberRequest) -> HttpResponse:
    """Writes first and looks afterwards, as the worst of forms would."""
    text = request.POST.get("text", "")
    made = Resident.objects.create(name=text or "tom", reach_at="døren", made_at=timezone.now())
    if text == "brag":
        raise RuntimeError(text)
    if not text:
        return HttpResponse("skriv noget", status=422)
    return redirect(f"/skrevet/{made.pk}/")


@member_page
def show(request: MemberRequest) -> HttpResponse:
    """Shows every resident of the house by name."""
    residents = list(Resident.objects.all())
    audit.saw("residents.Resident", [one.pk for one in residents])
    return HttpResponse(", ".join(one.name for one in residents))


urlpatterns = [path("skriv/", write), path("vis-alle/", show), *site.urlpatterns]
handler400, handler403, handler404, handler500 = (
    site.handler400,
    site.handler403,
    site.handler404,
    site.handler500,
)
