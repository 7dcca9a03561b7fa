from django.urls import path

from brobygger.bridging.views import answering, building, noting, taking_back

app_name = "bridging"
urlpatterns = [
    path("broer/", building.bridges, name="list"),
    path("broer/ny/", building.build, name="new"),
    path("broer/<uuid:bridge_id>/", building.bridge, name="one"),
    path("broer/<uuid:bridge_id>/samtykke/", building.consent, name="consent"),
    path("broer/<uuid:bridge_id>/vej-ind/", building.way_in, name="way_in"),
    path("broer/<uuid:bridge_id>/send/", building.send, name="send"),
    path("broer/<uuid:bridge_id>/traek-tilbage/", building.withdraw, name="withdraw"),
    path("broer/<uuid:bridge_id>/fortalt/", noting.told, name="told"),
    path("beboere/<uuid:resident_id>/samtykke/", taking_back.take_back, name="take_back"),
    path("taget-tilbage/", taking_back.word, name="word"),
    path("svar/<str:token>/", answering.cover, name="cover"),
    path("svar/<str:token>/vis/", answering.show, name="show"),
    path("svar/<str:token>/svar/", answering.answer, name="answer"),
]
