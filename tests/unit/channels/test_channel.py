"""A channel's declaration, and what it says of a file that does not fit."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipelines.channels.channel import UNNAMED
from pipelines.core.errors import LANGUAGE, SourceError, speaking
from tests.factories import channel

FOUND = ("客户号", "姓名", "性别", "出生日期", "证件号码", "手机", "备注")


def test_a_column_nobody_declared_is_named():
    with pytest.raises(SourceError, match=r"unknown column \d+ of \d+\. Ask"):
        channel().require_columns((*FOUND, "鞋码"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_row_that_stands_where_the_header_should_is_not_quoted(language):
    LANGUAGE.set(language)
    with pytest.raises(SourceError, match=r"no header row|没有表头行") as stop:
        channel().require_columns(("K1", "金丝雀", "女", "1990-01-03", "甲", "乙", "丙"))
    assert "金丝雀" not in str(stop.value)


@pytest.mark.parametrize("place", ["counter/{dya}.csv", "{}/a.csv", "{day}/{Day}.csv"])
def test_a_location_whose_day_is_misspelt_is_refused(place):
    with pytest.raises(ValidationError, match=r"is no place for the day: write \{day\}"):
        channel(lands_at=place)


@pytest.mark.parametrize("place", ["counter/{day}.csv", "{day:%Y%m%d}/a.csv", "a.csv"])
def test_a_location_with_its_day_is_taken(place):
    assert channel(lands_at=place).lands_at == place


@pytest.mark.parametrize("owner", [UNNAMED, "", " "])
@pytest.mark.parametrize(
    ("language", "asked"),
    [("en", "Ask the channel's owner for the right file"), ("zh", "请向渠道负责人索取正确文件")],
)
def test_where_no_owner_is_named_a_message_says_whom_to_ask_all_the_same(language, asked, owner):
    with speaking(language), pytest.raises(SourceError) as stop:
        channel(owner=owner).require_columns((*FOUND, "鞋码"))
    with speaking(language):
        assert asked in str(stop.value)
        assert UNNAMED not in str(stop.value)


def test_every_message_asks_by_who_and_never_by_the_owner_as_written():
    root = Path(__file__).parents[3]
    rooms = (root / "pipelines/channels", root / "pipelines/steps", root / "mingce_dags")
    said = {p: p.read_text("utf-8") for room in rooms for p in room.rglob("*.py")}
    assert any("channel.who" in text for text in said.values())
    assert [str(p) for p, text in said.items() if "{channel.owner}" in text] == []
