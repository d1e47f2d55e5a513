"""What the words of a message can do, looked up by place."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from engine.language.role import NUMERIC, Role, Tag

_NAMING = frozenset({Role.GOODS, Role.COLOR, Role.SIZE, Role.UNIT, Role.PACK, Role.PLACE, Role.SUPERLATIVE})
_SILENT = frozenset({Role.STOP, Role.ARTICLE})
_COUNTING = NUMERIC | {Role.EACH}
_NO_ROLES: frozenset[Role] = frozenset()
_NO_TAGS: Mapping[Role, Tag] = {}


class TagTable:
    """Tags of a message by the token where they start; `kinds` are the roles of all."""

    def __init__(self, tags: Sequence[Tag]) -> None:
        """Index `tags`."""
        self.all = tuple(tags)
        self.kinds = frozenset([tag.role for tag in self.all])
        self._by_start: dict[int, dict[Role, Tag]] = {}
        self._also: dict[int, list[Tag]] = {}  # other values of what begins at a token
        self._covered: dict[int, set[Role]] = {}
        self._in_phrase: set[int] = set()
        self._in_saying: set[int] = set()
        self._spelled: set[int] = set()
        self._phrases: dict[int, list[Tag]] = {}  # of each token the phrases of several words that it is part of
        by_start, covered, spelled = self._by_start, self._covered, self._spelled
        for tag in self.all:
            start, end, role, _, _, by_sound = tag
            roles = by_start.get(start)
            if roles is None:
                by_start[start] = {role: tag}
            elif role not in roles or end > roles[role].end:
                roles[role] = tag
            else:
                self._also.setdefault(start, []).append(tag)
            if end - start > 1:
                self._add_phrase(tag)
            elif start in covered:
                covered[start].add(role)
            else:
                covered[start] = {role}
            if not by_sound:
                spelled.update(range(start, end))

    def _add_phrase(self, tag: Tag) -> None:
        inside = range(tag.start, tag.end)
        if tag.role not in _COUNTING:
            self._in_phrase.update(inside)
            if tag.role not in _NAMING:
                self._in_saying.update(inside)
        for index in inside:
            self._phrases.setdefault(index, []).append(tag)
            self._covered.setdefault(index, set()).add(tag.role)

    def beginning(self, index: int) -> Mapping[Role, Tag]:
        """The roles that begin at a token, each with its longest tag."""
        return self._by_start.get(index, _NO_TAGS)

    def every(self, index: int, role: Role) -> Sequence[Tag]:
        """The longest tags of a role that begin at a token: several where a word has several values."""
        first = self.beginning(index).get(role)
        if first is None:
            return ()
        if index not in self._also:
            return (first,)
        return (first, *(t for t in self._also[index] if t.role is role and t.end == first.end))

    def at(self, index: int, *roles: Role) -> Tag | None:
        """The first of these roles that begins at a token."""
        found = self._by_start.get(index)
        if found:
            for role in roles:
                if role in found:
                    return found[role]
        return None

    def roles(self, index: int) -> AbstractSet[Role]:
        """All roles of which a token is part."""
        return self._covered.get(index, _NO_ROLES)

    def is_spelled(self, index: int) -> bool:
        """Whether a token is spelled as some list has it, rather than only sounds like a word of one."""
        return index in self._spelled

    def is_spoken(self, final: bool) -> bool:
        """Whether a word that does something is of languages that put the verb last (`final`), or of others, alone."""
        talk = (said for said in self._by_start.values() if _NAMING.isdisjoint(said) and not said.keys() <= _SILENT)
        return any(all(tag.final == final for tag in said.values()) for said in talk)

    def is_inside_saying(self, index: int) -> bool:
        """Whether a token is part of a phrase of several words that names nothing: the "daal" of "daal do"."""
        return index in self._in_saying

    def is_inside_phrase(self, index: int) -> bool:
        """Whether a token is part of a phrase of several words that is no number: the "do" of "bhej do"."""
        return index in self._in_phrase

    def phrases(self, index: int) -> Sequence[Tag]:
        """The phrases of several words that a token is part of."""
        return self._phrases.get(index, ())

    def is_part_of_another(self, tag: Tag) -> bool:
        """Whether words are part of a longer phrase that does something else: the "without" of "without egg"."""
        phrases = self._phrases.get(tag.start)
        if phrases is None:
            return False
        size = tag.end - tag.start
        return any(
            other.role is not tag.role and other.end >= tag.end and other.end - other.start > size for other in phrases
        )

    def any(self, role: Role, start: int = 0, end: int | None = None) -> Tag | None:
        """The first tag of a role that begins in a stretch of tokens."""
        if role not in self.kinds:
            return None
        inside = (t for t in self.all if t.role is role and t.start >= start and (end is None or t.end <= end))
        return next(inside, None)
