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

_STEMMERS = tuple(snowballstemmer.stemmer(language) for language in ("danish", "english", "arabic"))

# Words that say nothing of what is wanted, folded. "Help" is among them: everybody offers it.
_EMPTY_DANISH = """
af alle alligevel alt andet andre at bare bedre begynde behov blev blevet blive bliver brug bruge da
datter de dem den denne der deres det dette dig din dine disse dit dog du efter egen eller en end er et
faa faar far finde findes flere foer for fordi fra gaa gaar gerne gik giver god gode godt goer ham han
hans har hav havde hedder hej hele hen hende hendes her hjaelp hjaelpe hjaelper hos hun hvad hvem hver
hvilke hvilken hvis hvor hvordan hvorfor i igen ikke ind ingen jeg kan ked kom komme kommer kunne lave
laver lidt lige maa maaske mange med meget mellem men mere mig min mindre mine mit mod mor muligt naar ned
noegle nogen noget nogle nok nu ny nye og ogsaa om omkring op os over paa problem problemer saa saadan
selv ses sidste sig sin sine sit skal skulle slet soeger soen som stadig steder stedet synes tage taget
til tilbud ting to ud uden under vaek vaere vaeret var ved vi vil ville vores
"""
_EMPTY_ENGLISH = """
a about after again all also am an and another any anyone anything are around as assistance at be because
been being best but by can cannot cant could did do does doesnt doing done dont down for from get gets
getting give go goes going good got had has have having he hello help helping her here hers him his how i
id if ill im in information into is isnt it its ive just keep keeps kind know let like looking lot made
make many may maybe me more most much my myself near need needed needs never new no not now of off on one
or other our out over please possible problem problems program programs provide provides put really
resources same service services she should since so some somebody someone something somewhere still
support take taking than that the their them then there these they thing things this those to too try
trying up us use very want wanted wants was wasnt we well went were what when where which who why will
with without wont would you your
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

    The Danish stemmer knows æ, ø and å, so those are given back to it. Other letters are taken for Arabic,
    whose stemmer leaves what it does not know.

    >>> stems("lektier"), stems("mortgages")
    (('lekti', 'lektier'), ('mortgag', 'mortgag'))
    """
    if not word.isascii():
        stem = _arabic(word)
        return stem, stem
    if word.isdecimal():
        return word, word
    danish = _STEMMERS[0].stemWord(word.replace("ae", "æ").replace("oe", "ø").replace("aa", "å"))
    return folded(danish), str(_STEMMERS[1].stemWord(word))


def _arabic(word: str) -> str:
    """The Arabic stem, if enough of the word is left."""
    stem = folded(str(_STEMMERS[2].stemWord(word)))
    return stem if len(stem) > 2 else word
