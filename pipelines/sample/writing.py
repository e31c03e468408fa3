"""How a source writes its rows: its own column names, codes and ways of writing a day."""

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
from sqlalchemy import Date, DateTime

from pipelines.channels.channel import Channel
from pipelines.sample.files import format_of
from pipelines.sample.rows import Drawn
from pipelines.sample.vector import Text, constant, drawer, empty, joined, pc, taken, text
from warehouse.tables import RECORDS

ISO_DAY = r"^(\d{4})-(\d\d)-(\d\d)$"
DAYS = (r"\1-\2-\3", r"\1/\2/\3", r"\1\2\3", r"\1年\2月\3日")
ISO_INSTANT = r"^(\d{4})-(\d\d)-(\d\d) (\d\d:\d\d):\d\d$"
INSTANTS = (r"\0", r"\1/\2/\3 \4", r"\0", r"\1年\2月\3日 \4")


def as_written(drawn: Drawn, seed: int) -> pa.Table:
    """The source's columns: ours under its names, in its codes; a column that feeds two records says one thing."""
    channel = drawn.channel
    found: dict[str, Text] = {channel.keys[-1]: drawn.number}
    style = int(drawer(seed, channel.name, "style").integers(0, len(DAYS)))
    by_hand = format_of(channel) in ("csv", "xlsx")
    for said in drawn.said:
        types = RECORDS[said.rows.record].columns
        for name, column in said.rows.columns.items():
            if name in found:
                continue
            value = said.columns.get(column.is_, empty(len(drawn)))
            if by_hand and isinstance(types[column.is_].type, Date):
                value = _respelt(value, ISO_DAY, DAYS[style], "长期" if style else "9999-12-31")
            elif by_hand and isinstance(types[column.is_].type, DateTime):
                value = pc.replace_substring_regex(value, ISO_INSTANT, INSTANTS[style])
            found[name] = coded(value, column.values)
    return pa.table(found | _left_alone(channel, len(drawn), found, seed))


def keyed(drawn: Drawn, seed: int) -> Drawn:
    """The rows under their whole keys, where a key is made of several columns, as the flow will join them."""
    names = drawn.channel.keys
    if len(names) == 1:
        return drawn
    table = as_written(drawn, seed)
    whole = table[names[0]].combine_chunks()
    for name in names[1:]:
        whole = joined(whole, "|", table[name].combine_chunks())
    return replace(drawn, source_id=whole)


def coded(values: Text, codes: dict[str, str]) -> Text:
    """Values in the source's codes: the first that says it; what has none stays as it is."""
    if not codes:
        return values
    code: dict[str, str] = {}
    for source, ours in codes.items():
        code.setdefault(ours, source)
    return _by_word(
        values, lambda words: pa.array([code.get(w, w) for w in words.to_pylist()], pa.string())
    )


def _respelt(values: Text, pattern: str, how: str, forever: str) -> Text:
    def spelt(words: Text) -> Text:
        ever = pc.equal(words, "9999-12-31")
        return pc.if_else(ever, forever, pc.replace_substring_regex(words, pattern, how))

    return _by_word(values, spelt)


def _by_word(values: Text, change: Callable[[Text], Text]) -> Text:
    """The same change to every value, made once for each that occurs."""
    spelt = values.dictionary_encode()
    return taken(change(spelt.dictionary), spelt.indices.fill_null(-1).to_numpy())


def _left_alone(channel: Channel, rows: int, found: dict[str, Text], seed: int) -> dict[str, Text]:
    """Further keys, and columns that the channel's declaration leaves alone: letters that mean nothing here."""
    letters = text(list("ABCDE"))
    keys = {name: constant("1", rows) for name in channel.keys if name not in found}
    return keys | {
        name: taken(letters, drawer(seed, channel.name, name).integers(0, 5, rows))
        for name in channel.ignored if name not in found
    }  # fmt: skip
