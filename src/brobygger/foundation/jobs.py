"""Jobs are asked for by name, so that an action need not import jobs.py.

A job is stored in the same transaction as the act: rolled back, it never was. It carries ids only,
never personal data, and opens its own scope.
"""

from datetime import datetime

from procrastinate.contrib.django import app

job = app.task
periodic = app.periodic


def later(name: str, *, at: datetime | None = None, **ids: str) -> None:
    """Ask for the job `name` now or at a moment. An unknown name raises."""
    app.configure_task(name, allow_unknown=False, schedule_at=at).defer(**ids)
