"""The filing 备案 a regulator asks for (REQUIREMENTS B5): who holds what, why, how, for how long. Never the data.

It is read from the governance tables, so it says what stood when the day was measured.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from masking.kinds import ZH, Kind
from masking.rulepacks import RulePack, rule_packs
from pipelines.core.cells import defused
from pipelines.core.errors import DataError, say
from warehouse.model import label_en
from warehouse.store import Store

Row = Mapping[str, Any]

PLAN = ("title", "owner", "rules", "purpose", "manner", "scope", "types", "retention", "agreement")
"""What is said of a channel, in the order a filing has it."""
COLUMN = ("table_name", "column_name", "label_zh", "meaning")
NEEDED = {
    "channel": ("records", "purpose_labels"),
    "asset_register": (
        "meaning_zh",
        "labels",
        "lifted",
        "channels",
        "owners",
        "purposes",
        "retentions",
    ),
}
"""Columns a filing is made of that a warehouse of an older version does not have."""
OF_THE_ROW = ("channel", "day", "unreadable", "holder_channel", "other_channel")
"""Columns that tell of the row, and are collected of nobody."""
HAN = re.compile("[\u4e00-\u9fff]")
IN_CHINESE = "[zh] "
"""Stands before words that a pack gives in Chinese only."""
HEADS = {
    "title": ("channel", "渠道"), "owner": ("owner", "责任部门"), "rules": ("rules", "收集使用规则"),
    "purpose": ("purpose", "目的"), "manner": ("manner", "方式"), "scope": ("scope", "范围"),
    "types": ("types", "类型"), "retention": ("retention", "保存期限"), "agreement": ("agreement", "协议"),
    "table_name": ("data set", "数据集"), "column_name": ("column", "列"), "label_zh": ("Chinese name", "中文名"),
    "meaning": ("meaning", "含义"), "type": ("type", "类型"), "lifted": ("lifted by", "并存提级依据"),
    "channels": ("channels", "来源渠道"), "owners": ("owners", "责任部门"), "purposes": ("purposes", "目的"),
    "retentions": ("retention", "保存期限"),
}  # fmt: skip


@dataclass(frozen=True)
class Filing:
    """What is filed."""

    subject: str
    day: str
    standards: Sequence[Row]
    channels: Sequence[Row]
    columns: Sequence[Row]


def filing(store: Store) -> Filing:
    """The filing, as of the last day that was measured. Raises DataError if none was."""
    measured = _read(
        store, "SELECT organisation, day FROM quality.measurement ORDER BY day DESC LIMIT 1"
    )
    if not measured:
        raise DataError(
            "the warehouse has no asset register yet: run mingce run first",
            "数据仓库中还没有资产清单：请先运行 mingce run",
        )
    assets = _kept(store, "asset_register", "table_name, column_name")
    plans = _kept(store, "channel", "channel")
    called = {p["channel"]: {"en": p["channel"], "zh": p["title"]} for p in plans}
    called |= {
        code: label for p in plans for code, label in json.loads(p["purpose_labels"]).items()
    }
    packs = rule_packs().values()
    return Filing(
        measured[0]["organisation"],
        str(measured[0]["day"]),
        [
            {
                "name": p.name,
                "version": p.version,
                "title": say(p.title_en, p.title_zh),
                "standard": p.standard,
            }
            for p in packs
        ],
        [_plan(plan, _of(plan, assets), called) for plan in plans],
        [_column(asset, called) for asset in assets],
    )


def _read(store: Store, sql: str) -> list[dict[str, Any]]:
    return store.read(sql, "steward").to_pylist()


def _kept(store: Store, table: str, order: str) -> list[dict[str, Any]]:
    """The rows of a governance table. Raises DataError if they were kept by a version that knew less."""
    found = _read(store, f"SELECT * FROM governance.{table} ORDER BY {order}")
    if any(row.get(column) is None for row in found for column in NEEDED[table]):
        raise DataError(
            "the asset register was made by an older version and lacks what a filing says: run mingce run again, "
            "then mingce register",
            "资产清单由旧版本生成，缺少备案所需内容：请重新运行 mingce run，再运行 mingce register",
        )
    return found


def _of(plan: Row, assets: Sequence[Row]) -> list[Row]:
    """What the channel fills, in the records it feeds: not what others fill, or what is made of it."""
    tables = {f"core.{record}" for record in plan["records"].split(",")}
    return [
        a
        for a in assets
        if a["table_name"] in tables
        and plan["channel"] in a["channels"].split(",")
        and a["kind"] != Kind.KEY
        and a["column_name"] not in OF_THE_ROW
    ]


def _plan(plan: Row, assets: Sequence[Row], called: Mapping[str, Row]) -> Row:
    """A channel's plan, with what it collects (scope) and what that reveals (types)."""
    until = plan["agreement_expires_on"]
    expires = say(f" ({until})", f"（{until}）") if until else ""
    types = dict.fromkeys(
        _type(a["kind"]) for a in assets if a["kind"] not in (Kind.PLAIN, Kind.CODE, Kind.KEY)
    )
    return {
        **{name: _given(plan[name] or "") for name in PLAN if name in plan},
        "owner": _given(plan["owner"] or "") or _unnamed(),
        "purpose": _called(plan["purpose"], called),
        "agreement": _given(plan["agreement"] or "") + expires,
        "scope": _listed(say(label_en(a["column_name"]), a["label_zh"]) for a in assets),
        "types": _listed(types),
    }


def _called(said: str, called: Mapping[str, Row]) -> str:
    """Each purpose, or channel, once, by its name in the filing's language."""
    return _listed(called[p][say("en", "zh")] if p in called else p for p in said.split(",") if p)


def _column(asset: Row, called: Mapping[str, Row]) -> Row:
    labels, lifted = json.loads(asset["labels"]), json.loads(asset["lifted"])
    packs = rule_packs()
    return {
        **{name: asset[say(name, "meaning_zh") if name == "meaning" else name] for name in COLUMN},
        "type": _type(asset["kind"]),
        **{name: _label(packs[name], label) for name, label in labels.items() if name in packs},
        "lifted": " ".join(
            _lifted(packs[name], why) for name, why in lifted.items() if name in packs
        ),
        "owners": _listed(map(_given, asset["owners"].split(","))) or _unnamed(),
        "retentions": _listed(map(_given, asset["retentions"].split(","))),
        "channels": _called(asset["channels"], called),
        "purposes": _called(asset["purposes"], called),
    }


def _lifted(pack: RulePack, why: Row) -> str:
    """By which standard, from what, beside which kinds, and where it says so."""
    beside = _listed(map(_type, why["because"]))
    title, before = say(pack.title_en, pack.title_zh), _label(pack, why["before"])
    source = say(f" ({_given(why['source'])})", f"（{why['source']}）")
    return f"{title}{say(': ', '：')}{before} + {beside}{source}"


def _type(kind: str) -> str:
    return say(kind, ZH[Kind(kind)])


def _label(pack: RulePack, label: str) -> str:
    """What the standard calls it: a grade (C2) by itself in English, and before its name in Chinese."""
    name = pack.named(label)
    return name if label.islower() or label in name else f"{label} {name}"


def _given(text: str) -> str:
    """A pack's own words as it gives them; an English filing says which of them are in Chinese."""
    return say(f"{IN_CHINESE}{text}" if HAN.search(text) else text, text)


def _unnamed() -> str:
    return say("not named yet", "尚未指定")


def _listed(words: Iterable[str]) -> str:
    return say(", ", "、").join(dict.fromkeys(words))


def as_json(said: Filing) -> str:
    """All of it, for a program."""
    return json.dumps(asdict(said), ensure_ascii=False, indent=1) + "\n"


def as_csv(said: Filing) -> str:
    """A row for each column that is held; opens in a spreadsheet."""
    out = io.StringIO()
    names = list(said.columns[0]) if said.columns else []
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([say("subject", "主体"), *map(_head, names)])
    writer.writerows(
        [defused(str(c)) for c in (said.subject, *row.values())] for row in said.columns
    )
    return "\ufeff" + out.getvalue()


def as_markdown(said: Filing) -> str:
    """The document: subject, plans by channel, standards, columns."""
    title = say("Filing of customer information held", "客户信息备案")
    plans = [[plan[name] for name in PLAN] for plan in said.channels]
    standards = [[s["title"], s["standard"], s["version"]] for s in said.standards]
    parts = [
        f"# {title}",
        say(
            f"Subject: {said.subject}. As of {said.day}. It says what is held, never the data.",
            f"主体：{said.subject}。截至 {said.day}。仅列明所持信息的情况，不含数据内容。",
        ),
        "## " + say("What is collected, by channel", "各渠道收集情况"),
        _table([_head(name) for name in PLAN], plans),
        "## " + say("Standards of classification", "分类分级依据"),
        _table([say("pack", "规则包"), say("standard", "标准"), say("version", "版本")], standards),
        "## " + say("What is held, by column", "所持信息清单"),
        _table(list(map(_head, said.columns[0])), [list(row.values()) for row in said.columns])
        if said.columns
        else "",
    ]
    return "\n\n".join(parts) + "\n"


def _head(name: str) -> str:
    if name in rule_packs():
        return say(rule_packs()[name].title_en, rule_packs()[name].title_zh)
    return say(*HEADS[name])


def _table(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(str(c).replace("|", "\\|") for c in line) + " |" for line in lines
    )


FORMATS: dict[str, Callable[[Filing], str]] = {".csv": as_csv, ".json": as_json, ".md": as_markdown}
