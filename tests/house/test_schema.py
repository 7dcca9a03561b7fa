"""What the models say is what the migrations make, and migrations can be taken back."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import RunPython, RunSQL


@pytest.mark.django_db
def test_the_models_equal_the_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_hand_written_migration_can_be_taken_back_and_says_why():
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("brobygger.")}
    by_hand = {
        f"{label}.{name}": migration
        for (label, name), migration in MigrationLoader(connection).disk_migrations.items()
        if label in ours and any(isinstance(one, RunSQL | RunPython) for one in migration.operations)
    }
    silent = [name for name, one in by_hand.items() if not (_doc(one) or "").startswith("0")]
    one_way = [name for name, one in by_hand.items() for step in one.operations if not step.reversible]

    assert by_hand
    assert (silent, one_way) == ([], [])


def _doc(migration: object) -> str | None:
    import sys

    return sys.modules[type(migration).__module__].__doc__
