"""What needs Django, run in a process of its own: `python -m brobygger.site.commands.inside WHAT ...`.

`tables` as the owner: migrations, rights, the founding row. The rest as the application, under row security.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID, uuid4

import django
from django.utils import timezone

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.voice import plain


def tables(options: argparse.Namespace) -> int:
    """Bring tables and rights up to this version of the program. 4 if the database is of another kind."""
    from django.core.management import call_command

    from brobygger.foundation import grants, installation

    call_command("migrate", interactive=False, verbosity=0)
    installation.found(options.kind)
    if installation.kind() != options.kind:
        return 4
    grants.apply(options.role)
    installation.Installation.objects.update(migrated=options.fingerprint)
    return 0


def sample(options: argparse.Namespace) -> int:
    """Build the sample estate of the demo."""
    from brobygger.site import sample as estate

    del options
    estate.build()
    return 0


def take_offers(options: argparse.Namespace) -> int:
    """Import a directory of offers and tell what became of every row."""
    from brobygger.offers import importing

    keeper = _keeper(options.owner)
    try:
        report = importing.run(
            options.path, keeper=keeper, mapping=options.mapping, dry_run=options.dry_run, say=plain
        )
    except importing.Refused as refused:
        if options.report:
            importing.ImportReport.of_refusal(refused, options.path.name).write(options.report)
        raise
    print(f"\n{report.as_text()}", flush=True)
    if options.report:
        report.write(options.report)
        plain(f"\nHver bemærkning står i {options.report}.")
    return 0


def undo_offers(options: argparse.Namespace) -> int:
    """Take one import back. 1 if something had to be left, because somebody has edited it since."""
    from brobygger.offers import importing

    try:
        run = UUID(options.key)
    except ValueError:
        raise Trouble("Nøglen skal se ud, som brobygger offers runs viser den.") from None
    undone = importing.undo(run, keeper=_keeper(options.owner))
    plain(f"Trukket tilbage: {undone.withdrawn}. Står igen som før: {undone.put_back + undone.here_again}.")
    for finding in undone.findings:
        plain(f"{finding.table} {finding.where} »{finding.value}«: {finding.what()} {finding.what_to_do()}")
    return 1 if undone.findings else 0


def offer_runs(options: argparse.Namespace) -> int:
    """Every import of a house, the newest first."""
    from brobygger.offers.models import ImportRun

    for one in ImportRun.objects.filter(keeper_id=_keeper(options.owner)).order_by("-at"):
        ended = f", fortrudt {timezone.localtime(one.undone_at):%d.%m.%Y}" if one.undone_at else ""
        rows = f"{one.rows_in} ind, {one.rows_saved} gemt, {one.rows_reported} meldt"
        plain(f"{one.pk}  {timezone.localtime(one.at):%d.%m.%Y %H.%M}  {one.source}: {rows}{ended}")
        plain(f"    {one.file}  {one.licence or 'licens ikke oplyst'}")
    return 0


def give_offers(options: argparse.Namespace) -> int:
    """Give the directory out. Every house's trail says so first."""
    from brobygger.foundation import audit
    from brobygger.foundation.actor import SYSTEM
    from brobygger.foundation.scope import organisation_scope
    from brobygger.offers import exporting

    for house in _houses():
        with organisation_scope(house):
            audit.export("offers:exported", kind="offers.Offer", by=SYSTEM, at=timezone.now())
    for table, count in exporting.run(options.path, form=options.format).items():
        plain(f"{table:24} {count:6}")
    plain(f"\nKataloget ligger i {options.path}.")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Follow every house's chain. 1 if one of them does not hold."""
    from brobygger.foundation import heads

    del options
    is_whole = True
    for house, name in sorted(_houses().items(), key=lambda one: one[1]):
        head, broken = heads.checked(house)
        count, outside = head.seq if head else 0, len(heads.published(house))
        if broken is not None:
            is_whole = False
            where = f"linje {broken.seq} ({broken.row or 'uden nøgle'})"
            plain(f"{name}: BRUDT ved {where}: {broken.fault.label}.")
        elif outside:
            plain(f"{name}: {count} linjer, hel, og passer med {outside} aftryk uden for databasen.")
        else:
            plain(f"{name}: {count} linjer, hel, men uden aftryk uden for: skriv brobygger audit publish.")
    return 0 if is_whole else 1


def publish(options: argparse.Namespace) -> int:
    """Keep every chain's head outside the database."""
    from brobygger.foundation import heads
    from brobygger.foundation.scope import organisation_scope

    del options
    for house, name in _houses().items():
        with organisation_scope(house):
            head = heads.publish(timezone.now())
        plain(f"{name}: linje {head.seq}, aftryk {head.digest}" if head else f"{name}: intet nyt.")
    return 0


def _houses() -> dict[UUID, str]:
    """Key -> name of every house that somebody works in."""
    from brobygger.accounts.models import Membership

    return dict(Membership.objects.values_list("organisation_id", "house_name").distinct())


def pages(options: argparse.Namespace) -> int:
    """Print [path, queries, bytes] of pages as one member gets them, as JSON. Nothing is pressed."""
    from django.conf import settings

    from brobygger.site.commands import counting

    settings.ALLOWED_HOSTS = ["testserver"]
    plain(json.dumps(counting.counted(options.who, options.paths)))
    return 0


def invite(options: argparse.Namespace) -> int:
    """Make a place in a house, and the house if there is none of that name; print the one-time link."""
    from django.utils import timezone

    from brobygger.accounts import actions
    from brobygger.accounts.links import address_of
    from brobygger.accounts.terms import Role
    from brobygger.foundation.scope import organisation_scope

    if options.role not in set(Role):
        raise Trouble(f"Rollen kendes ikke. Vælg en af: {', '.join(Role)}.")
    house = _house_named(options.house)
    with organisation_scope(house):
        try:
            token = actions.invite_member(
                email=options.email,
                name=options.name,
                role=Role(options.role),
                house=house,
                house_name=options.house,
                by=None,
                at=timezone.now(),
            )
        except actions.IsHereAlready:
            raise Trouble("Den adresse har en plads i huset allerede.") from None
    return _tell_link(address_of(token))


def renew(options: argparse.Namespace) -> int:
    """A link for somebody who has lost a proof, also where several houses trust the same person."""
    from django.utils import timezone

    from brobygger.accounts import actions
    from brobygger.accounts.links import address_of
    from brobygger.accounts.models import Membership
    from brobygger.accounts.terms import InvitationPurpose
    from brobygger.foundation.scope import organisation_scope

    member = Membership.objects.filter(user__email__iexact=options.email, is_active=True).first()
    if member is None:
        raise Trouble("Ingen går ind med den adresse.")
    with organisation_scope(member.organisation_id):
        purpose = InvitationPurpose(options.proof)
        token = actions.renew_way_in(member=member, purpose=purpose, by=None, at=timezone.now())
    return _tell_link(address_of(token))


def _tell_link(address: str) -> int:
    plain(f"Linket virker én gang og i ét døgn. Giv det ad en vej, du stoler på:\n{address}")
    return 0


def _house_named(name: str) -> UUID:
    """The house of this name, made if there is none."""
    from brobygger.foundation.scope import organisation_scope
    from brobygger.partners.models import Organisation
    from brobygger.partners.terms import OrganisationKind

    found = Organisation.objects.filter(name=name, kind=OrganisationKind.HOUSE).first()
    if found is not None:
        return UUID(str(found.pk))
    house = uuid4()
    with organisation_scope(house):
        Organisation.objects.create(id=house, name=name, kind=OrganisationKind.HOUSE)
    plain(f"Huset »{name}« er lavet.")
    return house


def _keeper(asked: str | None) -> UUID:
    """The house that is to keep the offers: the one asked for, else the one with most members."""
    from brobygger.accounts.models import Membership

    houses = Counter(Membership.objects.filter(is_active=True).values_list("organisation_id", "house_name"))
    if not houses:
        raise Trouble("Der er endnu ingen huse i denne Brobygger, så ingen kan holde tilbuddene.")
    names = ", ".join(sorted(name for _house, name in houses))
    if asked:
        found = [house for house, name in houses if asked.casefold() in {str(house), name.casefold()}]
    else:
        most = max(houses.values())
        found = [house for (house, _name), count in houses.items() if count == most]
    if len(found) != 1:
        raise Trouble(f"Hvem skal holde tilbuddene? Skriv --owner og et af navnene: {names}.")
    plain(f"Tilbuddene holdes af {next(name for house, name in houses if house == found[0])}.")
    return found[0]


def _parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="brobygger")
    parts = whole.add_subparsers(required=True)
    one = parts.add_parser("tables")
    for name in ("kind", "role", "fingerprint"):
        one.add_argument(name)
    one.set_defaults(run=tables)
    parts.add_parser("sample").set_defaults(run=sample)
    parts.add_parser("verify").set_defaults(run=verify)
    parts.add_parser("publish").set_defaults(run=publish)
    one = parts.add_parser("pages")
    one.add_argument("who")
    one.add_argument("paths", nargs="+")
    one.set_defaults(run=pages)
    one = parts.add_parser("import")
    one.add_argument("path", type=Path)
    one.add_argument("--dry-run", action="store_true")
    one.add_argument("--report", type=Path)
    one.add_argument("--mapping", type=Path)
    one.add_argument("--owner")
    one.set_defaults(run=take_offers)
    one = parts.add_parser("undo")
    one.add_argument("key")
    one.add_argument("--owner")
    one.set_defaults(run=undo_offers)
    one = parts.add_parser("runs")
    one.add_argument("--owner")
    one.set_defaults(run=offer_runs)
    one = parts.add_parser("invite")
    for name in ("house", "name", "email", "role"):
        one.add_argument(name)
    one.set_defaults(run=invite)
    one = parts.add_parser("renew")
    for name in ("email", "proof"):
        one.add_argument(name)
    one.set_defaults(run=renew)
    one = parts.add_parser("export")
    one.add_argument("path", type=Path)
    one.add_argument("--format", default="package")
    one.set_defaults(run=give_offers)
    return whole


def main() -> int:
    django.setup()
    options = _parser().parse_args()
    try:
        return int(options.run(options))
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return trouble.code


if __name__ == "__main__":
    raise SystemExit(main())
