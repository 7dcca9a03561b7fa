"""Two people have written at once: what stands there now, beside what one wanted to save (RES-05)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _

FREE_TEXTS = frozenset(
    {
        "text",
        "next_step",
        "reach_rules",
        "description",
        "eligibility_description",
        "application_process",
        "fees_description",
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One field on which the two disagree, both as people read them; `both` where the two fit together."""

    name: str
    label: str
    now: str
    mine: str
    both: str = ""


def differences(
    form: forms.Form, stands: Mapping[str, Any], *, leave_out: Iterable[str] = ()
) -> list[Difference]:
    """The fields of a bound form whose answers differ from what stands in the database now."""
    skipped = set(leave_out)
    return [
        Difference(
            name,
            str(form[name].label),
            _shown(form, name, stands.get(name)),
            _shown(form, name, form[name].value()),
            both(form, name, stands.get(name), form[name].value()),
        )
        for name, field in form.fields.items()
        if name not in skipped and field.has_changed(stands.get(name), form[name].data)
    ]


def kept_as_it_stands(form: forms.Form) -> set[str]:
    """The fields for which the answer was: let that stand which another has written."""
    return {name for name in form.fields if form.data.get(f"keep_{name}") == "now"}


def with_both(form: forms.Form, stands: Mapping[str, Any]) -> dict[str, str]:
    """The fields for which the answer was: let both stand, one after the other."""
    return {
        name: both(form, name, stands.get(name), form.cleaned_data[name])
        for name in form.fields
        if form.data.get(f"keep_{name}") == "both"
        and both(form, name, stands.get(name), form.cleaned_data[name])
    }


def both(form: forms.Form, name: str, now: Any, mine: Any) -> str:
    """Both texts together, ours last; empty where they do not fit or the field is no free text."""
    field = form.fields[name]
    if name not in FREE_TEXTS or not isinstance(field, forms.CharField) or not now or not mine:
        return ""
    between = "\n\n" if isinstance(field.widget, forms.Textarea) else " / "
    text = f"{now}{between}{mine}"
    return text if len(text) <= (field.max_length or 0) else ""


def _shown(form: forms.Form, name: str, value: Any) -> str:
    """A value in words: labels for choices, one after another where there are several."""
    if value in (None, "", []):
        return _("ikke udfyldt")
    field = form.fields[name]
    if isinstance(field, forms.DateField):
        return date_format(value if isinstance(value, date) else date.fromisoformat(value), _("j. F Y"))
    if isinstance(field, forms.BooleanField):
        return _("ja") if value in (True, "True", "on") else _("nej")
    values = [str(one) for one in (value if isinstance(value, list | tuple) else [value])]
    choices = getattr(field, "choices", None)
    if choices is None:
        return ", ".join(values)
    labels = {str(code): label for code, label in choices}
    return ", ".join(str(labels.get(one, one)) for one in values)
