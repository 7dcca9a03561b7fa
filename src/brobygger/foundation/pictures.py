"""An address as a picture that a telephone's camera reads. Drawn here: nothing of it goes to anybody else."""

import segno


def address_picture(address: str) -> str:
    """The QR code as the address of an image, dark on light in every theme."""
    return str(segno.make(address, error="m").svg_data_uri(scale=5, border=4, dark="#000", light="#fff"))
