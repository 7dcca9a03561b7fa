"""What every answer carries, whatever it is an answer to: headers, cookies, and no more than was meant."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings as house_settings
from django.core import checks
from django.test import Client, override_settings

from brobygger.foundation import installation
from brobygger.foundation.headers import MOST_BYTES
from brobygger.foundation.installation import InstallationKind
from tests.people import Cast

SETTINGS = Path(__file__).parents[3] / "src" / "brobygger" / "site" / "settings.py"
PUBLIC = "https://bro.example.dk"
ANSWERS = {
    "a page": ("get", "/", 200),
    "a page sent elsewhere": ("get", "/beboere/", 302),
    "a page that is not there": ("get", "/findes-ikke/", 404),
    "a dead link": ("get", "/svar/findes-ikke/", 404),
    "a verb a page does not know": ("post", "/", 405),
    "a verb nobody knows": ("trace", "/", 405),
    "the way out": ("post", "/forlad/", 200),
    "a file": ("get", "/static/brobygger/site.js", 200),
    "a file that is not there": ("get", "/static/brobygger/nowhere.js", 404),
}


def asked(client: Client, verb: str, path: str) -> object:
    return getattr(client, verb)(path)


@pytest.fixture(params=ANSWERS)
def answered(request: pytest.FixtureRequest, client: Client, db: None) -> Iterator[object]:
    verb, path, status = ANSWERS[request.param]
    response = asked(client, verb, path)
    assert response.status_code == status
    yield response
    response.close()


@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "14.2.3")
def test_every_answer_carries_the_headers(answered):
    policy = answered.headers["Content-Security-Policy"].split("; ")

    assert {"default-src 'self'", "script-src 'self'", "object-src 'none'", "base-uri 'none'"} <= set(policy)
    assert "frame-ancestors 'none'" in policy
    assert not [words for words in policy if "unsafe" in words or "*" in words or "http" in words]
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert answered.headers["Referrer-Policy"] == "same-origin"
    assert answered.headers["X-Frame-Options"] == "DENY"
    assert answered.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answered.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in answered.headers["Permissions-Policy"]


@pytest.mark.asvs("3.4.2")
def test_no_answer_lets_another_site_read_it(answered):
    assert "Access-Control-Allow-Origin" not in answered.headers


@pytest.mark.asvs("14.2.2", "14.3.2")
def test_only_files_may_be_kept_by_a_cache(answered):
    is_file = answered.request["PATH_INFO"].startswith("/static/") and answered.status_code == 200

    assert answered.headers["Cache-Control"] == ("max-age=60, public" if is_file else "no-store")


@pytest.mark.asvs("4.1.1")
def test_what_has_a_body_says_what_it_is_and_in_which_letters(answered):
    body = b"".join(answered) if answered.streaming else answered.content

    assert not body or "charset=" in answered.headers["Content-Type"]


@pytest.mark.asvs("3.4.3", "3.4.4", "16.5.1")
def test_a_page_that_breaks_carries_them_too(client: Client, db: None, monkeypatch: pytest.MonkeyPatch):
    def broken(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("brobygger.site.views.render", broken)
    client.raise_request_exception = False

    response = client.get("/om-data/")

    assert response.status_code == 500
    assert not [
        word for word in ("inside", "RuntimeError", "Traceback", ".py") if word in response.content.decode()
    ]
    assert response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.asvs("14.3.2")
def test_a_persons_page_is_never_kept(as_member: Callable[..., Client], cast: Cast):
    page = as_member(cast.maja).get(f"/beboere/{cast.amir.pk}/")

    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.asvs("13.4.4")
def test_trace_gives_nothing_back(client: Client, db: None):
    response = client.trace("/", headers={"Cookie": "secret=1"})

    assert (response.status_code, response.content) == (405, b"")


@pytest.mark.asvs("13.4.1", "13.4.2", "13.4.3", "13.4.5")
@pytest.mark.parametrize(
    "path",
    [
        *(
            "/.git/",
            "/.git/config",
            "/.git/HEAD",
            "/.svn/entries",
            "/.hg/",
            "/.env",
            "/.brobygger/",
            "/home/",
        ),
        *("/pyproject.toml", "/uv.lock", "/manage.py", "/secret-key", "/database-passwords.json", "/web.log"),
        *("/static/", "/static/brobygger/", "/static/../pyproject.toml", "/static/%2e%2e/%2e%2e/settings.py"),
        *("/debug/", "/__debug__/", "/admin/", "/docs/", "/api/", "/api/docs/", "/openapi.json", "/redoc/"),
        *("/metrics", "/metrics/", "/server-status", "/health", "/healthz", "/actuator/env", "/graphql"),
    ],
)
def test_nothing_stands_where_machines_look(client: Client, db: None, path: str):
    response = client.get(path)

    assert response.status_code == 404
    assert "Traceback" not in response.content.decode()


@pytest.mark.asvs("13.4.2")
def test_debugging_cannot_be_switched_on_from_outside(monkeypatch: pytest.MonkeyPatch):
    for name in ("DEBUG", "DJANGO_DEBUG", "BROBYGGER_DEBUG"):
        monkeypatch.setenv(name, "1")

    assert runpy.run_path(str(SETTINGS))["DEBUG"] is False


FORGED = {
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Port": "1",
    "X-Original-URL": "/beboere/",
    "X-Rewrite-URL": "/beboere/",
    "X-HTTP-Method-Override": "DELETE",
    "Forwarded": "for=127.0.0.1;host=evil.example;proto=https",
    "X-User-ID": "1",
    "Remote-User": "maja",
}


@pytest.mark.asvs("4.1.3")
@pytest.mark.parametrize("name", FORGED)
@pytest.mark.parametrize("path", ["/", "/beboere/", "/tilbud/", "/om-data/"])
def test_a_header_that_a_caller_made_up_changes_nothing(client: Client, db: None, path: str, name: str):
    plain, forged = client.get(path), client.get(path, headers={name: FORGED[name]})

    assert (forged.status_code, forged.get("Location")) == (plain.status_code, plain.get("Location"))
    assert b"evil.example" not in forged.content


@pytest.mark.asvs("4.1.3")
def test_a_host_that_is_not_ours_is_not_answered(client: Client, db: None):
    response = client.get("/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert b"evil.example" not in response.content
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.asvs("4.1.3")
def test_a_caller_who_says_to_be_this_machine_does_not_get_the_one_press(client: Client, db: None):
    installation._known.append(InstallationKind.DEMO)

    page = client.get("/ind/", REMOTE_ADDR="198.51.100.7", headers={"X-Forwarded-For": "127.0.0.1"})

    assert 'name="membership"' not in page.content.decode()


@pytest.fixture
def behind_tls(monkeypatch: pytest.MonkeyPatch) -> Iterator[Client]:
    """A browser of a house whose public address is https, by the real settings."""
    monkeypatch.setenv("BROBYGGER_PUBLIC_URL", PUBLIC)
    monkeypatch.setenv("BROBYGGER_HOSTS", "bro.example.dk")
    fresh = runpy.run_path(str(SETTINGS))
    changed = {
        name: value
        for name, value in fresh.items()
        if name.isupper() and name != "DATABASES" and value != getattr(house_settings, name, None)
    }
    with override_settings(**changed):
        yield Client(headers={"Host": "bro.example.dk", "X-Forwarded-Proto": "https"})


@pytest.mark.asvs("3.4.1")
@pytest.mark.parametrize("path", ["/", "/findes-ikke/", "/static/brobygger/site.js"])
def test_behind_tls_every_answer_holds_browsers_to_it_for_a_year(behind_tls: Client, db: None, path: str):
    response = behind_tls.get(path)
    response.close()

    assert response.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


@pytest.mark.asvs("4.1.2")
def test_behind_tls_a_plain_request_is_sent_to_the_other_address(behind_tls: Client, db: None):
    response = behind_tls.get("/tilbud/", headers={"X-Forwarded-Proto": "http"})

    assert (response.status_code, response.headers["Location"]) == (301, f"{PUBLIC}/tilbud/")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.3", "3.3.4")
def test_behind_tls_every_cookie_is_ours_alone(behind_tls: Client, cast: Cast, as_member: object, once):
    page = behind_tls.get("/om-data/")
    behind_tls.post("/sprog/", once(language="en"))
    session = behind_tls.session
    session["membership"] = str(cast.maja.pk)
    session.save()
    behind_tls.post("/ud/", once())
    given = behind_tls.cookies

    assert page.status_code == 200
    assert len(given) == 3
    for name, cookie in given.items():
        assert name.startswith("__Host-")
        assert (cookie["path"], cookie["domain"]) == ("/", "")
        assert cookie["samesite"] == "Lax"
        assert name == "__Host-brobygger" or (cookie["secure"], cookie["httponly"]) == (True, True)


@pytest.mark.asvs("13.4.2")
def test_behind_tls_djangos_own_list_of_what_to_see_to_is_empty(behind_tls: Client):
    found = checks.run_checks(include_deployment_checks=True, tags=["security"])

    assert [one for one in found if not one.is_silenced()] == []


def test_a_message_that_names_somebody_is_not_put_in_a_cookie(
    as_member: Callable[..., Client], cast: Cast, once
):
    maja = as_member(cast.maja)
    written = maja.post("/beboere/ny/", once(name="Ingrid Fiktiv", reach_at="dør 4"))

    assert written.status_code == 302
    assert set(maja.cookies) <= {house_settings.SESSION_COOKIE_NAME, house_settings.CSRF_COOKIE_NAME}
    assert "Ingrid Fiktiv er skrevet op." in maja.get(written.url).content.decode()


@pytest.mark.asvs("5.2.1")
@pytest.mark.parametrize(
    "content_type", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_too_large_is_told_before_it_is_read(client: Client, db: None, content_type: str):
    response = client.generic("POST", "/sprog/", "x" * (MOST_BYTES + 1), content_type=content_type)

    assert response.status_code == 413
    assert "2,5 megabyte" in response.content.decode()


def test_more_fields_than_any_form_has_are_told_alike(client: Client, db: None):
    response = client.post("/sprog/", {f"n{number}": "" for number in range(600)})

    assert response.status_code == 413
