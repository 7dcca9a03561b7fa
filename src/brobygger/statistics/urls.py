from django.urls import path

from brobygger.statistics import views

app_name = "statistics"

urlpatterns = [
    path("mangler/", views.show_gaps, name="gaps"),
    path("mangler/mangler.csv", views.export_gaps, name="gaps_file"),
    path("nej/", views.show_why_nots, name="why_nots"),
    path("brug/<uuid:offer_id>/", views.show_demand, name="demand"),
    path("brug/<str:token>/<uuid:offer_id>/", views.show_demand_by_link, name="demand_by_link"),
    path("mangler/<str:by>/<str:group>/", views.show_behind, name="behind"),
]
