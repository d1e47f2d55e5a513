"""What the words of a message can do, looked up by place."""

from collections.abc import Sequence

from engine.language.role import NUMERIC, Role, Tag

_NAMING = frozenset({Role.GOODS, Role.COLOR, Role.SIZE, Role.UNIT, Role.PACK, Role.PLACE, Role.SUPERLATIVE})


class TagTable:
    """Tags of a message by the token where they start."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Index `tags`."""
        self.all = tuple(tags)
        self._by_start: dict[int, dict[Role, Tag]] = {}
        self._covered: dict[int, set[Role]] = {}
        self._in_phrase: set[int] = set()
        self._in_saying: set[int] = set()
        self._spelled: set[int] = set()
        self._phrases: dict[int, list[Tag]] = {}  # of each token the phrases of several words that it is part of
        for tag in tags:
            roles = self._by_start.setdefault(tag.start, {})
            if tag.role not in roles or tag.end > roles[tag.role].end:
                roles[tag.role] = tag
            if tag.end - tag.start > 1 and tag.role not in NUMERIC | {Role.EACH}:
                self._in_phrase.update(range(tag.start, tag.end))
                if tag.role not in _NAMING:
                    self._in_saying.update(range(tag.start, tag.end))
            if not tag.by_sound:
                self._spelled.update(range(tag.start, tag.end))
            for index in range(tag.start, tag.end if tag.end - tag.start > 1 else tag.start):
                self._phrases.setdefault(index, []).append(tag)
            for index in range(tag.start, tag.end):
                self._covered.setdefault(index, set()).add(tag.role)

    def begins(self, index: int) -> bool:
        """Whether any role begins at a token."""
        return index in self._by_start

    def at(self, index: int, *roles: Role) -> Tag | None:
        """The first of these roles that begins at a token."""
        found = self._by_start.get(index)
        if found:
            for role in roles:
                if role in found:
                    return found[role]
        return None

    def roles(self, index: int) -> set[Role]:
        """All roles of which a token is part."""
        return self._covered.get(index, set())

    def is_spelled(self, index: int) -> bool:
        """Whether a token is spelled as some list has it, rather than only sounds like a word of one."""
        return index in self._spelled

    def is_inside_saying(self, index: int) -> bool:
        """Whether a token is part of a phrase of several words that names nothing: the "daal" of "daal do"."""
        return index in self._in_saying

    def is_inside_phrase(self, index: int) -> bool:
        """Whether a token is part of a phrase of several words that is no number: the "do" of "bhej do"."""
        return index in self._in_phrase

    def is_part_of_another(self, tag: Tag) -> bool:
        """Whether words are part of a longer phrase that does something else: the "without" of "without egg"."""
        size = tag.end - tag.start
        return any(
            other.role is not tag.role and other.end >= tag.end and other.end - other.start > size
            for other in self._phrases.get(tag.start, ())
        )

    def any(self, role: Role, start: int = 0, end: int | None = None) -> Tag | None:
        """The first tag of a role that begins in a stretch of tokens."""
        inside = (t for t in self.all if t.role is role and t.start >= start and (end is None or t.end <= end))
        return next(inside, None)
