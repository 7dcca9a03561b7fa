from django.urls import path

from brobygger.offers import desk_views, history_views, views

app_name = "offers"

urlpatterns = [
    path("", views.find_offers, name="list"),
    path("kort/", views.map_offers, name="map"),
    path("<uuid:offer_id>/", views.show_offer, name="one"),
    path("<uuid:offer_id>/kalender.ics", views.calendar_file, name="calendar"),
    path("vores/", desk_views.own_list, name="own_list"),
    path("nyt/", desk_views.own_new, name="own_new"),
    path("<uuid:offer_id>/ret/", desk_views.own_offer, name="own_offer"),
    path("<uuid:offer_id>/ret/<slug:part>/", desk_views.own_part, name="own_part"),
    path("<uuid:offer_id>/historik/", history_views.history, name="history"),
    path("kataloglink/<uuid:partner_id>/", desk_views.listing_links, name="listing_links"),
]
