"""A browser without a screen, for drills: cookies and forms. It asks again, as an impatient person does."""

import http.cookiejar
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from typing import IO

HIDDEN = re.compile(r'<input[^>]*name="(?P<name>csrfmiddlewaretoken|once)"[^>]*value="(?P<value>[^"]*)"')
CAST = re.compile(
    r'name="membership"[^>]*value="(?P<id>[0-9a-f-]{36})"(?P<rest>.*?)</(?:button|form)>', re.DOTALL
)


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is the answer we came for: it says that the write was taken."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        return None


class Visitor:
    def __init__(self, address: str, *, patience: float = 60.0) -> None:
        self.address, self.patience = address, patience
        self.cookies = http.cookiejar.CookieJar()
        keeping = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), keeping, _Stay())

    def get(self, path: str) -> str:
        """The page, asked for until it is given."""
        return self._until({200}, path, None)[1]

    def enter_as(self, name: str) -> None:
        """Press the entrance's button for one of the cast."""
        page = self.get("/ind/")
        found = next(match["id"] for match in CAST.finditer(page) if name in match["rest"])
        self.post("/ind/", {**hidden(page), "membership": found})

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Post until it is acknowledged, always with the same key; returns where we are sent."""
        return self._until({302}, path, urllib.parse.urlencode(fields).encode())[0]

    def _until(self, wanted: set[int], path: str, body: bytes | None) -> tuple[str, str]:
        until = time.monotonic() + self.patience
        while True:
            status, location, text = self._once(path, body)
            if status in wanted:
                return location, text
            if time.monotonic() > until or 400 <= status < 500:
                raise RuntimeError(f"{path} svarede {status} i stedet for {sorted(wanted)}")
            time.sleep(0.1)

    def _once(self, path: str, body: bytes | None) -> tuple[int, str, str]:
        """Status, location and text; status 0 when nobody answers."""
        try:
            with self._opener.open(f"{self.address}{path}", body, timeout=20) as answer:
                return answer.status, "", answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.headers.get("Location", ""), ""
        except OSError:
            return 0, "", ""


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the page's last form: the token, and the key by which a press counts once."""
    return {match["name"]: match["value"] for match in HIDDEN.finditer(page)}
