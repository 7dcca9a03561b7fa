from django.urls import path

from brobygger.bridging import answer_pages, views

app_name = "bridging"
urlpatterns = [
    path("broer/", views.bridges, name="list"),
    path("broer/ny/", views.build, name="new"),
    path("broer/<uuid:bridge_id>/", views.bridge, name="one"),
    path("broer/<uuid:bridge_id>/samtykke/", views.consent, name="consent"),
    path("broer/<uuid:bridge_id>/vej-ind/", views.way_in, name="way_in"),
    path("broer/<uuid:bridge_id>/send/", views.send, name="send"),
    path("broer/<uuid:bridge_id>/traek-tilbage/", views.withdraw, name="withdraw"),
    path("svar/<str:token>/", answer_pages.cover, name="cover"),
    path("svar/<str:token>/vis/", answer_pages.show, name="show"),
    path("svar/<str:token>/svar/", answer_pages.answer, name="answer"),
]
