"""A block read whole and the same block read row by row give the same rows, however it is cut."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.readers.delimited import DelimitedRows, Plan
from pipelines.channels.readers.layout import Layout
from pipelines.channels.readers.reading import numbered
from pipelines.channels.readers.rows import Dialect

DIALECTS = [
    Dialect(),
    Dialect(""),
    Dialect("\t"),
    Dialect("|@|"),
    Dialect("§"),
    Dialect(",", ""),
    Dialect(",", "'"),
    Dialect(",", '"', "\\"),
    Dialect(",", '"', spaces=True),
]
PIECES = [
    *(
        ",",
        ",",
        ",",
        "\n",
        "\n",
        "\r\n",
        "\r",
        '"',
        '""',
        '"x"',
        '\\"',
        "'",
        " ",
        "\t",
        "|@|",
        "|",
        "§",
    ),
    *("a", "12", "é", "张三", "\ufeff", "\x1f", "\0"),
]
TEXTS = st.lists(
    st.sampled_from([piece.encode() for piece in PIECES] + [b"\xff", b"\xe5\xbc"]), max_size=40
).map(b"".join)


def _read(text: bytes, dialect: Dialect, width: int, size: int) -> tuple[object, object]:
    """Kept and refused, read in blocks of `size` bytes; row by row if it is 0."""
    names = numbered(width)
    reader = DelimitedRows(Plan(dialect, Layout(names, -1, 0), 0, 1, 0), piece=max(size // 2, 1))
    if size:
        reader.read(iter([text[i : i + size] for i in range(0, len(text), size)]))
    else:
        reader.read_carefully(text, 1, final=True)
    reading = reader.kept.reading(names.names, reader.refused, {})
    return reading.rows.sort_by("line").to_pylist(), reading.refused.to_pylist()


@settings(max_examples=600, deadline=None)
@given(TEXTS, st.sampled_from(DIALECTS), st.integers(1, 4), st.sampled_from([5, 19, 1000]))
def test_both_ways_keep_and_refuse_the_same(text, dialect, width, size):
    assert _read(text, dialect, width, size) == _read(text, dialect, width, 0)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from(DIALECTS), st.integers(1, 3))
def test_no_line_is_lost_and_none_is_counted_twice(text, dialect, width):
    kept, refused = _read(text, dialect, width, 1000)
    lines = [row["line"] for row in (*kept, *refused)]
    assert len(lines) == len(set(lines))
    assert max(lines, default=0) <= text.count(b"\n") + text.count(b"\r") + 1


CELLS = st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8))
def test_what_is_written_with_quotes_comes_back_as_it_was(table):
    text = "".join(
        ",".join("" if c is None else '"' + c.replace('"', '""') + '"' for c in row) + "\n"
        for row in table
    )
    kept, refused = _read(text.encode(), Dialect(), 3, 1000)
    assert [tuple(row.values())[1:] for row in kept] == table
    assert refused == []
