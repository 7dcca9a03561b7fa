from django.urls import path

from brobygger.accounts.views import enrolling, entrance, members, own_access, rights, signing_in

urlpatterns = [
    path("ind/", entrance.entrance, name="entrance"),
    path("ind/post/<str:address>/", entrance.mailbox, name="mailbox"),
    path("ud/", entrance.sign_out, name="sign_out"),
    path("ind/konto/", signing_in.sign_in, name="sign_in"),
    path("ind/kode/", signing_in.second, name="second"),
    path("ind/noegle/", signing_in.passkey, name="passkey"),
    path("ind/noegle/spoerg/", signing_in.passkey_question, name="passkey_question"),
    path("ind/hus/", signing_in.choose_house, name="choose_house"),
    path("ind/ingen-plads/", signing_in.no_place, name="no_place"),
    path("ind/link/<str:token>/", signing_in.link, name="link"),
    path("ind/adgangskode/", signing_in.choose_password, name="choose_password"),
    path("ind/reservekoder/", signing_in.first_codes, name="first_codes"),
    path("ind/bevis/", enrolling.enrol, name="enrol"),
    path("ind/bevis/noegle/", enrolling.passkey, name="enrol_passkey"),
    path("ind/bevis/noegle/spoerg/", enrolling.passkey_question, name="enrol_passkey_question"),
    path("ind/igen/", own_access.again, name="again"),
    path("min-adgang/", own_access.show, name="own_access"),
    path("min-adgang/adgangskode/", own_access.change_password, name="change_password"),
    path("min-adgang/reservekoder/", own_access.codes, name="new_codes"),
    path("min-adgang/bevis/<uuid:factor_id>/luk/", own_access.end_factor, name="end_factor"),
    path("min-adgang/inde/<uuid:stay_id>/luk/", own_access.end_session, name="end_session"),
    path("min-adgang/hus/", own_access.switch_house, name="switch_house"),
    path("holdet/", members.team, name="team"),
    path("holdet/ny/", members.invite, name="invite"),
    path("holdet/<uuid:membership_id>/adgangskode/", members.renew_password, name="renew_password"),
    path("holdet/<uuid:membership_id>/bevis/", members.renew_factor, name="renew_factor"),
    path("holdet/<uuid:membership_id>/luk/", members.deactivate, name="deactivate"),
    path("rettigheder/", rights.matrix, name="rights"),
]
