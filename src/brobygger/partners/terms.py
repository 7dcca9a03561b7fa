from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _


class OrganisationKind(Term):
    HOUSE = "house", _("boligsocial helhedsplan")
    HOUSING_ORGANISATION = "housing_organisation", _("almen boligorganisation")
    MUNICIPALITY = "municipality", _("kommune")
    REGION = "region", _("region")
    STATE = "state", _("ministerium eller styrelse")
    SCHOOL = "school", _("skole")
    LEISURE = "leisure", _("fritidsinstitution")
    HEALTH = "health", _("sundhedstilbud")
    ASSOCIATION = "association", _("forening")
    CHARITY = "charity", _("hjælpeorganisation")
    DROP_IN_CENTRE = "drop_in_centre", _("værested")
    LIBRARY = "library", _("bibliotek")
    LEGAL_AID = "legal_aid", _("retshjælp")
    OTHER = "other", _("andet")


class ContactChannel(Term):
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("sms")
    PHONE = "phone", _("kun telefon")
    PAPER = "paper", _("kun brev")


# On these an answer link can travel; the others are asked by a person.
CARRIES_LINKS = frozenset({ContactChannel.EMAIL, ContactChannel.SMS})
