"""Addresses of databases: the right ones become settings, the wrong ones sentences without the password."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from brobygger.foundation import dburl
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble

SECRET = "s3cret"


def test_the_run_time_role_gets_a_pool_that_does_not_let_pages_hang() -> None:
    environ = {"DATABASE_URL": "postgresql://app:s%2Fcret@db.example.invalid:6543/bro?sslmode=verify-full"}

    settings = dburl.from_environment(environ)

    assert (settings["NAME"], settings["USER"], settings["PASSWORD"]) == ("bro", "app", "s/cret")
    assert (settings["HOST"], settings["PORT"]) == ("db.example.invalid", "6543")
    assert settings["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 8, "timeout": 3}
    assert settings["OPTIONS"]["sslmode"] == "verify-full"
    assert settings["CONN_HEALTH_CHECKS"] is True
    assert settings["CONN_MAX_AGE"] == 0


def test_the_owner_has_an_address_of_its_own_and_no_pool() -> None:
    environ = {
        "DATABASE_URL": "postgresql://app:x@h/bro",
        "DATABASE_OWNER_URL": "postgresql://owner:y@h/bro",
        "BROBYGGER_ROLE": "owner",
    }

    settings = dburl.from_environment(environ)

    assert settings["USER"] == "owner"
    assert "pool" not in settings["OPTIONS"]


def test_the_owner_is_never_replaced_by_the_run_time_role() -> None:
    environ = {"DATABASE_URL": "postgresql://app:x@h/bro", "BROBYGGER_ROLE": "owner"}

    settings = dburl.from_environment(environ)

    assert settings["USER"] == ""


def test_without_an_address_the_settings_can_be_read_but_lead_nowhere() -> None:
    settings = dburl.from_environment({})

    assert settings["HOST"] == "/DATABASE_URL-mangler"


def test_a_socket_folder_is_an_address_like_any_other() -> None:
    settings = dburl.from_environment({"DATABASE_URL": "postgresql://app:x@/bro?host=/tmp/b&port=5432"})

    assert (settings["HOST"], settings["PORT"]) == ("/tmp/b", "5432")


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        (f"mysql://app:{SECRET}@h/bro", "skal begynde med postgresql://"),
        (f"app:{SECRET}@h/bro", "skal begynde med postgresql://"),
        (f"postgresql://app:{SECRET}@h", "mangler database"),
        ("postgresql://h/bro", "mangler bruger"),
        (f"postgresql://app:{SECRET}/x@h/bro", "skrives @ som %40, / som %2F"),
        (f"postgresql://app:{SECRET}%zz@h/bro", "kan ikke læses"),
        (f"postgresql://app:{SECRET}@h:port/bro", "portnummer"),
        (f"postgresql://app:{SECRET}@h:99999/bro", "portnummer"),
        (f"postgresql://app:{SECRET}@h/bro?sslmod=require", 'invalid URI query parameter: "sslmod"'),
    ],
)
def test_a_wrong_address_is_told_by_name_without_the_password(url: str, sentence: str) -> None:
    with pytest.raises(Trouble) as told:
        dburl.parts(url, "DATABASE_OWNER_URL")

    assert str(told.value).startswith("DATABASE_OWNER_URL ")
    assert sentence in str(told.value)
    assert SECRET not in str(told.value)


@pytest.mark.parametrize(("name", "value"), [("BROBYGGER_ROLE", "root"), ("BROBYGGER_POOL", "mange")])
def test_a_wrong_word_is_told(name: str, value: str) -> None:
    with pytest.raises(Trouble, match=name):
        dburl.from_environment({"DATABASE_URL": "postgresql://app:x@h/bro", name: value})


@pytest.fixture(scope="module")
def running() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory(prefix="brobygger-test-") as folder:
        Path(folder).chmod(0o755)
        with Postgres(Path(folder) / "home") as database:
            yield database


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("brobygger_app:", "brobygger_app:x", "adgangskoden for brobygger_app passer ikke"),
        ("@/brobygger?", "@/bro?", "databasen bro findes ikke"),
        ("@/brobygger?host=", "@/brobygger?host=/nowhere", "der er ingen database i /nowhere"),
        ("@/brobygger?host=", "@127.0.0.1:1/brobygger?application_name=", "ingen database på 127.0.0.1:1"),
        ("@/brobygger?host=", "@db.invalid/brobygger?application_name=", "db.invalid findes ikke"),
    ],
)
def test_a_database_that_cannot_be_opened_is_told(
    running: Postgres, old: str, new: str, sentence: str
) -> None:
    wrong = running.urls().app.replace(old, new).replace("&port=5432", "")

    with pytest.raises(Trouble) as told:
        dburl.connect(wrong, "DATABASE_URL")

    assert sentence in str(told.value)
    assert told.value.code == 3


@pytest.mark.slow
def test_the_embedded_server_is_reached_as_any_other(running: Postgres) -> None:
    with dburl.connect(running.urls().app, "DATABASE_URL") as connection:
        row = connection.execute("SELECT current_user").fetchone()

    assert row == ("brobygger_app",)


@pytest.mark.asvs("15.2.2")
def test_a_page_may_not_keep_the_database_busy_for_ever() -> None:
    environ = {"DATABASE_URL": "postgresql://app:x@h/bro", "BROBYGGER_PATIENCE": "10"}

    told = dburl.from_environment(environ)["OPTIONS"]["options"]

    assert told == "-c statement_timeout=10s -c idle_in_transaction_session_timeout=10s"


def test_a_patience_that_is_no_number_is_told() -> None:
    with pytest.raises(Trouble, match="et antal sekunder"):
        dburl.from_environment({"DATABASE_URL": "postgresql://app:x@h/bro", "BROBYGGER_PATIENCE": "lang"})
