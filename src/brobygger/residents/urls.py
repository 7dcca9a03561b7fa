from django.urls import path

from brobygger.residents import views

app_name = "residents"
urlpatterns = [
    path("beboere/", views.all_mine, name="list"),
    path("beboere/ny/", views.new, name="new"),
    path("beboere/<uuid:resident_id>/", views.one, name="one"),
    path("beboere/<uuid:resident_id>/ret/", views.change, name="change"),
    path("beboere/<uuid:resident_id>/notat/", views.note, name="note"),
    path("beboere/<uuid:resident_id>/behov/nyt/", views.new_need, name="need_new"),
    path("behov/<uuid:need_id>/ret/", views.change_need, name="need_change"),
    path("behov/<uuid:need_id>/luk/", views.close_need, name="need_close"),
    path("notat/", views.note_any, name="note_any"),
    path("skrivetid/", views.writing, name="writing"),
]
