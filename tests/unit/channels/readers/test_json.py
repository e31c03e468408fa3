"""JSON: nested objects become columns, nothing written is changed, what is broken is refused."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.channels.readers import open_source
from pipelines.core.errors import SourceError


def read(folder, text, name="made_up.jsonl", **said):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return open_source(str(path), **said)


def test_objects_become_dotted_columns_and_arrays_stay_json(tmp_path):
    reading = read(
        tmp_path,
        '{"id": 1, "customer": {"name": "欧阳试", "phones": ["139", {"n": 1.10}]}, "vip": true}\n'
        '{"id": 2, "customer": {"email": null}, "extra": {}}\n',
    )
    assert reading.rows.column_names == [
        *("line", "id", "customer.name", "customer.phones", "vip", "customer.email", "extra")
    ]
    assert reading.rows.to_pylist() == [
        {
            "line": 1,
            "id": "1",
            "customer.name": "欧阳试",
            "vip": "true",
            "customer.phones": '["139", {"n": 1.10}]',
            "customer.email": None,
            "extra": None,
        },
        {
            "line": 2,
            "id": "2",
            "customer.name": None,
            "vip": None,
            "customer.phones": None,
            "customer.email": None,
            "extra": "{}",
        },
    ]
    assert reading.facts["format"] == "jsonl"


NUMBERS = [
    "1.10",
    "1e5",
    "110101199001030022",
    "-0",
    "0.1000000000000000055511151231257827",
    "1" * 400,
]


@pytest.mark.parametrize("number", NUMBERS)
def test_numbers_keep_their_digits(tmp_path, number):
    reading = read(tmp_path, f'{{"a": {number}, "b": [{number}]}}\n')
    assert reading.rows.column("a").to_pylist() == [number]
    assert reading.rows.column("b").to_pylist() == [f"[{number}]"]


BROKEN = [  # a line, why it is refused
    ('{"a": 1', "not JSON"),
    ("hello", "not JSON"),
    ("[1, 2]", "not an object"),
    ('"text"', "not an object"),
    ('{"a": 1, "a": 2}', "a name twice in one object"),
    ('{"a.b": 1, "a": {"b": 2}}', "two values for one name"),
    ('{"a": "\\ud800"}', "half a character, or a NUL"),
    ('{"a": "\\u0000"}', "half a character, or a NUL"),
    ('{"a": ' * 500 + "1" + "}" * 500, "nested too deep"),
    ('{"a": ' * 100_000 + "1" + "}" * 100_000, "nested too deep"),
    ('{"a": "x"} {"a": "y"}', "not JSON"),
]


@pytest.mark.parametrize(("line", "reason"), BROKEN)
def test_a_line_that_is_no_row_is_refused_with_its_number_and_reason(tmp_path, line, reason):
    reading = read(tmp_path, f'{{"a": "x"}}\n\n{line}\n{{"a": "z"}}')
    assert reading.rows.to_pylist() == [{"line": 1, "a": "x"}, {"line": 4, "a": "z"}]
    assert reading.refused.to_pylist() == [{"line": 3, "reason": reason, "raw": line}]


def test_bytes_that_cannot_be_decoded_refuse_their_line(tmp_path):
    reading = read(
        tmp_path, b'{"a": "\xe5\xbc\xa0"}\n{"a": "\xff"}\n' + b'{"a": "\xe5\xbc\xa0"}\n' * 20
    )
    assert reading.kept == 21
    assert reading.refused.column("raw").to_pylist() == ['{"a": "\\xff"}']


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_other_encodings_are_read_too(tmp_path, encoding):
    text = '{"姓名": "欧阳试", "住址": "北京市海淀区"}\n' * 3
    reading = read(tmp_path, text.encode(encoding))
    assert reading.rows.column("姓名").to_pylist() == ["欧阳试"] * 3


ROWS = [{"id": i, "customer": {"name": f"试{i}"}} for i in range(1, 4)]
WRITTEN = [
    json.dumps(ROWS),
    json.dumps(ROWS, indent=2, ensure_ascii=False),
    "".join(json.dumps(row, indent=1) + "\n" for row in ROWS),
    "\ufeff" + json.dumps(ROWS, indent=2),
    ",\n".join(json.dumps(row) for row in ROWS).join(("[\n", "\n]\n")),
]


@pytest.mark.parametrize("text", WRITTEN)
@pytest.mark.parametrize("name", ["made_up.json", "made_up.txt"])
def test_an_array_and_objects_over_many_lines_are_read_and_numbered(tmp_path, text, name):
    reading = read(tmp_path, text, name)
    assert reading.rows.to_pylist() == [
        {"line": i, "id": str(i), "customer.name": f"试{i}"} for i in range(1, 4)
    ]


def test_an_array_may_hold_what_is_no_row(tmp_path):
    reading = read(tmp_path, '[{"a": 1}, 7, {"a": 1, "a": 2}, {"a": 3}]', "made_up.json")
    assert reading.rows.column("line").to_pylist() == [1, 4]
    assert reading.refused.column("line").to_pylist() == [2, 3]


@pytest.mark.parametrize(
    "text", ['[{"a": 1}, {"a"', '[{"a": 1}, {"a": 2}', '{\n"a": 1,\n"b"', "[{]"]
)
def test_json_that_breaks_off_is_refused_whole(tmp_path, text):
    with pytest.raises(SourceError, match="truncated or damaged"):
        read(tmp_path, text, "made_up.json")


def test_names_that_differ_only_in_case_are_kept_apart(tmp_path):
    reading = read(tmp_path, '{"name": "a", "Name": "b", "line": 9}\n')
    assert reading.rows.to_pylist() == [{"line": 1, "name": "a", "Name_2": "b", "line_2": "9"}]


def test_a_column_that_appears_late_is_empty_above(tmp_path):
    text = "".join(f'{{"a": {i}}}\n' for i in range(30_000)) + '{"b": "late"}\n'
    reading = read(tmp_path, text)
    assert reading.rows.column("b").to_pylist() == [None] * 30_000 + ["late"]


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    lambda inside: (
        st.lists(inside, max_size=3)
        | st.dictionaries(st.sampled_from("abc"), inside, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.dictionaries(st.sampled_from("xyz"), VALUES, min_size=1), min_size=1, max_size=5)
)
def test_lines_and_an_array_of_the_same_objects_give_the_same_rows(tmp_path_factory, objects):
    folder = tmp_path_factory.mktemp("json")
    by_line = read(folder, "".join(json.dumps(o, ensure_ascii=False) + "\n" for o in objects))
    as_array = read(folder, json.dumps(objects, indent=1), "made_up.json")
    assert by_line.rows.equals(as_array.rows)
    assert by_line.kept == len(objects)
