"""Columns made whole: draws by name and text by column. No cell is touched by Python one at a time."""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute

pc: Any = pyarrow.compute
"""Arrow's functions; its stubs take a column for a scalar."""
Ints = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]
Mask = npt.NDArray[np.bool_]
Text = Any
"""A column of text: an Arrow array of strings, null where nothing stands."""


def drawer(seed: int, *name: object) -> np.random.Generator:
    """A stream of chance of its own for each thing that is drawn: adding one changes no other."""
    return np.random.default_rng([seed, zlib.crc32("/".join(map(str, name)).encode())])


def text(values: Sequence[str | None]) -> Text:
    """These few values as a column."""
    return pa.array(values, pa.string())


def empty(rows: int) -> Text:
    """A column in which nothing stands."""
    return pa.nulls(rows, pa.string())


def constant(value: str, rows: int) -> Text:
    """One value in every row."""
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def together(parts: Sequence[Text]) -> Text:
    """One column behind the other."""
    return pa.concat_arrays(list(parts))


def taken(values: Text, index: npt.NDArray[Any]) -> Text:
    """`values` at `index`; null where the index is below 0."""
    at = pa.array(index, pa.int64(), mask=index < 0)
    return _whole(pc.take(values, at))


def joined(*parts: Text | str) -> Text:
    """The parts of each row, glued; null if one of them is."""
    return _whole(pc.binary_join_element_wise(*parts, ""))


def number(values: npt.NDArray[Any], width: int = 0) -> Text:
    """Whole numbers as text, padded with zeros to `width`."""
    said = pc.cast(pa.array(values), pa.string())
    return pc.utf8_lpad(said, width, "0") if width else said


def money(values: npt.NDArray[Any]) -> Text:
    """Amounts given in hundredths as text with two decimals."""
    sign = pc.if_else(pa.array(values < 0), "-", "")
    size = np.abs(values)
    return joined(sign, number(size // 100), ".", number(size % 100, 2))


def iso(days: Days, forever: Mask | None = None) -> Text:
    """Days as 2026-09-01; null where there is none; 9999-12-31 where it is for ever."""
    said = pc.cast(pa.array(days.astype("datetime64[D]")), pa.string())
    return said if forever is None else pc.if_else(pa.array(forever), "9999-12-31", said)


def instants(seconds: npt.NDArray[Any]) -> Text:
    """Instants as 2026-09-01 08:30:00; null where there is none."""
    return pc.cast(pa.array(seconds.astype("datetime64[s]")), pa.string())


def put(values: Text, rows: Ints, new: Text | str | None) -> Text:
    """`values` with those of `rows` replaced by `new`, in order, or by one value."""
    if not isinstance(new, pa.Array):
        new = pa.repeat(pa.scalar(new, pa.string()), len(rows))
    index = np.arange(len(values), dtype=np.int64)
    index[rows] = len(values) + np.arange(len(rows))
    return _whole(pc.take(pa.concat_arrays([values, new]), pa.array(index)))


def where(choice: Mask, yes: Text | str, no: Text | str) -> Text:
    """`yes` in the chosen rows, `no` in the others."""
    return pc.if_else(pa.array(choice), yes, no)


def blanked(values: Text, choice: Mask) -> Text:
    """`values` with nothing in the chosen rows."""
    return pc.if_else(pa.array(choice), pa.scalar(None, pa.string()), values)


def filled(values: Text) -> Mask:
    """Where something stands."""
    found: Mask = pc.is_valid(values).to_numpy(zero_copy_only=False)
    return found


def picked(rng: np.random.Generator, weights: Sequence[float], rows: int) -> Ints:
    """`rows` choices among as many things as there are weights."""
    edges = np.cumsum(np.asarray(weights, dtype=float))
    return np.asarray(
        np.searchsorted(edges, rng.random(rows) * edges[-1], side="right").astype(np.int64)
    )


def fading(count: int, half: float = 0.5) -> list[float]:
    """Weights of things listed by how common they are: the last is `half` to the power of 3 the first."""
    return [float(half ** (3 * i / max(count - 1, 1))) for i in range(count)]


def chance(rng: np.random.Generator, share: float | npt.NDArray[np.float64], rows: int) -> Mask:
    """Each row with that probability."""
    return np.asarray(rng.random(rows) < share)


def spread(start: int, rows: int, size: int, seed: int) -> Ints:
    """`rows` different numbers below `size` that look drawn: from `start` on in a fixed shuffle of them all.

    `size` times the step stays below 2**63, so the numbers are exact.
    """
    step = 982_451_653 % size
    while np.gcd(step, size) != 1:
        step += 1
    first = int(drawer(seed, "spread", size).integers(size))
    at = np.arange(start, start + rows, dtype=np.uint64)
    return np.asarray((at * np.uint64(step) + np.uint64(first)) % np.uint64(size)).astype(np.int64)


def letters(values: Text, width: int) -> npt.NDArray[np.uint32]:
    """A column as a matrix of code points, one row a value, zero where it ends."""
    said = np.asarray(values.fill_null("").to_numpy(zero_copy_only=False), dtype=f"U{width}")
    return said.view(np.uint32).reshape(len(said), width).copy()


def from_letters(points: npt.NDArray[np.uint32]) -> Text:
    """The column of a matrix of code points."""
    width = points.shape[1]
    said = np.ascontiguousarray(points).view(f"U{width}").reshape(len(points))
    return pa.array(said, pa.string())


def _whole(values: Any) -> Text:
    return values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
