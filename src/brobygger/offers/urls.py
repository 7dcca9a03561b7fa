from django.urls import path

from brobygger.offers import desk_views, double_views, import_views, steward_views, views

app_name = "offers"

urlpatterns = [
    path("", views.find_offers, name="list"),
    path("kort/", views.map_offers, name="map"),
    path("behov/", views.show_needs, name="needs"),
    path("behov.csv", views.needs_file, name="needs_file"),
    path("<uuid:offer_id>/", views.show_offer, name="one"),
    path("<uuid:offer_id>/kalender.ics", views.calendar_file, name="calendar"),
    path("afklaring/", steward_views.tasks, name="tasks"),
    path("vores/", desk_views.own_list, name="own_list"),
    path("nyt/", desk_views.own_new, name="own_new"),
    path("<uuid:offer_id>/ret/", desk_views.own_offer, name="own_offer"),
    path("<uuid:offer_id>/ret/<slug:part>/", desk_views.own_part, name="own_part"),
    path("<uuid:offer_id>/historik/", desk_views.own_history, name="own_history"),
    path("kataloglink/<uuid:partner_id>/", desk_views.listing_links, name="listing_links"),
    path("ens/", double_views.list_doubles, name="doubles"),
    path("ens/saml/", double_views.merge, name="doubles_merge"),
    path("ens/hver-sit/", double_views.keep_apart, name="doubles_apart"),
    path("ens/skil/", double_views.take_back, name="doubles_back"),
    path("hent/", import_views.list_imports, name="imports"),
    path("hent/<uuid:order_id>/", import_views.show_order, name="import_order"),
    path("hent/<uuid:order_id>/kolonner/", import_views.choose_columns, name="import_columns"),
    path("hent/<uuid:order_id>/tag-ind/", import_views.take_in, name="import_take"),
    path("hent/<uuid:order_id>/videre/", import_views.go_on, name="import_go_on"),
    path("hent/<uuid:order_id>/laeg-vaek/", import_views.drop, name="import_drop"),
    path("hent/<uuid:order_id>/rapport.csv", import_views.order_report, name="import_order_report"),
    path("hentet/<uuid:run_id>/", import_views.show_run, name="import_run"),
    path("hentet/<uuid:run_id>/rapport.csv", import_views.run_report, name="import_run_report"),
    path("hentet/<uuid:run_id>/fortryd/", import_views.undo, name="import_undo"),
]
