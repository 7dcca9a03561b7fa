"""The second proof: enrolled by its owner, taken once, ended for good."""

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from brobygger.accounts.models import Factor, RecoveryCode, User
from brobygger.accounts.rules import digits_of, step_of
from brobygger.accounts.sealing import seal, unseal
from brobygger.accounts.terms import FactorKind
from brobygger.foundation import tokens

SEED_BYTES = 20
RECOVERY_CODES, GROUPS, GROUP = 8, 6, 4
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # 32 that are not mistaken for each other: 5 bits each


class TakenAlready(Exception):
    """This passkey is somebody's already."""


def new_seed() -> bytes:
    return secrets.token_bytes(SEED_BYTES)


def own_factors(user: User) -> list[Factor]:
    return list(user.factors.filter(ended_at=None).order_by("made_at"))


def has_factor(user: User) -> bool:
    return user.factors.filter(ended_at=None).exists()


def enrol_code(*, user: User, seed: bytes, code: str, name: str, at: datetime) -> Factor | None:
    """Keep a seed once its owner has shown a code made with it; None if the code is wrong."""
    step = step_of(seed, digits_of(code), at=at)
    if step is None:
        return None
    return Factor.objects.create(
        user=user, kind=FactorKind.CODE, name=name, sealed_seed=seal(seed), last_step=step, made_at=at
    )


def enrol_passkey(*, user: User, credential_id: str, public_key: str, name: str, at: datetime) -> Factor:
    try:
        with transaction.atomic():
            return Factor.objects.create(
                user=user,
                kind=FactorKind.PASSKEY,
                name=name,
                credential_id=credential_id,
                public_key=public_key,
                made_at=at,
            )
    except IntegrityError:
        raise TakenAlready from None


def take_code(*, user: User, typed: str, at: datetime) -> bool:
    """Whether this is the code of now, or a recovery code; either counts once, however often sent."""
    code = digits_of(typed)
    if len(code) == GROUPS * GROUP:
        return _take_recovery(user, code, at=at)
    for factor in user.factors.filter(kind=FactorKind.CODE, ended_at=None):
        step = step_of(unseal(factor.sealed_seed), code, at=at, after=factor.last_step)
        fresh = Factor.objects.filter(pk=factor.pk, last_step__lt=step, ended_at=None) if step else None
        if fresh is not None and fresh.update(last_step=step, used_at=at):
            return True
    return False


def note_use(factor: Factor, *, at: datetime) -> None:
    Factor.objects.filter(pk=factor.pk).update(used_at=at)


def new_recovery_codes(*, user: User, at: datetime) -> list[str]:
    """Make eight codes and end the former ones. This is the only time they can be read."""
    codes = [_recovery_code() for _number in range(RECOVERY_CODES)]
    with transaction.atomic():
        user.recovery_codes.filter(ended_at=None).update(ended_at=at)
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=user, digest=tokens.digest(digits_of(code)), made_at=at) for code in codes
        )
    return codes


def recovery_codes_left(user: User) -> int:
    return user.recovery_codes.filter(ended_at=None).count()


def end_factor(*, factor: Factor, at: datetime) -> None:
    """What is ended can prove nothing again: seed and key are emptied."""
    Factor.objects.filter(pk=factor.pk, ended_at=None).update(ended_at=at, sealed_seed="")


def end_all_factors(user: User, *, at: datetime) -> None:
    user.factors.filter(ended_at=None).update(ended_at=at, sealed_seed="")
    user.recovery_codes.filter(ended_at=None).update(ended_at=at)


def _take_recovery(user: User, code: str, *, at: datetime) -> bool:
    return bool(user.recovery_codes.filter(digest=tokens.digest(code), ended_at=None).update(ended_at=at))


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(LETTERS) for _sign in range(GROUP)) for _group in range(GROUPS))
