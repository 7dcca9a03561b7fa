"""How the command line speaks: one sentence a line, with the seconds since it began."""

import time


class Voice:
    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self, sentence: str) -> None:
        print(f"{self.seconds():6.1f} s  {sentence}", flush=True)

    def seconds(self) -> float:
        return time.monotonic() - self._began


def plain(sentence: str) -> None:
    print(sentence, flush=True)
