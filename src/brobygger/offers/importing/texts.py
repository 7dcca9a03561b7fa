"""From bytes to text, and from text as it was written to text as it is kept. Pure."""

import re
import unicodedata

from brobygger.offers.importing import faults
from brobygger.offers.importing.rows import Refused

# What a Danish or western European text may hold above ASCII. Anything else means: this was not Windows-1252.
_LIKELY = frozenset("æøåÆØÅäöüÄÖÜßéèêëáàâãíìîïóòôõúùûñçÉÈÁÀÓÍÚÑÇ’‘“”„–—…•·°§£€©®™½¼¾²³´`¨«»¿¡\u00a0\u00ad")
_GARBLED = re.compile("Ã[\u0080-\u00bf¦¸¥©¤¶¼†˜…‚ƒ„]|â€|Â[\u00a0-\u00bf]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2028\u2029\ufeff\ud800-\udfff]")
_WRITTEN_BREAKS = re.compile(r"\\r\\n|\\n|\\r")


def decoded(data: bytes, where: str) -> tuple[str, bool]:
    """The text, and whether it had to be read as Windows-1252. Refused if it is neither.

    >>> decoded("Bjørn".encode(), "x.csv"), decoded("Bjørn".encode("cp1252"), "x.csv")
    (('Bjørn', False), ('Bjørn', True))
    """
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        raise Refused(faults.UTF_16, where=where, byte=0)
    if (byte := data.find(b"\0")) >= 0:
        raise Refused(faults.BINARY, where=where, byte=byte)
    try:
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError as broken:
        text = _as_windows(data)
        if text is None:
            raise Refused(faults.WRONG_ENCODING, where=where, byte=broken.start) from None
        return text, True


def _as_windows(data: bytes) -> str | None:
    """As Windows-1252, if that gives text one would expect: no garbled UTF-8, nearly all likely letters."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    above = [letter for letter in text if letter > "\x7f"]
    likely = sum(letter in _LIKELY for letter in above)
    return text if likely >= 0.9 * len(above) and not _GARBLED.search(text) and not _controls(text) else None


def _controls(text: str) -> bool:
    return bool(re.search(r"[\x00-\x08\x0e-\x1f]", text))


def cleaned(text: str) -> str:
    """One way of writing: line breaks as line breaks, also those written out; no trailing blanks.

    >>> cleaned("  Free  legal help\\\\nin court \\r\\n")
    'Free legal help\\nin court'
    """
    if not text or text.strip().lower() == "null":
        return ""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)  # a Mac may write å as a and a ring
    if text.isprintable() and "\\" not in text and "  " not in text and "\u00a0" not in text:
        return text.strip()
    text = _WRITTEN_BREAKS.sub("\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in _CONTROLS.sub("", text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def one_line(text: str) -> str:
    return " ".join(text.split())
