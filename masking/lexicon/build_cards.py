"""Writes the table of bank card prefixes from public packages.

Run by a developer when the packages change, never by the program:
``npm pack bankcard@3.1.6 bankcardinfo@2.0.6`` and
``python -m masking.lexicon.build_cards bankcard-3.1.6.tgz bankcardinfo-2.0.6.tgz``.
Only facts leave them: which prefix and length belong to which bank and which type of card. Where both have a
prefix of a length, the first, which is kept up to date, is believed; the second is a list of 2013.
"""

import re
import sys
import tarfile
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from masking.lexicon.tables import HERE

HEADER = (
    "# Bank card prefixes: banks by code, then bank, type and length of cards, and the prefixes of such cards.\n"
    "# Written by masking/lexicon/build_cards.py; do not edit. Sources and licences: NOTICE.txt.\n"
)
TYPES = {"DC": "debit", "CC": "credit", "SCC": "semi-credit", "PC": "prepaid"}
OTHERS = {
    "南洋商业银行": "NCBHK", "承德银行": "BOCD", "广州农村商业银行股份有限公司": "GRCB", "宜昌市商业银行": "YCCB",
    "苏州市商业银行": "BOSZ", "天津滨海德商村镇银行": "TJDSCZ", "商丘市商业银行": "ZYB", "华侨银行": "OCBC",
    "湖州银行": "HZCCB", "临汾市尧都区农村信用合作联社": "YDRCB", "烟台商业银行": "YTBANK",
    "江西省农村信用社联合社": "JXRCU", "集友银行": "CYBC", "洛阳银行": "BOL", "齐鲁银行": "QLBANK", "齐商银行": "ZBCB",
    "日照银行": "RZB", "浙江泰隆商业银行": "ZJTLCB", "威海市商业银行": "WHCCB",
}  # fmt: skip
"""Banks that the second package gives a code under which the first knows another bank, or knows none."""


class Card(NamedTuple):
    """Cards of one prefix and length."""

    prefix: str
    length: int
    bank: str
    type: str


def read(archive: str, member: str) -> str:
    with tarfile.open(archive) as held:
        found = held.extractfile(member)
        if found is None:
            raise SystemExit(f"{archive} holds no {member}")
        return found.read().decode()


def first(text: str) -> tuple[list[Card], dict[str, str]]:
    """bankcard: one line a prefix, and the banks' names."""
    line = r"\{ bin: '(\d+)', bank: '(\w+)', type: (\w+), len: (\d+) \}"
    cards = [Card(p, int(n), bank, TYPES[kind]) for p, bank, kind, n in re.findall(line, text)]
    return cards, dict(re.findall(r"code: '(\w+)', name: '([^']+)'", text))


def second(text: str) -> tuple[list[Card], dict[str, str]]:
    """bankcardinfo: for each bank the patterns of its cards, each a union of prefixes."""
    cards, names = [], {}
    bank = r'bankName: "([^"]+)",\s*bankCode: "([^"]+)",\s*patterns: \[(.*?)\]\s*\}'
    for name, theirs, patterns in re.findall(bank, text, re.DOTALL):
        code = OTHERS.get(name, theirs)
        names[code] = name
        for prefixes, rest, kind in re.findall(PATTERN, patterns):
            cards += [Card(p, len(p) + int(rest), code, TYPES[kind]) for p in prefixes.split("|")]
    return cards, names


PATTERN = r'reg: /\^\(([^)]*)\)\\d\{(\d+)\}\$/g,\s*cardType: "(\w+)"'


def main() -> None:
    kept, names = first(read(sys.argv[1], "package/dist/bankcard.cjs.js"))
    old, old_names = second(read(sys.argv[2], "package/index.js"))
    cards = {(c.prefix, c.length): c for c in [*old[::-1], *kept]}
    lines: dict[tuple[str, str, int], list[str]] = defaultdict(list)
    for card in sorted(cards.values()):
        lines[card.bank, card.type, card.length].append(card.prefix)
    banks = {code: (old_names | names)[code] for code in sorted({bank for bank, _, _ in lines})}
    text = "[banks]\n" + "".join(f"{code} {name}\n" for code, name in banks.items())
    text += "[prefixes]\n" + "".join(
        f"{bank} {kind} {length} {' '.join(prefixes)}\n"
        for (bank, kind, length), prefixes in sorted(lines.items())
    )
    Path(HERE / "card_prefixes.txt").write_text(HEADER + text, "utf-8")


if __name__ == "__main__":
    main()
