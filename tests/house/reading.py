"""What a page gives to read, piece by piece: a heading, a paragraph, the words of a button."""

from html.parser import HTMLParser

RUNNING = {"a", "abbr", "b", "bdi", "dfn", "em", "i", "small", "span", "strong", "time"}
UNREAD = {"script", "style", "template", "svg", "option", "code"}


class Reader(HTMLParser):
    """Joins what stands in one running text, so that a word in bold does not end its sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = [""]
        self._unread = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        if tag not in RUNNING:
            self.pieces.append("")

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD
        if tag not in RUNNING:
            self.pieces.append("")

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self.pieces[-1] += data


def pieces(page: str, *, whole: bool = False) -> list[str]:
    """The texts of the page's own middle, or of the `whole` page with the frame that all pages share."""
    tag = "body" if whole else "main"
    reader = Reader()
    reader.feed(page.split(f"<{tag}", 1)[-1].split(">", 1)[-1].split(f"</{tag}>", 1)[0])
    return [text for piece in reader.pieces if (text := " ".join(piece.split()))]
