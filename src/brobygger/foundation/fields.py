"""Fields the house shares."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy

from brobygger.engine.words import Term


class TermField(models.CharField):  # type: ignore[type-arg]
    """A CharField whose choices are the members of one house term."""

    def __init__(self, terms: type[Term] | None = None, **options: Any) -> None:
        if terms is not None:
            options |= {"max_length": 40, "choices": [(t.value, gettext_lazy(t.label)) for t in terms]}
        super().__init__(**options)

    def deconstruct(self) -> Any:
        """Labels are words, not schema: a new wording must not ask for a migration."""
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("choices", None)
        return name, path, args, kwargs


class Stale(Exception):
    """Somebody saved a newer version. Carries what stands there now, so that both can be shown."""

    def __init__(self, current: models.Model) -> None:
        super().__init__(f"{current._meta.label} {current.pk} has a newer version")
        self.current = current


def save_seen(row: models.Model, *, seen: int, **changes: Any) -> None:
    """Save `changes` if the row still has the version that was seen; otherwise raise `Stale`.

    The comparison is part of the UPDATE itself, so two savers can never both win.
    """
    manager = type(row)._default_manager
    done = manager.filter(pk=row.pk, version=seen).update(version=models.F("version") + 1, **changes)
    if not done:
        raise Stale(manager.get(pk=row.pk))
    row.refresh_from_db()
