"""Made-up people: households whose members share a home and a surname, each person with what a bank asks."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample import naming, papers
from pipelines.sample.families import Families, families
from pipelines.sample.organisations import Companies
from pipelines.sample.places import Places, homes, landlines, postcodes
from pipelines.sample.vector import (
    Days,
    Ints,
    Mask,
    Text,
    chance,
    drawer,
    empty,
    iso,
    joined,
    money,
    number,
    picked,
    put,
    spread,
    taken,
    text,
    where,
)
from pipelines.sample.words import lines, named, regions, surnames

HAN_BY_PROVINCE = {
    "新疆": 0.42,
    "西藏": 0.12,
    "内蒙古": 0.79,
    "广西": 0.62,
    "宁夏": 0.64,
    "青海": 0.51,
    "云南": 0.67,
    "贵州": 0.64,
}
"""Share of the Han where it is far from the others' .95 (census of 2020)."""
OF_THE_PROVINCE = {
    "新疆": "维吾尔族",
    "西藏": "藏族",
    "内蒙古": "蒙古族",
    "广西": "壮族",
    "宁夏": "回族",
    "青海": "藏族",
}
MAN, WOMAN = "男", "女"


@dataclass(frozen=True)
class People:
    """One row a person: what is true of them, by the individual record's columns, and how they stand together."""

    columns: dict[str, Text]
    born: Days
    woman: Mask
    mainland: Mask
    household: Ints
    position: Ints
    region: Ints
    twin: Mask
    employer: Ints
    """The company's place among the companies; -1 if none."""
    old: dict[str, Text]
    """What was true before: mobile, home_address, full_name; null where nothing changed."""
    recycled: Ints
    """Whose mobile the old one is now; -1 if nobody's."""
    married: Mask
    shares: Mask
    """Who gives the mobile of the head of the household as their own."""

    def __len__(self) -> int:
        return len(self.born)


def people(seed: int, rows: int, today: np.datetime64, companies: Companies) -> People:
    """`rows` people as they are on `today`."""
    family = families(seed, rows)
    rng = drawer(seed, "people")
    born = (
        today
        - family.age * 365
        - (family.age // 4)
        - _of_household(family, rng.integers(1, 360, rows))
    )
    region = picked(drawer(seed, "region"), regions().weights, family.count)
    home = homes(seed, "home", region)
    ethnicity = _ethnicity(seed, family, region)
    names, latin = naming.names(seed, family, born, ethnicity)
    of_home = region[family.household]
    paper = papers.papers(seed, today, born, family.woman, of_home)
    names = put(names, paper.foreign, naming.foreign_names(seed, family.woman[paper.foreign]))
    job = _jobs(seed, family, companies)
    shares = (family.position > 0) & (family.age < 30) & ~family.married & chance(rng, 0.05, rows)
    mobile = taken(_mobiles(seed, 0, rows), np.arange(rows) - family.position * shares)
    qq = number(drawer(seed, "qq").integers(10**7, 4 * 10**9, rows))
    old, recycled = _old(seed, family, names, mobile, of_home)
    columns = {
        "full_name": names,
        "former_name": old["full_name"],
        "sex": where(family.woman, WOMAN, MAN),
        "nationality": paper.nationality,
        "ethnicity": put(taken(ethnicity, family.household), paper.foreign, None),
        "birth_date": iso(born),
        "id_type": paper.type_,
        "id_number": paper.number,
        "id_expires_on": paper.expires_on,
        "marital_status": _marital(seed, family),
        "mobile": mobile,
        "landline": taken(landlines(seed, "home", region), family.household),
        "email": _emails(seed, latin, mobile, qq, born),
        "home_address": taken(home.whole, family.household),
        "postcode": taken(postcodes(seed, "home", region), family.household),
        "wechat": _wechats(seed, latin, rows),
        "qq": qq,
        "bank_card": papers.cards(seed, 0, rows),
        "credit_grade": taken(named("credit_grade").said, picked(rng, (30, 50, 15, 5), rows)),
        "risk_grade": taken(named("risk_grade").said, picked(rng, (20, 35, 28, 12, 5), rows)),
        **job.columns,
    }
    mainland = np.ones(rows, dtype=bool)
    mainland[paper.other] = False
    return People(
        columns, born, family.woman, mainland, family.household, family.position, of_home,
        family.twin, job.employer, old, recycled, family.married, shares,
    )  # fmt: skip


def _of_household(family: Families, days: Ints) -> Ints:
    """The same day of birth for twins."""
    return np.where(family.twin, np.roll(days, 1), days)


def _ethnicity(seed: int, family: Families, region: Ints) -> Text:
    rng = drawer(seed, "ethnicity")
    provinces = [p.split("自治区")[0] for p in regions().province.to_pylist()]
    short = [next((k for k in HAN_BY_PROVINCE if p.startswith(k)), "") for p in provinces]
    share = np.array([HAN_BY_PROVINCE.get(p, 0.95) for p in short])[region]
    others = named("ethnicity").draw(rng, family.count)
    own = text([OF_THE_PROVINCE.get(p) for p in short])
    is_own = (
        chance(rng, 0.8, family.count) & np.array([p in OF_THE_PROVINCE for p in short])[region]
    )
    other = where(is_own, taken(own, region), others)
    return where(chance(rng, share, family.count), "汉族", other)


@dataclass(frozen=True)
class _Jobs:
    columns: dict[str, Text]
    employer: Ints


def _jobs(seed: int, family: Families, companies: Companies) -> _Jobs:
    rng = drawer(seed, "jobs")
    rows = len(family.age)
    share, income, titles = zip(*(line.split() for line in lines("occupations.txt")), strict=True)
    job = picked(rng, [float(s) for s in share], rows)
    retired = family.age >= np.where(family.woman, 55, 60)
    student = family.age < 22
    works = ~retired & ~student
    title = where(retired, "退休人员", where(student, "学生", taken(text(titles), job)))
    median = np.where(
        retired, 42.0, np.where(student, 0.0, np.array([float(i) for i in income])[job])
    )
    yearly = (median * np.exp(rng.normal(0, 0.45, rows))).round() * 100_000
    employer = np.where(works & chance(rng, 0.92, rows), companies.drawn(rng, rows), -1)
    level = np.clip(
        np.where(
            family.age < 12,
            0,
            np.where(family.age < 15, 1, picked(rng, (8, 20, 18, 8, 18, 22, 5, 1), rows)),
        ),
        0,
        7,
    )
    level = np.where((family.age >= 15) & (family.age < 18), np.minimum(level, 2), level)
    columns = {
        "occupation": title,
        "employer": taken(companies.name, employer),
        "work_address": taken(companies.place.whole, employer),
        "annual_income": where(student, None, money(yearly.astype(np.int64))),
        "education": taken(named("education").said, level),
    }
    return _Jobs(columns, employer)


def _marital(seed: int, family: Families) -> Text:
    rng = drawer(seed, "marital")
    rows = len(family.age)
    alone = taken(text(["未婚", "离异", "丧偶"]), picked(rng, (70, 20, 10), rows))
    return where(family.married, "已婚", where(family.age < 24, "未婚", alone))


def _mobiles(seed: int, start: int, rows: int) -> Text:
    prefixes = named("mobile").said
    drawn = spread(start, rows, len(prefixes) * 10**8, seed)
    return joined(taken(prefixes, drawn // 10**8), number(drawn % 10**8, 8))


def _emails(seed: int, latin: Text, mobile: Text, qq: Text, born: Days) -> Text:
    rng = drawer(seed, "email")
    rows = len(latin)
    year = number(born.astype("datetime64[Y]").astype(np.int64) + 1970)
    digits = number(rng.integers(1, 10_000, rows))
    style = picked(rng, (35, 25, 25, 15), rows)
    own = where(
        style == 0, joined(latin, digits), where(style == 1, joined(latin, "_", year), mobile)
    )
    domain = named("mail").draw(rng, rows)
    return where(style == 2, joined(qq, "@qq.com"), joined(own, "@", domain))


def _wechats(seed: int, latin: Text, rows: int) -> Text:
    rng = drawer(seed, "wechat")
    own = joined(latin, "_", number(rng.integers(10, 99_999, rows)))
    return where(
        chance(rng, 0.4, rows), joined("wxid_", number(rng.integers(10**9, 10**12, rows))), own
    )


def _old(
    seed: int, family: Families, names: Text, mobile: Text, region: Ints
) -> tuple[dict[str, Text], Ints]:
    """Former mobiles (some are another's now), homes and names."""
    rng = drawer(seed, "old")
    rows = len(mobile)
    changed = chance(rng, 0.12, rows)
    recycled = np.where(changed & chance(rng, 0.1, rows), rng.integers(0, rows, rows), -1)
    recycled = np.where(recycled == np.arange(rows), -1, recycled)
    old_mobile = where(recycled >= 0, taken(mobile, recycled), _mobiles(seed, rows, rows))
    moved = chance(rng, 0.1, rows)
    away = np.where(chance(rng, 0.7, rows), region, rng.integers(0, len(regions().code), rows))
    renamed = np.flatnonzero(chance(rng, 0.012, rows) & (family.age > 16))
    before = joined(surnames().draw(rng, len(renamed)), named("brand_2").draw(rng, len(renamed)))
    old_home: Places = homes(seed, "old home", away)
    return {
        "mobile": where(changed, old_mobile, None),
        "home_address": where(moved, old_home.whole, None),
        "full_name": put(empty(rows), renamed, before),
    }, recycled
