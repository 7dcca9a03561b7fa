"""Words as they are compared: without case, accents and the many ways of writing æ, ø and å. Pure."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

WORD = re.compile(r"[^\W_]+", re.UNICODE)
SPELLED = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ß": "ss", "đ": "d"})
ARABIC = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""})
ARTICLE = "ال"
KEPT = 50_000

_STEMMERS = tuple(snowballstemmer.stemmer(language) for language in ("danish", "english"))

# Words that say nothing of what is wanted, folded. "Help" is among them: everybody offers it.
_EMPTY_DANISH = """
soen datter
af alle alt at bare blive bliver brug da de dem den der deres det dig din dit du eller en er et for fordi
fra faa faar gerne gaa han ham hans har hende hendes her hjaelp hjaelpe hos hun hvad hvem hver hvis hvor
hvordan i igen ikke ind ingen jeg kan kom kommer med meget men mig min mine mit mod naar noegle nogen noget
nogle nu og ogsaa om os over paa saa sig sin skal skulle som sit soeger til tilbud ud under var ved vi vil
ville vores vaere
"""
_EMPTY_ENGLISH = """
a about an and any are as at be by can do does for from get have help helping how i in is it me my need
needs of on or our out please service services so some somebody someone somewhere that the their them there
they this to us want we what when where which who will with you your
"""
EMPTY = frozenset(re.findall(r"\w+", f"{_EMPTY_DANISH} {_EMPTY_ENGLISH}"))


@lru_cache(KEPT)
def folded(word: str) -> str:
    """One word as it is compared.

    >>> folded("Gæld"), folded("gaeld"), folded("Åben"), folded("café"), folded("الديون")
    ('gaeld', 'gaeld', 'aaben', 'cafe', 'ديون')
    """
    plain = unicodedata.normalize("NFC", word.casefold()).translate(SPELLED)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(sign))
    bare = bare.translate(ARABIC)
    return bare[2:] if bare.startswith(ARTICLE) and len(bare) > 4 else bare


def words_in(text: str) -> list[str]:
    """The words of a text as they are compared, in order. An apostrophe joins.

    >>> words_in("Fri hjælp til børn & unge: kid's club")
    ['fri', 'hjaelp', 'til', 'boern', 'unge', 'kids', 'club']
    """
    return [folded(word) for word in spelled_in(text)]


def spelled_in(text: str) -> list[str]:
    """The words of a text as they are written."""
    return WORD.findall(text.replace("'", "").replace("\u2019", ""))


@lru_cache(KEPT)
def stems(word: str) -> tuple[str, str]:
    """The stem of a compared word in Danish and in English: a directory may speak either.

    The Danish stemmer knows æ, ø and å, so those are given back to it.

    >>> stems("lektier"), stems("mortgages")
    (('lekti', 'lektier'), ('mortgag', 'mortgag'))
    """
    if not word.isascii() or word.isdecimal():
        return word, word
    danish = _STEMMERS[0].stemWord(word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å"))
    return folded(danish), str(_STEMMERS[1].stemWord(word))
