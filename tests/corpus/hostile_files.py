"""Forty little files in which people stand where nobody looks for them, and what may not be left when masked.

Written once, without a look at the word lists, and measured before anything was mended for them; all made up.
"""

import io
import json
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl

HAN = [
    "蔺沛霖",
    "阙云舒",
    "诸葛明轩",
    "龙腾飞",
    "裘安琪",
    "仇一鸣",
    "尉迟晓萌",
    "苗壮",
    "柯以默",
    "欧阳静姝",
    "谷雨晴",
    "翟子墨",
]
"""Chinese names: rare surnames, one- and two-character given names, and some that are words."""
DOTTED = [
    "热依扎·阿不都热合曼",
    "帕丽旦·库尔班",
    "次旦·旺堆",
    "伊力哈木·艾尼",
    "娜仁·托娅",
    "玛合沙提·叶尔兰",
]
PLAIN = ["次仁卓玛", "其其格", "乌云毕力格", "达瓦次仁", "哈斯额尔敦", "德吉央宗"]
LATIN = [
    "Zhuang Shiqi",
    "LIN PEILIN",
    "Que, Yunshu",
    "Kowalska Agnieszka",
    "Liam O'Connor",
    "zhugemingxuan",
]
MOBILES = [
    f"1{p}{n:08d}"
    for p, n in zip(
        (36, 51, 77, 98, 86, 59, 33, 70, 99, 47, 65, 82),
        range(27183645, 99999999, 5432197),
        strict=False,
    )
]
STREETS = [f"湖北省武汉市江汉区青年路{n}号{n % 7 + 1}栋{n % 5 + 2}单元" for n in range(118, 130)]


def _id(number: int) -> str:
    born = f"19{60 + number:02d}{number % 12 + 1:02d}{number % 27 + 1:02d}"
    body = f"4201{3 + number % 3:02d}{born}{411 + number * 7:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


IDS = [_id(n) for n in range(12)]
MAILS = [f"plover{n}.finch@example.org" for n in range(12)]
STATES = ["已受理", "待审批", "已办结", "退回"]

Made = tuple[str, bytes]


def _csv(rows: list[list[Any]], by: str = ",") -> bytes:
    return ("\n".join(by.join(str(cell) for cell in row) for row in rows) + "\n").encode()


def _book(**sheets: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.properties.creator = HAN[0]
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _spelt(how: Callable[[str], str], values: list[str], header: str = "字段2") -> bytes:
    return _csv([["序号", header], *([i, how(v)] for i, v in enumerate(values))])


def _numbers() -> Iterator[Made]:
    yield "float-mobile.csv", _spelt(lambda v: f"{v}.0", MOBILES)
    yield "float-id.csv", _spelt(lambda v: f"{v}.00", IDS)
    yield "scientific.csv", _spelt(lambda v: f"{v[0]}.{v[1:]}e+10", MOBILES, "tel2")
    yield "formula.csv", _spelt(lambda v: f'="{v}"', IDS, "col_b")
    yield "apostrophe.csv", _spelt(lambda v: f"'{v}", MOBILES, "c")
    yield "blanks.csv", _spelt(lambda v: f"{v[:3]}\u00a0{v[3:7]}\u2009{v[7:]}\t", MOBILES)
    yield "wide.csv", _spelt(lambda v: "".join(chr(ord(c) + 0xFEE0) for c in v), IDS)
    yield "hidden-marks.csv", _spelt(lambda v: "\u200b".join(v), MOBILES)
    yield (
        "country.csv",
        _csv(
            [
                ["k", "v"],
                *(
                    [i, p + v]
                    for i, (p, v) in enumerate(
                        zip(["+86-", "0086", "86 ", "(86)", "0", "+86("] * 2, MOBILES, strict=True)
                    )
                    if "(" not in p[-1]
                ),
            ]
        ),
    )
    yield "dots-slashes.csv", _spelt(lambda v: f"{v[:3]}.{v[3:7]}/{v[7:]}", MOBILES)
    mixed = [f"{n * 37 % 1000}" for n in range(300)] + [IDS[3], MOBILES[4]]
    yield "one-in-numbers.csv", _csv([["编号", "数值"], *([i, v] for i, v in enumerate(mixed))])
    yield (
        "amounts-that-are-phones.csv",
        _csv(
            [
                ["单号", "金额"],
                *([i, f"{n * 3}.50"] for i, n in enumerate(range(80))),
                [99, f"{MOBILES[2]}.00"],
            ]
        ),
    )


def _columns() -> Iterator[Made]:
    for header, names in (("备注1", HAN), ("status", DOTTED), ("col_a", PLAIN), ("负责", LATIN)):
        yield (
            f"names-{header}.csv",
            _csv([["序号", header], *([i, f'"{n}"'] for i, n in enumerate(names * 3))]),
        )
    yield (
        "honorifics.csv",
        _csv(
            [
                ["编号", "对接"],
                *(
                    [i, n[0] + t]
                    for i, (n, t) in enumerate(
                        zip(
                            HAN * 2, ["先生", "阿姨", "总", "老师", "主任", "女士"] * 4, strict=True
                        )
                    )
                ),
            ]
        ),
    )
    for share, name in ((2, "half"), (20, "five"), (200, "half-a-percent")):
        cells = [STATES[i % 4] for i in range(400)]
        for place, value in zip(
            range(7, 400, share), (HAN + MOBILES + STREETS + PLAIN + DOTTED + IDS) * 4, strict=False
        ):
            cells[place] = value
        yield (
            f"states-{name}.csv",
            _csv([["单号", "处理状态"], *([i, c] for i, c in enumerate(cells))]),
        )
    yield (
        "sex-with-names.csv",
        _csv(
            [
                ["id", "性别"],
                *([i, "男" if i % 2 else "女"] for i in range(60)),
                [61, HAN[1]],
                [62, MOBILES[1]],
            ]
        ),
    )
    yield (
        "postcode-with-names.csv",
        _csv(
            [["id", "邮编"], *([i, f"43{i:04d}"] for i in range(60)), [61, HAN[0]], [62, DOTTED[0]]]
        ),
    )
    yield (
        "name-before-address.csv",
        _csv([["id", "收货地址"], *([i, HAN[i % 12] + STREETS[i % 12]] for i in range(24))]),
    )
    yield "key-is-phone.csv", _csv([["客户号", "等级"], *([m, "A"] for m in MOBILES)])
    yield (
        "note-with-lists.csv",
        _csv([["id", "说明"], *([i, f'"{HAN[i]}/{MOBILES[i]}/{IDS[i]}"'] for i in range(12))]),
    )


def _headerless() -> Iterator[Made]:
    people = [[HAN[i], "武汉市江汉区", "店员"] for i in range(6)]
    yield "headerless.csv", _csv(people)
    yield "headerless.tsv", _csv([[DOTTED[i], "会计", "A"] for i in range(6)], "\t")
    yield "headerless-pipe.csv", _csv([[PLAIN[i], "会计", "A"] for i in range(6)], "|")
    yield "one-row.csv", _csv([[HAN[3], MOBILES[3], STREETS[3]]])
    yield (
        "name-in-header.csv",
        _csv([["客户号", "姓名", HAN[5]], *([i, HAN[i], i] for i in range(6))]),
    )
    yield "one-column.csv", _csv([[n] for n in LATIN[:2] * 2])


def _books() -> Iterator[Made]:
    rows = [["编号", "联系"], *([i, HAN[i]] for i in range(12))]
    yield (
        "two-sheets.xlsx",
        _book(
            **{
                HAN[1]: rows,
                HAN[2]: [["编号", "电话"], *([i, int(m)] for i, m in enumerate(MOBILES))],
            }
        ),
    )
    yield (
        "feet.xlsx",
        _book(
            名册=[
                ["客户名册", None, None],
                ["编号", "等级", "数"],
                *([i, "A", i] for i in range(9)),
                ["合计", None, 9],
                [f"制表人：{HAN[4]}", None, f"审核：{HAN[5]}"],
            ]
        ),
    )
    yield "floats.xlsx", _book(a=[["编号", "x"], *([i, float(m)] for i, m in enumerate(MOBILES))])


def _others() -> Iterator[Made]:
    keys = {n: {"电话": m} for n, m in zip(HAN, MOBILES, strict=True)}
    yield "names-as-keys.json", json.dumps([keys], ensure_ascii=False).encode()
    yield (
        "nested.jsonl",
        "\n".join(
            json.dumps({"id": i, "x": {"y": [{"n": HAN[i], "t": MOBILES[i]}]}}, ensure_ascii=False)
            for i in range(12)
        ).encode(),
    )
    yield (
        "list.txt",
        "\n".join(
            f"{n}\t{m}.0\t{s}" for n, m, s in zip(HAN, MOBILES, STREETS, strict=True)
        ).encode(),
    )
    yield (
        "chat.md",
        "\n".join(
            f"- {n[0]}总说请打 {m[:3]} {m[3:7]} {m[7:]}，找{n}"
            for n, m in zip(HAN, MOBILES, strict=True)
        ).encode(),
    )
    yield (
        "log.log",
        "\n".join(
            f"2026-01-02 10:00:0{i % 10} INFO user={LATIN[i % 5]} mail={MAILS[i]} id={IDS[i]}"
            for i in range(12)
        ).encode(),
    )
    yield (
        "mail.eml",
        f"From: {HAN[0]} <{MAILS[0]}>\nTo: x@example.org\nSubject: 您好\n\n{HAN[1]} {MOBILES[1]}\n".encode(),
    )


def made() -> list[Made]:
    """The files, by name."""
    return [*_numbers(), *_columns(), *_headerless(), *_books(), *_others()]


def canaries() -> list[str]:
    """What may not be left, blanks, marks and width taken away: names, last digits, ends of addresses."""
    han = [*HAN, *(n[1:] for n in HAN if len(n) == 3), *(n[2:] for n in HAN if len(n) == 4), *PLAIN]
    dotted = [part for n in DOTTED for part in n.split("·") if len(part) > 1]
    latin = [
        part.lower()
        for n in LATIN
        for part in n.replace(",", "").replace("'", "").split()
        if len(part) > 3
    ]
    places = [s[s.index("路") + 1 :] for s in STREETS]
    return [
        *han,
        *dotted,
        *latin,
        *(m[-8:] for m in MOBILES),
        *(i[-8:].lower() for i in IDS),
        *places,
        *(m[:9] for m in MAILS),
    ]
