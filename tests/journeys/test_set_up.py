"""The two scripts on machines that lack something: a sentence that says what to do, never a trace."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("sh", "dirname", "cat", "rm", "mkdir")
OLD = '#!/bin/sh\ncase "$1" in --version) echo "Python 3.9.2";; *) exit 1;; esac\n'
WITHOUT_VENV = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1;; esac\nexit 0\n'
WITHOUT_NET = """#!/bin/sh
case "$*" in
*"-m venv"*) for folder; do :; done
  mkdir -p "$folder/bin"
  printf '#!/bin/sh\\nexit 1\\n' > "$folder/bin/python"
  /bin/chmod +x "$folder/bin/python";;
esac
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Only what the scripts are: nothing has been fetched yet. `bin` is all that the machine has."""
    (tmp_path / ".ci").mkdir()
    (tmp_path / "bin").mkdir()
    for name in ("demo", "test", ".ci/set-up"):
        shutil.copy(ROOT / name, tmp_path / name)
    for tool in TOOLS:
        (tmp_path / "bin" / tool).symlink_to(shutil.which(tool) or "/bin/false")
    return tmp_path


def say_python_is(clone: Path, text: str) -> None:
    python = clone / "bin" / "python3"
    python.write_text(text)
    python.chmod(0o755)


def run(clone: Path, script: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [clone / script], cwd="/", env={"PATH": str(clone / "bin")}, capture_output=True, text=True
    )


@pytest.mark.parametrize("script", ["demo", "test"])
def test_a_machine_without_python_is_told_which_to_install(clone: Path, script: str) -> None:
    told = run(clone, script)

    assert told.returncode == 2
    assert "her er ingen python3" in told.stderr
    assert "apt-get install python3 python3-venv" in told.stderr


def test_a_python_that_is_too_old_is_named(clone: Path) -> None:
    say_python_is(clone, OLD)

    told = run(clone, "demo")

    assert told.returncode == 2
    assert "her er Python 3.9.2" in told.stderr


def test_a_python_without_venv_is_told_the_package(clone: Path) -> None:
    say_python_is(clone, WITHOUT_VENV)

    told = run(clone, "test")

    assert told.returncode == 2
    assert "apt-get install python3-venv" in told.stderr


def test_a_machine_without_a_network_is_told_to_look_for_it(clone: Path) -> None:
    say_python_is(clone, WITHOUT_NET)

    told = run(clone, "demo")

    assert told.returncode == 2
    assert "Er der forbindelse til nettet?" in told.stderr


def test_what_was_fetched_half_is_fetched_again(clone: Path) -> None:
    (clone / ".uv" / "bin").mkdir(parents=True)
    (clone / ".uv" / "bin" / "half").write_text("")
    say_python_is(clone, WITHOUT_NET)

    run(clone, "demo")

    assert not (clone / ".uv" / "bin" / "half").exists()
