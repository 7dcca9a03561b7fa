from django.urls import path

from brobygger.bridging.views import answering, asking, building, noting, taking_back, triage

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
    path("forespoergsler/", triage.asks, name="asks"),
    path("forespoergsler/<uuid:ask_id>/", triage.one, name="ask"),
    path("forespoergsler/<uuid:ask_id>/svar/", triage.answer, name="ask_answer"),
    path("forespoergsler/<uuid:ask_id>/tag-imod/", triage.take_on, name="ask_take_on"),
    path("forespoergsler/<uuid:ask_id>/nej/", triage.decline, name="ask_decline"),
    path("forespoergsler/<uuid:ask_id>/kontakt/", triage.contact, name="ask_contact"),
    path("forespoergsler/<uuid:ask_id>/ja-tak/", triage.said_yes, name="ask_yes"),
    path("forespoergsler/<uuid:ask_id>/nej-tak/", triage.said_no, name="ask_no"),
    path("forespoergsler/<uuid:ask_id>/stop/", triage.give_up, name="ask_give_up"),
    path("forespoergsler/<uuid:ask_id>/maa-fortaelle/", triage.may_tell, name="ask_may_tell"),
    path("partnere/<uuid:partner_id>/spoergelink/", triage.ask_links, name="ask_links"),
    path("spoerg/<str:token>/", asking.cover, name="ask_cover"),
    path("spoerg/<str:token>/vis/", asking.show, name="ask_show"),
    path("spoerg/<str:token>/send/", asking.ask, name="ask_send"),
    path("svar/<str:token>/", answering.cover, name="cover"),
    path("svar/<str:token>/vis/", answering.show, name="show"),
    path("svar/<str:token>/svar/", answering.answer, name="answer"),
]
