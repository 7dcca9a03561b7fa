from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from brobygger.partners.reads import Named


class OutsideForm(forms.Form):
    """Something no directory lists, at an organisation we know. Sent with GET; the next press signs it."""

    titel = forms.CharField(label=_("Hvad er det?"), max_length=200)
    hos = forms.ChoiceField(label=_("Hos hvem?"))

    def __init__(self, *args: Any, partners: Sequence[Named], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {str(partner.partner_id): partner.name for partner in partners}
        self.fields["hos"].choices = [("", _("vælg")), *self.names.items()]  # type: ignore[attr-defined]

    @property
    def partner_id(self) -> UUID:
        return UUID(self.cleaned_data["hos"])

    @property
    def partner(self) -> str:
        return self.names[self.cleaned_data["hos"]]
