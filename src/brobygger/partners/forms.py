from django import forms
from django.utils.translation import gettext_lazy as _

from brobygger.partners.terms import OrganisationKind

ALL = ("", _("alle"))
KINDS = [(kind.value, _(kind.label)) for kind in OrganisationKind]


class FindPartnerForm(forms.Form):
    """Sent with GET, so that a search can be kept and passed on."""

    q = forms.CharField(label=_("Navn"), max_length=200, required=False)
    slags = forms.ChoiceField(label=_("Slags"), choices=[ALL, *KINDS], required=False)

    def kind(self) -> OrganisationKind | None:
        said = self.cleaned_data.get("slags")
        return OrganisationKind(said) if said else None
