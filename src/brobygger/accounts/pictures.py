"""A seed as a picture that a telephone's camera reads. Drawn here: nothing of it goes to anybody else."""

import segno

from brobygger.accounts.rules import seed_address


def seed_picture(seed: bytes, *, account: str) -> str:
    """The QR code as the address of an image, dark on light in every theme."""
    code = segno.make(seed_address(seed, account=account), error="m")
    return str(code.svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
