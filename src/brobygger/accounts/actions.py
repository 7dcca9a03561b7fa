"""Who belongs to a house: invited, begun, left; and a link for whoever has lost a proof."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from brobygger.accounts import factors, sessions
from brobygger.accounts.models import Invitation, Membership, User
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.accounts.rules import INVITATION_LASTS
from brobygger.accounts.terms import InvitationPurpose, Role
from brobygger.foundation import audit, tokens
from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import open_ends


class MayNot(Exception):
    """This role does not do this."""


class IsHereAlready(Exception):
    """This address has a place in the house."""


class WorksElsewhere(Exception):
    """Another house trusts the same person, so one leader alone cannot give out a new way in."""


class LeavesOpenEnds(Exception):
    """Somebody must take over first. `ends` are sentences."""

    def __init__(self, ends: list[str]) -> None:
        super().__init__("; ".join(ends))
        self.ends = ends


class IsOneself(Exception):
    """Nobody shuts the door upon herself."""


class LinkIsOver(Exception):
    """Used, too old, or never made."""


@transaction.atomic
def invite_member(
    *, email: str, name: str, role: Role, house: UUID, house_name: str, by: Membership | None, at: datetime
) -> str:
    """Make a place in a house and a link to begin with. The place opens when the link is used.

    `by` is None for the command on the machine itself. Needs the house's scope. Returns the token.
    """
    _demand(by, Right.INVITE_MEMBERS)
    user = User.objects.filter(email__iexact=email).first() or _new_user(email)
    place = Membership.objects.filter(organisation_id=house, user=user).first()
    if place and place.is_active:
        raise IsHereAlready
    if place is None:
        place = Membership(organisation_id=house, user=user, is_active=False)
    place.house_name, place.name, place.role = house_name, name, role
    place.save()
    audit.record("member:invited", about=place, by=by.actor if by else SYSTEM, at=at, role=role)
    return _link(place, InvitationPurpose.JOIN, by=by, at=at)


@transaction.atomic
def renew_way_in(
    *, member: Membership, purpose: InvitationPurpose, by: Membership | None, at: datetime
) -> str:
    """A link for somebody who has lost a proof. A lost second proof ends at once. Returns the token.

    A new password still meets the second proof, and a new second proof still meets the password.
    """
    _demand(by, Right.INVITE_MEMBERS)
    if by and works_elsewhere(member):
        raise WorksElsewhere
    if purpose is InvitationPurpose.FACTOR:
        factors.end_all_factors(member.user, at=at)
        sessions.end_all(member.user, at=at)
    audit.record(f"member:{purpose}_renewed", about=member, by=by.actor if by else SYSTEM, at=at)
    return _link(member, purpose, by=by, at=at)


@transaction.atomic
def deactivate_member(*, member: Membership, by: Membership, at: datetime) -> None:
    """Close a place in the house. The next page of every session there is the entrance."""
    _demand(by, Right.INVITE_MEMBERS)
    if member.pk == by.pk:
        raise IsOneself
    if ends := [end for _room, asked in open_ends for end in asked(member)]:
        raise LeavesOpenEnds(ends)
    Membership.objects.filter(pk=member.pk).update(is_active=False)
    member.invitations.filter(used_at=None).update(used_at=at)
    sessions.end_sessions([one.pk for one in member.sessions.filter(ended_at=None)], at=at)
    audit.record("member:deactivated", about=member, by=by.actor, at=at)


def invitation_for(token: str, *, at: datetime) -> Invitation:
    """The invitation a link stands for. Raises LinkIsOver. One query; nothing is changed."""
    found = Invitation.objects.select_related("membership__user").filter(
        token_digest=tokens.digest(token), used_at=None, expires_at__gt=at
    )
    invitation = found.first()
    if invitation is None:
        raise LinkIsOver
    return invitation


def use_invitation(*, token: str, at: datetime) -> Invitation:
    """Use a link up. Two presses at once: one gets through."""
    invitation = invitation_for(token, at=at)
    member = invitation.membership
    is_renewal = invitation.purpose != InvitationPurpose.JOIN
    if is_renewal and (not member.is_active or works_elsewhere(member)) and invitation.made_by_id:
        raise LinkIsOver
    with organisation_scope(invitation.organisation_id, member=member.pk):
        if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=at):
            raise LinkIsOver
        audit.record("member:link_used", about=member, by=member.actor, at=at, purpose=invitation.purpose)
    return invitation


def begin_in_house(*, member: Membership, at: datetime) -> None:
    """Open the place that an invitation stood for."""
    with organisation_scope(member.organisation_id, member=member.pk):
        Membership.objects.filter(pk=member.pk).update(is_active=True)
        audit.record("member:began", about=member, by=member.actor, at=at)
    member.is_active = True


def choose_password(*, user: User, password: str, at: datetime, but: UUID | None = None) -> None:
    """Every session but the one that asked ends. The form has looked at the password."""
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user, at=at, but=but)


def works_elsewhere(member: Membership) -> bool:
    """Whether the person has an open place in another house too."""
    others = Membership.objects.filter(user_id=member.user_id, is_active=True)
    others = others.exclude(organisation_id=member.organisation_id)
    return others.exists()


def _demand(by: Membership | None, right: Right) -> None:
    if by is not None and not may(by, right):
        raise MayNot


def _new_user(email: str) -> User:
    user = User(email=email.strip().lower())
    user.set_unusable_password()
    user.save()
    return user


def _link(member: Membership, purpose: InvitationPurpose, *, by: Membership | None, at: datetime) -> str:
    """A new link; a former one of the same person in this house stops working."""
    token = tokens.fresh()
    member.invitations.filter(used_at=None).update(used_at=at)
    Invitation.objects.create(
        organisation_id=member.organisation_id,
        membership=member,
        purpose=purpose,
        made_by=by,
        token_digest=tokens.digest(token),
        made_at=at,
        expires_at=at + INVITATION_LASTS,
    )
    return token
