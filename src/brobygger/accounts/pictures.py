"""A seed as a picture that a telephone's camera reads."""

from brobygger.accounts.rules import seed_address
from brobygger.foundation.pictures import address_picture


def seed_picture(seed: bytes, *, account: str) -> str:
    """The QR code as the address of an image."""
    return address_picture(seed_address(seed, account=account))
