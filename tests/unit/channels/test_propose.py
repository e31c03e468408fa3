"""A channel proposed from a file: what it maps is right, what it does not understand it leaves by name."""

import pyarrow as pa

from masking.kinds import Kind
from pipelines.channels.propose import Seen, key_of, proposed

NAME = (Kind.PERSON_NAME,)


def test_a_first_name_is_no_former_name():
    seen = [Seen("no"), Seen("first_name", NAME), Seen("full_name", NAME)]
    said = proposed("people", "people.csv", seen, "no")
    assert said["columns"] == {"full_name": {"is": "full_name"}}
    assert said["ignored"] == ["first_name"]


def test_a_file_with_a_chinese_name_keeps_it_as_the_channels_title():
    said = proposed("channel_2", "企业名单.xlsx", [Seen("编号")], "编号")
    assert (said["name"], said["title"], said["lands_at"]) == (
        "channel_2",
        "企业名单",
        "企业名单.xlsx",
    )


def test_a_row_is_not_named_by_a_persons_number_where_another_column_will_do(duckdb_engine):
    rows = duckdb_engine.arrow(
        pa.table({"客户号码": ["13900000001", "13900000002"], "ref": ["a", "b"]})
    )
    seen = [Seen("客户号码", (Kind.MOBILE,)), Seen("ref")]
    assert key_of(rows, seen, duckdb_engine) == "ref"
    assert key_of(rows, seen[:1], duckdb_engine) == "客户号码"
