"""Where somebody goes back to after signing in or changing language: only ever to a page of ours."""

from django.utils.http import url_has_allowed_host_and_scheme


def way_back(wanted: str | None, *, otherwise: str) -> str:
    r"""The path that was asked for, if it is a path on this host; anything else leads to `otherwise`.

    >>> way_back("/beboere/?q=inger", otherwise="/")
    '/beboere/?q=inger'
    >>> [way_back(bad, otherwise="/") for bad in ("//evil.example", "https://evil", "/\\evil.example")]
    ['/', '/', '/']
    """
    if wanted and wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return otherwise
