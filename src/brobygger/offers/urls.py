from django.urls import path

from brobygger.offers import views

app_name = "offers"

urlpatterns = [
    path("", views.find_offers, name="list"),
    path("<uuid:offer_id>/", views.show_offer, name="one"),
]
