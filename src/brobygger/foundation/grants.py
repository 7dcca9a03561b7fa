"""What the run-time role may do with each table: the least that works, written after every migration."""

from django.apps import apps
from django.db import connection

USUAL = ("SELECT", "INSERT", "UPDATE")
GUESTS = {
    # Other people's tables hold no resident; sessions and jobs come and go.
    "sessions": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    "procrastinate": ("SELECT", "INSERT", "UPDATE", "DELETE"),
    "auth": ("SELECT",),
    "contenttypes": ("SELECT",),
}


def rights() -> dict[str, tuple[str, ...]]:
    """Table -> verbs, from the models (`app_may`) and the short list of guests."""
    found: dict[str, tuple[str, ...]] = {"django_migrations": ("SELECT",)}
    for model in apps.get_models(include_auto_created=True):
        verbs: tuple[str, ...] = GUESTS.get(model._meta.app_label, getattr(model, "app_may", USUAL))
        if columns := getattr(model, "may_be_emptied", ()):
            verbs = (*verbs, f"UPDATE ({', '.join(columns)})")
        found[model._meta.db_table] = verbs
    return found


def of(table: str) -> tuple[str, ...]:
    """The verbs of one table; () if nobody has declared it. procrastinate has more tables than models."""
    if table.startswith("procrastinate_"):
        return GUESTS["procrastinate"]
    return rights().get(table, ())


def apply(role: str) -> None:
    """Run as the owner. Everything is taken away first, so that a right dropped in code is dropped here.

    Also from PUBLIC: a right that everybody has is a right that nobody reads in this list.
    """
    quote = connection.ops.quote_name
    to = quote(role)
    with connection.cursor() as cursor:
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {to}, PUBLIC")
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {to}")
        cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {to}")
        cursor.execute(f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {to}")
        for table in connection.introspection.table_names(cursor):
            if verbs := of(table):
                cursor.execute(f"GRANT {', '.join(verbs)} ON {quote(table)} TO {to}")
