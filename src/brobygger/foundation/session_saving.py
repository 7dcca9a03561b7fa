"""Saving what a browser's session holds, when the database may just have gone away."""

from typing import Any

from django.contrib.sessions.exceptions import SessionInterrupted
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest


class SteadySessionMiddleware(SessionMiddleware):
    """Django takes a session that cannot be saved for one that was ended, and blames the reader (400).

    While the database is starting again it is our fault, and trying again helps: then it is told as that.
    """

    def process_response(self, request: HttpRequest, response: Any) -> Any:
        try:
            return super().process_response(request, response)
        except SessionInterrupted as interrupted:
            unsaved = interrupted.__context__
            cause = unsaved.__context__ if unsaved is not None else None
            if isinstance(cause, OperationalError | InterfaceError):
                raise cause from None
            raise
