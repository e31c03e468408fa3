"""No cell that we write runs as a formula, and numbers stay numbers."""

import csv
import io

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.core.cells import STARTS, defused, defused_table

RUN = [
    *(
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "＝1+1",
        "＋1+A1",
        "－1+A1",
        "＠A1",
    ),
    *(
        " =1+1",
        "\u3000=1",
        "\ufeff=1",
        "\u200b=cmd|' /C calc'!A0",
        "\0=1",
        "-2+3+cmd|' /C calc'!A0",
    ),
    *(
        '=HYPERLINK("http://x","y")',
        "+86-139-0000-0001",
        "-a",
        "--a",
        "-1-",
        "@",
        "=",
        "+",
        "+86 139",
    ),
    *("-5.3 ", "-1e5x", "1\t=2"[1:]),
]
STAYS = [
    *("-5.3", "+8613900000001", "-1,234.50", "+1e6", "-12%", "-", "--", "欧阳试", "a=b", "a@example.com"),
    *("", "1990-01-03", "甲-乙", "0755-1234", "***", "5+5"),
]  # fmt: skip


@pytest.mark.parametrize("cell", RUN)
def test_a_cell_that_a_spreadsheet_would_run_stays_a_text(cell):
    assert defused(cell) == "'" + cell


@pytest.mark.parametrize("cell", STAYS)
def test_any_other_cell_stays_as_it_is(cell):
    assert defused(cell) == cell


@settings(deadline=None)
@given(st.lists(st.none() | st.text(alphabet=STARTS + "1a. \t,e%'甲\r", max_size=6), min_size=1))
def test_a_column_and_a_cell_are_defused_alike(cells):
    for kind in (pa.string(), pa.large_string()):
        table = defused_table(pa.table({"=x": pa.array(cells, kind)}))
        assert table.column("'=x").to_pylist() == [c and defused(c) for c in cells]


def test_columns_of_numbers_stay_numbers():
    table = pa.table({"n": [-5, 3], "f": [-5.3, None]})
    assert defused_table(table).equals(table)


@settings(deadline=None)
@given(st.text(max_size=20))
def test_what_is_written_never_begins_a_formula(cell):
    out = io.StringIO()
    csv.writer(out).writerow(["k", defused(cell)])
    written = next(csv.reader(io.StringIO(out.getvalue(), newline="")))[1].lstrip()
    assert not written.startswith(tuple(STARTS)) or written.strip("+-0123456789.,eE%") == ""
