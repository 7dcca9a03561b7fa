"""Something is in the way of starting or running, told as a sentence that says what to do about it."""


class Trouble(Exception):  # noqa: N818 - it is read aloud by the command line, not debugged
    """`str(trouble)` is what the person at the keyboard reads: what is wrong, and the way out.

    `code` is the exit code of the command: 2 something to put right, 3 the database, 4 not allowed here.
    """

    def __init__(self, sentence: str, *, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code
