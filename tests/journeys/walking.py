"""A visitor without a browser: cookies, forms and nothing else, over real HTTP."""

import http.client
import re
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urlsplit

HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*>')


@dataclass
class Page:
    status: int
    body: str
    location: str


@dataclass
class Visitor:
    """`get` and `post` as a person's browser would; raises OSError or HTTPException when nobody answers."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str) -> Page:
        return self._ask("GET", path)

    def post(self, path: str, fields: dict[str, str]) -> Page:
        token = {"csrfmiddlewaretoken": self.token} if self.token else {}
        return self._ask("POST", path, urlencode(fields | token))

    @property
    def token(self) -> str:
        return self.cookies.get("form_token", "")

    def _ask(self, method: str, path: str, body: str | None = None) -> Page:
        there = urlsplit(self.address)
        sent = {name: value for name, value in self.cookies.items() if name != "form_token"}
        headers = {"Host": there.netloc, "Cookie": "; ".join(f"{n}={v}" for n, v in sent.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection(there.hostname or "", there.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if found := re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', text):
            self.cookies["form_token"] = unescape(found[1])
        return Page(answer.status, text, answer.headers.get("Location", ""))
