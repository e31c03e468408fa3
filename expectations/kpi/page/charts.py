"""Charts as inline SVG: no script, no network, and they print. Every number in a chart also stands in the text."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup, escape

Days = Sequence[tuple[date, float | None]]

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 54, 16, 30


def bar(ratio: float | None, target: float | None, label: str) -> Markup:
    """How much of the whole is good, and where the target lies."""
    if ratio is None:
        return Markup(
            '<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" role="img" aria-label="{}">'
            '<rect class="none" width="100" height="8"/></svg>'
        ).format(label)
    kind = "good" if target is None or ratio >= target else "short"
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
    low, high = _span([s for _, s in known], None)
    last = max(1, len(days) - 1)
    points = [(4 + 112 * n / last, 24 - 20 * (s - low) / (high - low)) for n, s in known]
    x, y = points[-1]
    return Markup(
        '<svg class="spark" viewBox="0 0 120 28" aria-hidden="true"><polyline points="{}"/>'
        '<circle cx="{}" cy="{}" r="2.6"/></svg>'
    ).format(_points(points), _number(x), _number(y))


def trend(days: Days, target: float | None, label: str, target_label: str) -> Markup:
    """The score of all channels together, day by day, with its target."""
    known = [(n, day, s) for n, (day, s) in enumerate(days) if s is not None]
    if not known:
        return Markup("")
    low, high = _span([s for _, _, s in known], target)
    last = max(1, len(days) - 1)

    def at(n: float, value: float) -> tuple[float, float]:
        across = 0.5 if len(days) == 1 else n / last
        x = LEFT + (WIDTH - LEFT - RIGHT) * across
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    parts = [_grid(low, high, at)]
    if target is not None:
        (x1, y), (x2, _) = (LEFT, at(0, target)[1]), (WIDTH - RIGHT, 0)
        parts.append(
            Markup('<line class="target" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="targettext" x="{}" y="{}">{}</text>')
            .format(x1, x2, _number(y), _number(y), x2 + 6, _number(y + 4), target_label)
        )  # fmt: skip
    points = [at(n, s) for n, _, s in known]
    parts.append(Markup('<polyline class="line" points="{}"/>').format(_points(points)))
    parts += [
        Markup('<circle cx="{}" cy="{}" r="3"><title>{} {}</title></circle>').format(
            _number(x), _number(y), day.isoformat(), _percent(s)
        )
        for (x, y), (_, day, s) in zip(points, known, strict=True)
    ]
    x, y = points[-1]
    above = -9 if target is None or known[-1][2] >= target else 18
    parts.append(
        Markup('<text class="last" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _number(x), _number(y + above), _percent(known[-1][2])
        )
    )
    parts.append(_dates([day for day, _ in days], lambda n: at(n, low)[0]))
    return Markup('<svg class="trend" viewBox="0 0 {} {}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, label, Markup("").join(parts)
    )


def _mark(target: float) -> Markup:
    x = _number(min(99.4, 100 * target))
    return Markup('<line class="mark" x1="{}" x2="{}" y1="0" y2="8" vector-effect="non-scaling-stroke"/>').format(x, x)


def _span(values: Sequence[float], target: float | None) -> tuple[float, float]:
    """Where the axis begins and ends: whole twentieths around the values."""
    shown = [*values, *([] if target is None else [target])]
    low = max(0.0, int(min(shown) * 20 - 0.2) / 20)
    high = min(1.0, (int(max(shown) * 20) + 1) / 20)
    return (low, high) if high > low else (max(0.0, high - 0.05), high)


def _grid(low: float, high: float, at: "object") -> Markup:
    place = at  # a function of (position, value)
    steps = round((high - low) * 20)
    every = max(1, -(-steps // 5))
    lines = []
    for step in range(0, steps + 1, every):
        value = low + step / 20
        y = _number(place(0, value)[1])  # type: ignore[operator]
        lines.append(
            Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/><text class="axis" x="{}" y="{}" text-anchor="end">{}%</text>')
            .format(LEFT, WIDTH - RIGHT, y, y, LEFT - 6, _number(float(y) + 4), round(100 * value))
        )  # fmt: skip
    return Markup("").join(lines)


def _dates(days: Sequence[date], across: "object") -> Markup:
    chosen = sorted({0, len(days) // 2, len(days) - 1}) if len(days) > 2 else range(len(days))
    return Markup("").join(
        Markup('<text class="axis" x="{}" y="{}" text-anchor="middle">{}</text>').format(
            _number(across(n)), HEIGHT - 8, escape(days[n].isoformat())  # type: ignore[operator]
        )
        for n in chosen
    )


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _percent(value: float) -> str:
    return f"{100 * value:.1f}%"
