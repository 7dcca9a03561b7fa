"""How a steward writes down where a partner is reached."""

from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from brobygger.offers.rules import dialled

DIGITS = 8  # of a Danish number


class ReachForm(forms.Form):
    """Where a partner is reached now. Left empty: at the old address after all."""

    address = forms.CharField(label=_("Ny adresse eller nyt nummer"), max_length=254, required=False)

    def __init__(self, *args: Any, by_mail: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].validators.append(validate_email if by_mail else validate_number)


def validate_number(text: str) -> None:
    if len(dialled(text).lstrip("+")) < DIGITS:
        raise forms.ValidationError(_("Der mangler tal i nummeret."))
