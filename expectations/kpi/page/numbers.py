"""Numbers as a report writes them: what falls short of its target, or of the whole, never reads as if it did not."""

MOST_PLACES = 6


def percent(value: float | None, target: float | None = None) -> str:
    """A share with one decimal, or as many as tell it from a target, or a whole, that it does not reach."""
    if value is None:
        return "–"
    goal = 1.0 if target is None or value >= target else target
    places = 1
    while value < goal and places < MOST_PLACES and _read(value, places) >= _read(goal, places):
        places += 1
    return f"{100 * value:.{places}f}%"


def told_apart(value: float | None, other: float | None) -> str:
    """A share with one decimal, or as many as it takes to tell it from another that it is not."""
    if value is None or other is None or value == other:
        return percent(value)
    places = next((p for p in range(1, MOST_PLACES) if _read(value, p) != _read(other, p)), 1)
    return f"{100 * value:.{places}f}%"


def points(value: float) -> str:
    """A difference of two shares, in percentage points; one that is there never reads as none."""
    places = next((p for p in range(1, MOST_PLACES) if _read(value, p) > 0), 1)
    return f"{100 * value:.{places}f}"


def number(value: int) -> str:
    """A count with separators."""
    return f"{value:,}"


def weight(value: float) -> str:
    """A weight, with no more decimals than it has."""
    return f"{value:g}"


def _read(value: float, places: int) -> float:
    """The share as it reads with so many decimals."""
    return float(f"{100 * value:.{places}f}")
