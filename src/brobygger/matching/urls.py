from django.urls import path

from brobygger.matching import views

app_name = "matching"

urlpatterns = [
    path("forslag/regnemaade/", views.explain_order, name="order"),
    path("forslag/til/<uuid:offer_id>/", views.whom_it_fits, name="whom"),
    path("forslag/moede/<uuid:partner_id>/", views.whom_to_meet, name="meet"),
    path("med/<str:language>/<uuid:offer_id>/", views.hand_over, name="hand_over"),
    path("forslag/<uuid:need_id>/", views.show_suggestions, name="suggestions"),
    path("forslag/<uuid:need_id>/set/", views.see_news, name="news_seen"),
    path("forslag/<uuid:need_id>/andet/", views.choose_other, name="other"),
]
