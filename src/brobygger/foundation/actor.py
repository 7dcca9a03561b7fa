"""Who acts: a member of a house, the holder of a link, or the system itself."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Actor:
    """`kind` is member, link or system; `id` is the membership's or the link's; `name` is for people."""

    kind: str
    id: UUID
    name: str


SYSTEM = Actor(kind="system", id=UUID(int=0), name="Brobygger")
