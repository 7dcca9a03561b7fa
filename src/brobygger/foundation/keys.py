"""The installation's own secret, kept in its home, readable by nobody else."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """Read `home/secret-key`, or make it. Two processes that start together agree on one key."""
    file = home / "secret-key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        with os.fdopen(handle, "w") as opened:
            opened.write(secrets.token_urlsafe(48))
    return file.read_text().strip()
