"""What is asked at the door. Nothing is stripped from a password, and pasting one is welcome."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as lazy

from brobygger.accounts.models import User
from brobygger.accounts.terms import Role


class DoorForm(forms.Form):
    use_required_attribute = False


def password_field(label: Any, *, autocomplete: str, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": lazy("Skriv adgangskoden."),
            "max_length": lazy("Den er for lang. Der er plads til 500 tegn."),
        },
        **options,
    )


def address_field(label: Any, **attrs: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        max_length=254,
        widget=forms.EmailInput(attrs=attrs),
        error_messages={
            "required": lazy("Skriv e-mailadressen."),
            "invalid": lazy("Der mangler noget i adressen, for eksempel @ eller punktum."),
        },
    )


class SignInForm(DoorForm):
    email = address_field(lazy("E-mail"), autocomplete="username", autocapitalize="none", spellcheck="false")
    password = password_field(lazy("Adgangskode"), autocomplete="current-password")


class CodeForm(DoorForm):
    code = forms.CharField(
        label=lazy("Kode"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
        error_messages={"required": lazy("Skriv koden fra telefonen, eller en af dine reservekoder.")},
    )


class FirstCodeForm(CodeForm):
    """The code that shows that an app has taken the seed."""

    name = forms.CharField(
        label=lazy("Hvad skal vi kalde den?"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=lazy("For eksempel: min arbejdstelefon."),
    )


class NewPasswordForm(DoorForm):
    new = password_field(
        lazy("Ny adgangskode"),
        autocomplete="new-password",
        help_text=lazy(
            "Mindst 15 tegn. Flere ord efter hinanden er gode. Du må gerne sætte ind fra en huskeboks."
        ),
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        validate_password(new, self.user)
        return new


class ChangePasswordForm(NewPasswordForm):
    """The present password too, so that an open screen is not enough (ASVS 6.2.3)."""

    field_order = ("present", "new")

    present = password_field(lazy("Den, du har nu"), autocomplete="current-password")


class InviteForm(DoorForm):
    name = forms.CharField(
        label=lazy("Navn"),
        max_length=120,
        error_messages={"required": lazy("Skriv navnet, som det skal stå for kolleger.")},
    )
    email = address_field(lazy("E-mail"), autocomplete="off")
    role = forms.ChoiceField(
        label=lazy("Rolle"),
        choices=[(role.value, lazy(role.label)) for role in Role],
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Vælg, hvad personen skal kunne.")},
    )
