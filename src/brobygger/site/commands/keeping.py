"""The keeper: brings up database, web server and worker in order, and keeps them up until told to stop."""

import contextlib
import http.client
import os
import signal
import ssl
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from brobygger.foundation import dburl, health, keys, translations
from brobygger.foundation.postgres import Postgres, Urls
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import founding, ports
from brobygger.site.commands.home import Tenancy, environment, outside
from brobygger.site.commands.kept import Kept, alone
from brobygger.site.commands.voice import Voice

PATIENCE = 60.0  # seconds from the start of the web server to its first answer
LOCALE = Path(__file__).resolve().parents[4] / "locale"


class ToldToStop(Exception):  # noqa: N818 - an order, not an error
    """Ctrl-C or SIGTERM came while we were still beginning."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to run: the kind of installation, and where it listens. `public_url` is what people type."""

    kind: str
    home: Path
    port: int
    host: str
    public_url: str

    @property
    def here(self) -> str:
        """The address for machines on this machine."""
        scheme = "https" if os.environ.get("GRANIAN_SSL_CERTIFICATE") else "http"
        return f"{scheme}://127.0.0.1:{self.port}"


class Keeper:
    def __init__(self, plan: Plan, say: Voice) -> None:
        self.plan, self.say = plan, say
        self.told_to_stop = False
        self._database: Postgres | None = None
        self._kept: list[Kept] = []
        self._tenancy: Tenancy | None = None

    def run(self) -> int:
        """Begin, say READY, keep watch. Returns 0 after an ordinary stop; raises Trouble."""
        for order in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(order, self._stop_soon)  # also where a shell has it ignored in the background
        try:
            self._begin()
            self._watch()
        except ToldToStop:
            pass
        finally:
            self._end()
        return 0

    def _stop_soon(self, order: int, frame: FrameType | None) -> None:
        self.told_to_stop = True

    def _begin(self) -> None:
        plan = self.plan
        self._tenancy = Tenancy(plan.home)
        ports.demand_free(plan.port, plan.host)
        keys.secret_key(plan.home)
        urls = self._open_database()
        self._found(urls)
        self._translate()
        self._launch(urls)
        self._tenancy.tell(plan.public_url)

    def _translate(self) -> None:
        try:
            if translations.compile_stale(LOCALE):
                self.say("Oversættelserne er gjort klar.")
        except OSError as error:  # somebody else's folder: Danish needs no catalogue
            self.say(f"Advarsel: kun dansk, for der kan ikke skrives i {LOCALE} ({error.strerror}).")

    def _open_database(self) -> Urls:
        if urls := outside():
            self.say("Bruger databasen i DATABASE_URL.")
            return urls
        is_new = not (self.plan.home / "database-passwords.json").exists()
        self.say("Laver databasen (PostgreSQL 18, følger med) …" if is_new else "Starter databasen …")
        self._database = Postgres(self.plan.home, self.say).start()
        self._go_on()
        return self._database.urls()

    def _found(self, urls: Urls) -> None:
        """Refuse what must not be served, then bring tables, rights and sample up to this version."""
        role = dburl.parts(urls.app, dburl.APP)["user"]
        fingerprint = founding.fingerprint(role)
        with dburl.connect(urls.app, dburl.APP) as connection:
            self._demand_health(connection_findings=health.findings(connection))
            founded, identity = founding.read(connection), founding.identity(connection)
        self._demand_kind(founded.kind if founded else self.plan.kind)
        if founded is None or founded.migrated != fingerprint:
            self._prepare(urls, ["tables", self.plan.kind, role, fingerprint])
        if self.plan.kind == "demo":
            self._sample(urls, identity)

    def _demand_health(self, connection_findings: list[health.Finding]) -> None:
        errors = [str(finding) for finding in connection_findings if finding.is_error]
        for finding in connection_findings:
            if not finding.is_error:
                self.say(f"Advarsel: {finding}")
        if errors:
            raise Trouble("\n".join(["Databasen kan ikke bruges, som den er:", *errors]), code=3)

    def _demand_kind(self, kind: str) -> None:
        if kind == self.plan.kind:
            return
        if self.plan.kind == "demo":
            raise Trouble(
                "Databasen er i drift, og øveudgaven åbner kun sine egne. Brug en anden --home, "
                "eller start den med: brobygger serve",
                code=4,
            )
        raise Trouble(
            "Databasen er en øveudgave, hvor alle kan gå ind uden kode. Den må ikke sættes i drift: "
            "brug en anden --home, eller start den med: brobygger demo",
            code=4,
        )

    def _prepare(self, urls: Urls, words: list[str]) -> None:
        if not urls.owner:
            raise Trouble(
                "Databasen mangler tabeller eller rettigheder fra denne version. Sæt DATABASE_OWNER_URL "
                "(rollen, der ejer databasen), og start igen.",
                code=3,
            )
        self.say("Gør tabeller og rettigheder klar …")
        if self._child(words, environment(self.plan.home, urls, role="owner")) == 4:
            self._demand_kind("live" if self.plan.kind == "demo" else "demo")

    def _sample(self, urls: Urls, identity: str) -> None:
        made = self.plan.home / "sample-made"  # only saves the asking: the builder itself builds once
        if made.exists() and made.read_text() == identity:
            return
        self.say("Bygger øvekvarteret. Det tager lidt, men kun første gang …")
        env = environment(self.plan.home, urls, public_url=self.plan.public_url)
        self._child(["sample"], env)
        made.write_text(identity)

    def _child(self, words: list[str], env: dict[str, str]) -> int:
        """Run one step in a process of its own, telling what it tells as it comes. Returns its exit code."""
        command = [sys.executable, "-m", "brobygger.site.commands.inside", *words]
        told, errors = self.plan.home / "prepare.told", self.plan.home / "prepare.log"
        with told.open("w") as out, errors.open("w") as err:
            step = subprocess.Popen(command, env=env, stdout=out, stderr=err, **alone())  # noqa: S603
        try:
            self._follow(step, told)
        finally:
            if step.poll() is None:
                step.terminate()
                step.wait(10)
            told.unlink()
        if step.returncode not in {0, 4}:
            last = (errors.read_text(errors="replace").strip().splitlines() or ["den sagde ingenting"])[-1]
            raise Trouble(
                f"Det gik ikke at gøre databasen klar: {last}\nHele forklaringen står i {errors}.", code=3
            )
        return step.returncode

    def _follow(self, step: subprocess.Popen[bytes], told: Path) -> None:
        with told.open() as lines:
            is_over = False
            while not is_over:
                self._go_on()
                time.sleep(0.05)
                is_over = step.poll() is not None  # asked first, so that its last words are read
                for line in lines:
                    self.say(line.strip())

    def _launch(self, urls: Urls) -> None:
        plan = self.plan
        env = environment(plan.home, urls, public_url=plan.public_url)
        web = Kept(
            "Webserveren", _web(plan), env={**env, **_free(plan)}, log=plan.home / "web.log", say=self.say
        )
        self._kept = [web]
        self.say("Starter webserveren …")
        until = time.monotonic() + PATIENCE
        while not answers(plan):
            self._mind()
            if web.falls >= 3 or time.monotonic() > until:
                raise Trouble(f"Webserveren vil ikke starte: {web.last_words()}\nSe {web.log}.", code=3)
            time.sleep(0.2)
        # Second, so that the first page has the processor to itself.
        self._kept.append(Kept("Arbejderen", _worker(), env=env, log=plan.home / "worker.log", say=self.say))

    def _watch(self) -> None:
        announce(self.plan, self.say)
        while not self.told_to_stop:
            self._mind()
            time.sleep(0.2)

    def _mind(self) -> None:
        self._go_on()
        if self._database is not None and self._database.pid() is None:
            self._revive(self._database)
        for kept in self._kept:
            kept.mind()

    def _revive(self, database: Postgres) -> None:
        self.say("Databasen stoppede og startes igen.")
        try:
            database.start()
        except (
            Trouble,
            OSError,
        ) as trouble:  # a full disk may be tidied meanwhile
            self.say(str(trouble))
            time.sleep(2)

    def _go_on(self) -> None:
        if self.told_to_stop:
            raise ToldToStop

    def _end(self) -> None:
        if self._kept or self._database is not None:
            self.say("Stopper …")
        for kept in self._kept:
            kept.stop()
        if self._database is not None:
            self._database.stop()
        if self._tenancy is not None:
            self._tenancy.end()


def announce(plan: Plan, say: Voice) -> None:
    say("Klar.")
    if plan.kind == "demo":
        print(CAST.format(url=plan.public_url, outbox=plan.home / "outbox"))
    else:
        print(f"\n  Brobygger kører på {plan.public_url}. Stop med Ctrl-C.\n")
    print(f"READY {plan.here}", flush=True)


def answers(plan: Plan) -> bool:
    """True exactly when the front page answers 200. Asked directly, past any proxy of the environment."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(plan.host, plan.host)  # noqa: S104
    if os.environ.get("GRANIAN_SSL_CERTIFICATE"):
        ourselves = ssl._create_unverified_context()  # noqa: S323 - we ask whether we are up, not who we are
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            host, plan.port, timeout=10, context=ourselves
        )
    else:
        connection = http.client.HTTPConnection(host, plan.port, timeout=10)
    with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
        public = urlsplit(plan.public_url)
        connection.request("GET", "/", headers={"Host": public.netloc, "X-Forwarded-Proto": public.scheme})
        return connection.getresponse().status == 200
    return False


def _web(plan: Plan) -> list[str]:
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", plan.host, "--port", str(plan.port), "--workers", "1", "--blocking-threads", "8"),
        *("--respawn-failed-workers", "--respawn-interval", "0.2", "--workers-kill-timeout", "5"),
        *("--log-level", "warning", "brobygger.site.wsgi:application"),
    ]


def _free(plan: Plan) -> dict[str, str]:
    """In a demo nobody is counted: only this machine hears it, and drills press as fast as they can."""
    return {"BROBYGGER_CALLS_A_MINUTE": "0"} if plan.kind == "demo" else {}


def _worker() -> list[str]:
    return [
        *(sys.executable, "-m", "django", "procrastinate", "worker"),
        *("--concurrency", "2", "--shutdown-graceful-timeout", "5"),
    ]


CAST = """
  Gå ind på {url}/ind/ som en af holdet:
    Maja     boligsocial medarbejder
    Torben   hendes leder
    Yusuf    frivillig
    Ole      medarbejder i et andet hus: han må intet se
  Inger, Amir, Birgit (kommunen) og Sanne (skolen) kommer ind gennem et link.
  Det, der ellers var sendt ud af huset, ligger som filer i {outbox}.
  Alle personer og beboere er opdigtede. Stop med Ctrl-C.
"""
