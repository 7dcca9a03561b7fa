"""Run in a process of its own with Django: `python -m brobygger.site.commands.prepare tables|sample KIND`.

`tables` as the owner: migrations, rights, the founding row. `sample` as the application: the sample estate.
"""

import sys

import django


def tables(kind: str, role: str, fingerprint: str) -> int:
    """Bring tables and rights up to this version of the program. 4 if the database is of another kind."""
    from django.core.management import call_command

    from brobygger.foundation import grants, installation

    call_command("migrate", interactive=False, verbosity=0)
    installation.found(kind)
    if installation.kind() != kind:
        return 4
    grants.apply(role)
    installation.Installation.objects.update(migrated=fingerprint)
    return 0


def sample() -> int:
    """Build the sample estate of the demo, once."""
    from brobygger.site import sample as estate

    estate.build()
    return 0


if __name__ == "__main__":
    django.setup()
    what, *rest = sys.argv[1:]
    raise SystemExit(tables(*rest) if what == "tables" else sample())
