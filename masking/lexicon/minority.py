"""Names of peoples that have no surname and write no dot: 乌恩其, 阿依古丽, 扎西顿珠.

They are put together from parts (`minority_names.txt`): one or two, and perhaps an ending.
"""

from masking.lexicon import tables

LONGEST_PART = 6


class MinorityNames:
    """The parts, and what may be built of them."""

    def __init__(self, costs: tuple[float, float, float]) -> None:
        found = tables.groups("minority_names.txt")
        self.parts, self.joined, self.endings, self.never = (
            frozenset(found[group]) for group in ("part", "joined", "ending", "never")
        )
        self.one, self.more, self.doubtful = costs
        self.beginnings = frozenset(part[:2] for part in self.parts | self.joined)
        """The first two characters of any part."""

    def names(self, run: str, start: int) -> list[tuple[int, float, str]]:
        """What may be a name that starts here: its end, its cost, and that it is written like a foreign one."""
        parts = self._parts(run, start)
        if not parts or any(run.startswith(word, start) for word in self.never):
            return []
        found = {end: self.one + (0.0 if is_name else self.doubtful) for end, is_name in parts}
        for end, is_name in parts:
            for after, is_other in self._parts(run, end):
                if is_name or is_other:
                    found[after] = self.one + self.more
        for end, cost in list(found.items()):
            for after in (end + 1, end + 2):
                if after <= len(run) and run[end:after] in self.endings:
                    found.setdefault(after, cost + self.more)
        return [(end, cost, "f") for end, cost in found.items()]

    def _parts(self, run: str, start: int) -> list[tuple[int, bool]]:
        """Where a part ends that starts here, and whether it is a name by itself."""
        if run[start : start + 2] not in self.beginnings:
            return []
        return [
            (end, run[start:end] in self.parts)
            for end in range(start + 2, min(len(run), start + LONGEST_PART) + 1)
            if run[start:end] in self.parts or run[start:end] in self.joined
        ]
