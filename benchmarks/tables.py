"""How much public tables of facts tell that ours do not: `python -m benchmarks tables`.

Card prefixes and changes of divisions lie beside the checkout (`../shared/data`) and are only measured with.
Where python-stdnum is installed (it need not be: `pip install --target DIR python-stdnum`, then
`PYTHONPATH=DIR`), its division codes are counted too.
"""

import csv
import json
import re
from collections.abc import Iterator
from importlib import resources, util
from pathlib import Path

from masking.lexicon.build_divisions import TOWNS
from masking.lexicon.divisions import codes, divisions
from masking.recognisers.card_issuer import Issuer, issuer, issuers

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"


def main(_arguments: list[str]) -> None:
    """Print one line of JSON for each table."""
    if DATA.is_dir():
        for measured in (cards_looked_up(), card_prefixes(), changes(), *lists()):
            print(json.dumps(measured, ensure_ascii=False))
    else:
        print(f"skipped: {DATA} is absent")
    if util.find_spec("stdnum"):
        print(json.dumps(stdnum(), ensure_ascii=False))


def cards_looked_up() -> dict[str, object]:
    """Numbers, each with the prefix and length that must answer, or none."""
    text = (DATA / "cn_bank_bins/lookup_tests.jsonl").read_text("utf-8")
    rows = [json.loads(line) for line in text.splitlines()]
    right = sum(_called(issuer(row["card"])) == row["expected"] for row in rows)
    return {"table": "cards", "look_ups": len(rows), "right": right}


def _called(found: Issuer | None) -> str | None:
    return f"cb{found.prefix}_{found.length}" if found else None


def card_prefixes() -> dict[str, object]:
    """How many prefixes of that table, with their length, stand in ours, and agree."""
    rows = list(csv.DictReader((DATA / "cn_bank_bins/bin.csv").open(encoding="utf-8")))
    theirs = {(row["bin"], int(row["length"])): row for row in rows}
    ours = issuers()
    both = theirs.keys() & ours.keys()
    types = {"DC": "debit", "CC": "credit", "SCC": "semi-credit", "PC": "prepaid"}
    return {
        "table": "cards", "prefixes": len(theirs), "ours_too": len(both),
        "of_one_bank": sum(theirs[k]["bank"] == ours[k].bank for k in both),
        "of_one_type": sum(types[theirs[k]["type"]] == ours[k].type for k in both),
        "only_ours": len(ours.keys() - theirs.keys()),
    }  # fmt: skip


def changes() -> dict[str, object]:
    """Divisions that came, went or changed their code, and whether we know the code."""
    path = DATA / "cn_admin_divisions/freshness_probe.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    names = {code: [d.name for d in divisions() if d.code == code] for code in codes()}
    known = [row for row in rows if row["code"] in names]
    others = [name for name in rows[0] if name not in ("code", "event")]
    return {
        "table": "divisions", "changes": len(rows), "known": len(known),
        "under_that_name": sum(any(n in row["event"] for n in names[row["code"]]) for row in known),
        "others_know": {name: sum(int(row[name]) for row in rows) for name in others},
    }  # fmt: skip


LISTS = {
    "modood": "modood_areas.csv", "cpca": "cpca_0.5.5_adcodes.csv", "jionlp": "jionlp_1.5.31_province_city_county.csv",
}  # fmt: skip


def lists() -> Iterator[dict[str, object]]:
    """The codes of other packages' lists of today; development zones, parts of Taiwan and the like left out."""
    for name, file in LISTS.items():
        rows = csv.DictReader((DATA / "cn_admin_divisions" / file).open(encoding="utf-8"))
        theirs = {(row.get("code") or row["adcode"])[:6] for row in rows}
        theirs = {c for c in theirs if c[:2] < "66" and c[4] not in "79" and c[:4] not in TOWNS}
        yield {
            "table": "divisions", "list": name, "codes": len(theirs),
            "ours_too": len(theirs & codes()), "only_theirs": sorted(theirs - codes()),
        }  # fmt: skip


def stdnum() -> dict[str, object]:
    """python-stdnum's codes, which are those of an encyclopedia, beside ours."""
    text = resources.files("stdnum").joinpath("cn/loc.dat").read_text("utf-8")
    theirs, province = set(), ""
    for line in text.splitlines():
        if start := re.match(r"(\d\d) province=", line):
            province = start[1]
        elif county := re.match(r" +(\d{4}) county=", line):
            theirs.add(province + county[1])
    return {
        "table": "divisions", "stdnum": len(theirs), "ours_too": len(theirs & codes()),
        "only_theirs": sorted(theirs - codes()), "only_ours": len(codes() - theirs),
    }  # fmt: skip
