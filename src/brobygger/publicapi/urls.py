from django.urls import path

from brobygger.publicapi import views
from brobygger.publicapi.rules import COLLECTIONS

app_name = "publicapi"

FEED = "api/hsds/v3/"

urlpatterns = [
    path("aabne-data/", views.open_data, name="open_data"),
    path("aabne-data/profil/", views.about_profile, name="profile"),
    path(FEED, views.about, name="about"),
    path(f"{FEED}openapi.json", views.openapi, name="openapi"),
    path(f"{FEED}profile.json", views.profile, name="profile_json"),
    path(f"{FEED}schema/<str:name>.json", views.schema, name="schema"),
    *(path(f"{FEED}{of}", views.listing, {"of": of}, name=of) for of in COLLECTIONS),
    *(path(f"{FEED}{of}/<str:key>", views.one, {"of": of}, name=f"one_of_{of}") for of in COLLECTIONS),
    path("api/<path:rest>", views.nothing, name="nothing"),
]
