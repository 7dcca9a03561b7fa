from django.urls import path

from brobygger.partners import views

app_name = "partners"

urlpatterns = [
    path("partnere/", views.find_partners, name="list"),
    path("partnere/<uuid:partner_id>/", views.show_partner, name="one"),
    path("partnerskaber/", views.show_partnerships, name="partnerships"),
]
