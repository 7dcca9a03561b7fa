"""The command line itself: words, ports, children, sizes. The whole of it is started in journeys."""

import argparse
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from brobygger.foundation import translations
from brobygger.foundation.trouble import Trouble
from brobygger.site import commands
from brobygger.site.commands import founding, kept, named, offers, ports, sizes, test
from brobygger.site.commands.kept import Kept
from brobygger.site.commands.visitor import hidden


@pytest.mark.parametrize("name", list(commands.COMMANDS))
def test_every_command_tells_what_it_is(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.parser().parse_args([name, "--help"])

    assert ended.value.code == 0
    assert "--home" in capsys.readouterr().out


def test_a_word_that_is_not_understood_is_told_with_a_way_out(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        commands.main(["demo", "--prot", "1"])

    assert ended.value.code == 2
    assert "Det forstod vi ikke" in capsys.readouterr().err


def test_trouble_is_told_without_a_traceback(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = commands.main(["offers", "--home", str(tmp_path), "import", str(tmp_path / "missing")])

    assert code == 2
    assert capsys.readouterr().err.strip() == f"{tmp_path}/missing findes ikke."


def test_offers_cannot_be_taken_into_a_home_where_nothing_was_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)

    code = commands.main(["offers", "--home", str(tmp_path), "import", str(tmp_path)])

    assert code == 2
    assert "Start den først" in capsys.readouterr().err


def test_words_for_offers_reach_the_process_that_does_the_work(tmp_path: Path) -> None:
    typed = ["offers", "import", str(tmp_path), "--dry-run", "--report", "/r.csv", "--owner", "Huset"]

    words = offers.words_for(commands.parser().parse_args(typed))

    assert words == ["import", str(tmp_path), "--dry-run", "--report", "/r.csv", "--owner", "Huset"]


def test_home_of_the_tests_is_ours_and_the_rest_is_for_pytest() -> None:
    home, rest = test.split_home(["-k", "bridges", "--home", "/elsewhere", "-x"])

    assert (home, rest) == (Path("/elsewhere"), ["-k", "bridges", "-x"])


@pytest.mark.parametrize(
    ("words", "chromium", "added"),
    [
        ([], None, ["-m", "not browser"]),
        ([], "/usr/bin/chromium", []),
        (["-m", "slow"], None, ["-m", "(slow) and not browser"]),
        (["tests/house", "-m", "slow"], "/usr/bin/chromium", ["tests/house", "-m", "slow"]),
    ],
)
def test_without_chromium_the_browser_part_is_left_out(
    words: list[str], chromium: str | None, added: list[str]
) -> None:
    assert test.without_browser(words, chromium) == added


def test_a_name_that_is_not_known_gives_the_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = {"rain": named.Named("let it rain", lambda home: 7)}

    code = named.run(argparse.Namespace(name="snow", home=tmp_path), known)

    assert code == 2
    assert "let it rain" in capsys.readouterr().out


def test_a_name_that_is_known_is_run(tmp_path: Path) -> None:
    known = {"rain": named.Named("let it rain", lambda home: 7)}

    assert named.run(argparse.Namespace(name="rain", home=tmp_path), known) == 7


def test_a_taken_port_is_told_with_its_holder_and_a_free_one() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Trouble) as told:
            ports.demand_free(port)

    assert f"(proces {os.getpid()})" in str(told.value)
    assert "--port" in str(told.value)


def test_a_port_taken_on_the_other_localhost_is_taken() -> None:
    try:
        taken = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("no IPv6 here")
    with taken, pytest.raises(Trouble, match="allerede i brug"):
        ports.demand_free(taken.getsockname()[1])


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_number_that_is_no_port_is_told(port: int) -> None:
    with pytest.raises(Trouble, match="ikke en port"):
        ports.demand_free(port)


def until(happened: Callable[[], bool]) -> None:
    ends = time.monotonic() + 20
    while not happened() and time.monotonic() < ends:
        time.sleep(0.02)


@pytest.fixture
def said() -> list[str]:
    return []


def child(folder: Path, said: list[str], code: str) -> Kept:
    words = [sys.executable, "-c", code]
    return Kept("Barnet", words, env=dict(os.environ), log=folder / "log", say=said.append)


def test_a_child_that_is_killed_is_started_again(tmp_path: Path, said: list[str]) -> None:
    sleeper = child(tmp_path, said, "import time; time.sleep(60)")
    sleeper.mind()
    first = sleeper.pid or 0
    os.kill(first, signal.SIGKILL)

    until(lambda: sleeper.mind() is None and sleeper.pid not in {first, None})

    assert sleeper.pid not in {first, None}
    assert said == ["Barnet stoppede og startes igen."]
    sleeper.stop()


def test_a_child_that_keeps_falling_is_told_of_once_with_its_last_words(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "PAUSES", (0.0, 0.0, 0.0))
    faller = child(tmp_path, said, "raise SystemExit('no room at the inn')")

    until(lambda: faller.mind() is None and faller.falls >= 5)

    assert len(said) == 2
    assert "no room at the inn" in said[1]
    faller.stop()


def test_a_child_that_will_not_stop_is_stopped_with_its_own_children(tmp_path: Path, said: list[str]) -> None:
    stubborn = child(
        tmp_path,
        said,
        "import signal, subprocess, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)",
    )
    stubborn.mind()
    until(lambda: (tmp_path / "log").read_text().endswith("\n"))
    grandchild = int((tmp_path / "log").read_text())

    stubborn.stop(patience=0.2)

    until(lambda: not is_alive(grandchild))
    assert stubborn.pid is None
    assert not is_alive(grandchild)


def is_alive(pid: int) -> bool:
    """A zombie that nobody has fetched is not alive."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_whoever_has_grown_too_long_is_named(tmp_path: Path) -> None:
    long = "def long():\n" + "    pass\n" * 60
    (tmp_path / "long.py").write_text(long + "\n" * 400)
    (tmp_path / "page.html").write_text("\n" * 151)

    told = sizes.too_long(tmp_path)

    assert told == [
        "long.py har 461 linjer (højst 400)",
        "page.html har 151 linjer (højst 150)",
        "long.py: long har 61 linjer (højst 60)",
    ]


def test_catalogues_are_compiled_when_they_are_older_than_their_source(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Hej"\nmsgstr "Hello"\n')

    first, second = translations.compile_stale(tmp_path), translations.compile_stale(tmp_path)

    assert first == [folder / "django.mo"]
    assert second == []
    assert b"Hello" in (folder / "django.mo").read_bytes()
    assert sorted(file.name for file in folder.iterdir()) == ["django.mo", "django.po"]


def test_the_fingerprint_changes_with_the_role() -> None:
    assert founding.fingerprint("a") == founding.fingerprint("a")
    assert founding.fingerprint("a") != founding.fingerprint("b")


def test_a_visitor_finds_the_hidden_fields_of_the_last_form() -> None:
    page = (
        '<input type="hidden" name="csrfmiddlewaretoken" value="t">'
        '<input type="hidden" name="once" value="1">'
        '<input type="hidden" name="once" value="2">'
    )

    assert hidden(page) == {"csrfmiddlewaretoken": "t", "once": "2"}
