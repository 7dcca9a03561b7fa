"""The pages behind a partner's listing link."""

from django.urls import path

from brobygger.offers import desk_views

app_name = "listing"

urlpatterns = [
    path("", desk_views.listed, name="list"),
    path("nyt/", desk_views.listed_new, name="new"),
    path("<uuid:offer_id>/", desk_views.listed_offer, name="offer"),
    path("<uuid:offer_id>/historik/", desk_views.listed_history, name="history"),
    path("<uuid:offer_id>/<slug:part>/", desk_views.listed_part, name="part"),
]
