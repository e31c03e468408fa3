"""Charts as inline SVG: no script, no network, and they print. Every number in a chart also stands in the text."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from markupsafe import Markup

from expectations.kpi.page.numbers import percent

Days = Sequence[tuple[date, float | None]]
Place = Callable[[float, float], tuple[float, float]]

WIDTH, HEIGHT = 720, 230
LEFT, RIGHT, TOP, BOTTOM = 64, 64, 22, 38


def bar(ratio: float | None, target: float | None, label: str) -> Markup:
    """How much of the whole is good, and where the target lies. Without a target it is neither good nor short."""
    if ratio is None:
        return Markup(
            '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
            '<rect class="none" width="100" height="8"/></svg>'
        ).format(label)
    kind = "plain" if target is None else "good" if ratio >= target else "short"
    mark = "" if target is None else _mark(target)
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="track" width="100" height="8"/><rect class="{}" width="{}" height="8"/>{}</svg>'
    ).format(label, kind, _number(100 * ratio), mark)


def share(failing: float, most: float, label: str) -> Markup:
    """A share that fails, beside the largest one."""
    width = 100 * failing / most if most else 0
    return Markup(
        '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect class="track" width="100" height="8"/><rect class="fail" width="{}" height="8"/></svg>'
    ).format(label, _number(width))


def spark(days: Days) -> Markup:
    """A channel's score over the period, small."""
    known = [(n, s) for n, (_, s) in enumerate(days) if s is not None]
    if not known:
        return Markup("")
    low, high = _span([s for _, s in known])
    last = max(1, len(days) - 1)
    points = [(4 + 112 * n / last, 24 - 20 * (s - low) / (high - low)) for n, s in known]
    x, y = points[-1]
    return Markup(
        '<svg class="spark" viewBox="0 0 120 28" aria-hidden="true"><polyline points="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>'
    ).format(_points(points), _number(x), _number(y))


def trend(days: Days, label: str) -> Markup:
    """The score of all channels together, day by day."""
    known = [(n, day, s) for n, (day, s) in enumerate(days) if s is not None]
    if not known:
        return Markup("")
    low, high = _span([s for _, _, s in known])
    last = max(1, len(days) - 1)

    def at(n: float, value: float) -> tuple[float, float]:
        across = 0.5 if len(days) == 1 else n / last
        x = LEFT + (WIDTH - LEFT - RIGHT) * across
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    points = [at(n, s) for n, _, s in known]
    dots = (
        Markup('<circle cx="{}" cy="{}" r="3"><title>{} {}</title></circle>').format(
            _number(x), _number(y), day.isoformat(), percent(s)
        )
        for (x, y), (_, day, s) in zip(points, known, strict=True)
    )
    (x, y), value = points[-1], percent(known[-1][2])
    parts = (
        *_grid(low, high, at),
        Markup('<polyline class="line" points="{}"/>').format(_points(points)),
        *dots,
        _text("last", x, y - 10 if y > TOP + 16 else y + 20, "middle", value),
        *_dates([day for day, _ in days], lambda n: at(n, low)[0]),
    )
    return Markup(
        '<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>'
    ).format(WIDTH, HEIGHT, label, Markup("").join(parts))


def _mark(target: float) -> Markup:
    x = _number(min(99.4, 100 * target))
    return Markup(
        '<line class="mark" x1="{}" x2="{}" y1="0" y2="8" vector-effect="non-scaling-stroke"/>'
    ).format(x, x)


def _span(values: Sequence[float]) -> tuple[float, float]:
    """Where the axis begins and ends: whole twentieths around the values."""
    low = max(0.0, int(min(values) * 20 - 0.2) / 20)
    high = min(1.0, (int(max(values) * 20) + 1) / 20)
    return (low, high) if high > low else (max(0.0, high - 0.05), high)


def _grid(low: float, high: float, at: Place) -> Iterator[Markup]:
    steps = round((high - low) * 20)
    for step in range(0, steps + 1, max(1, -(-steps // 5))):
        value = low + step / 20
        y = at(0, value)[1]
        yield _line("grid", y)
        yield _text("axis", LEFT - 6, y + 4, "end", f"{round(100 * value)}%")


def _dates(days: Sequence[date], across: Callable[[int], float]) -> Iterator[Markup]:
    last = len(days) - 1
    anchors = (
        {0: "start", last // 2: "middle", last: "end"} if last > 1 else {0: "start", last: "end"}
    )
    for n, anchor in anchors.items():
        yield _text("axis", across(n), HEIGHT - 8, anchor, days[n].isoformat())


def _line(kind: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(
        kind, LEFT, WIDTH - RIGHT, _number(y), _number(y)
    )


def _text(kind: str, x: float, y: float, anchor: str, text: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        kind, _number(x), _number(y), anchor, text
    )


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
