"""`brobygger serve` with a certificate: what only the real server, behind real TLS, can show."""

import http.client
import shutil
import socket
import ssl
import subprocess
from email.message import Message
from pathlib import Path

import pytest

from brobygger.foundation.headers import MOST_BYTES
from tests.journeys.test_start import Running, begin, clean_environment, free_port, fresh  # noqa: F401

pytestmark = pytest.mark.slow

HOST = "bro.example.dk"
NOT_RUN = "NOT RUN: there is no openssl here to make a certificate with"


@pytest.fixture
def certificate(tmp_path: Path) -> dict[str, str]:
    if shutil.which("openssl") is None:
        pytest.skip(NOT_RUN)
    key, paper = tmp_path / "key.pem", tmp_path / "cert.pem"
    subject = ["-subj", f"/CN={HOST}", "-addext", f"subjectAltName=DNS:{HOST}"]
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", *subject]
    subprocess.run([*words, "-keyout", str(key), "-out", str(paper)], check=True, capture_output=True)
    return {"GRANIAN_SSL_CERTIFICATE": str(paper), "GRANIAN_SSL_KEYFILE": str(key)}


@pytest.fixture
def port(fresh: Path, begin, certificate: dict[str, str]) -> int:  # noqa: F811
    """Where the house answers, once it does."""
    port = free_port()
    words = ["serve", "--port", str(port), "--home", str(fresh), "--public-url", f"https://{HOST}"]
    live: Running = begin(*words, env=clean_environment(**certificate))
    live.ready()
    return port


def asked(port: int, verb: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, Message]:
    line = http.client.HTTPSConnection(
        "127.0.0.1", port, timeout=30, context=ssl._create_unverified_context()
    )
    try:
        line.request(verb, path, body=body or None, headers={"Host": HOST} | headers)
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers
    finally:
        line.close()


@pytest.mark.asvs("3.3.1", "3.3.3", "3.3.4", "3.4.1", "4.1.3", "12.2.1", "13.4.1", "13.4.4")
def test_the_real_server_behind_tls(port: int):
    status, told = asked(port, "GET", "/tilbud/")
    cookies = told.get_all("Set-Cookie") or []

    assert status == 200
    assert told["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert cookies
    for cookie in cookies:
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))

    assert asked(port, "GET", "/static/brobygger/site.css")[1]["Strict-Transport-Security"]
    assert asked(port, "TRACE", "/")[0] == 405
    assert asked(port, "GET", "/.git/config")[0] == 404
    assert asked(port, "GET", "/", Host="evil.example")[0] == 400
    assert asked(port, "GET", "/tilbud/", **{"X-Forwarded-Proto": "http"})[0] == 200
    assert asked(port, "POST", "/sprog/", b"x" * (MOST_BYTES + 1))[0] == 413
    assert not answered_in_plain(port)


def answered_in_plain(port: int) -> bool:
    """Whether the same port answers somebody who speaks without TLS."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(f"GET / HTTP/1.1\r\nHost: {HOST}\r\n\r\n".encode())
        try:
            return line.recv(100).startswith(b"HTTP/1.1 200")
        except OSError:
            return False
