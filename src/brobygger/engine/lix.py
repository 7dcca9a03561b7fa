"""How heavy a text is to read: LIX, made for Swedish and used for Danish alike.

Source: C. H. Björnsson, *Läsbarhet* (Stockholm: Liber, 1968). His scale: under 30 very easy (books for
children), 30-40 easy (fiction, weeklies), 40-50 medium (newspapers), 50-60 heavy (official texts), over 60
very heavy (bureaucrats and laws).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 7  # letters; Björnsson: "more than six"
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# A sentence ends before a capital, a quotation mark or the end, so that "kl. 16" and "26. november" go on.
END = re.compile(r"[.!?:](?=[«»\"”)]*(?:\s+[A-ZÆØÅ»\"“]|\s*$))")


@dataclass(frozen=True, slots=True)
class Weight:
    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        """Words per sentence plus long words per hundred; 0 for a text without words."""
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words


def weigh(texts: Iterable[str]) -> Weight:
    """Weigh pieces of text that each end where they end: a heading, a paragraph, the words of a button.

    >>> weigh(["Vi ses i morgen kl. 16.30. Klubben får ikke din adresse."])
    Weight(words=11, sentences=2, long_words=2)
    """
    sentences = [words for text in texts for part in END.split(text) if (words := WORD.findall(part))]
    words = [word for said in sentences for word in said]
    return Weight(len(words), len(sentences), sum(map(_is_long, words)))


def _is_long(word: str) -> bool:
    return sum(map(str.isalpha, word)) >= LONG
