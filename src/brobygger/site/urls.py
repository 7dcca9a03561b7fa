"""Every address of the house, in Danish. A room's own addresses stand in its own `urls.py`."""

from django.urls import include, path

from brobygger.foundation import gallery, leaving
from brobygger.site import views

urlpatterns = [
    path("", views.front, name="front"),
    path("i-dag/", views.today, name="today"),
    path("sprog/", views.language, name="language"),
    path("forlad/", leaving.leave, name="leave"),
    path("tilgaengelighed/", views.accessibility, name="accessibility"),
    path("om-data/", views.about_data, name="about_data"),
    path("house/parts/", gallery.parts, name="parts"),
    path("", include("brobygger.accounts.urls")),
    path("", include("brobygger.residents.urls")),
    path("", include("brobygger.matching.urls")),
    path("", include("brobygger.bridging.urls")),
    path("tal/", include("brobygger.statistics.urls")),
    path("tilbud/", include("brobygger.offers.urls")),
    path("jeres-tilbud/<str:token>/", include("brobygger.offers.listing_urls")),
    path("", include("brobygger.partners.urls")),
    path("", include("brobygger.publicapi.urls")),
]
handler400 = "brobygger.foundation.errors.bad_request"
handler403 = "brobygger.foundation.errors.forbidden"
handler404 = "brobygger.foundation.errors.not_found"
handler500 = "brobygger.foundation.errors.server_error"
