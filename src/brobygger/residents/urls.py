from django.urls import path

from brobygger.residents.views import correcting, looking, people

app_name = "residents"
urlpatterns = [
    path("beboere/", people.all_mine, name="list"),
    path("beboere/ny/", people.new, name="new"),
    path("beboere/<uuid:resident_id>/", people.one, name="one"),
    path("beboere/<uuid:resident_id>/ret/", people.change, name="change"),
    path("beboere/<uuid:resident_id>/notat/", people.note, name="note"),
    path("beboere/<uuid:resident_id>/behov/nyt/", people.new_need, name="need_new"),
    path("behov/<uuid:need_id>/ret/", people.change_need, name="need_change"),
    path("behov/<uuid:need_id>/luk/", people.close_need, name="need_close"),
    path("beboere/<uuid:resident_id>/skriver/", correcting.writers, name="writers"),
    path("beboere/<uuid:resident_id>/tidligere/", correcting.former_texts, name="former"),
    path("notat/<uuid:note_id>/ret/", correcting.correct_note, name="note_correct"),
    path("notat/", people.note_any, name="note_any"),
    path("opslag/", looking.unexplained, name="looks"),
    path("skrivetid/", people.writing, name="writing"),
]
