from django.urls import path

from brobygger.accounts import views

urlpatterns = [
    path("ind/", views.entrance, name="entrance"),
    path("ind/post/<str:address>/", views.mailbox, name="mailbox"),
    path("ud/", views.sign_out, name="sign_out"),
]
