"""Made-up companies and public bodies, with codes whose checks are right."""

from dataclasses import dataclass

import numpy as np

from pipelines.sample.checksums import credit_code
from pipelines.sample.places import Places, landlines, offices, postcodes
from pipelines.sample.vector import (
    Ints,
    Text,
    chance,
    constant,
    drawer,
    iso,
    joined,
    money,
    number,
    picked,
    spread,
    taken,
    text,
    where,
)
from pipelines.sample.words import lines, named, regions

FORMS = ("有限公司", "有限责任公司", "股份有限公司", "有限公司分公司")
SIZES = ("大型", "中型", "小型", "微型")
PUBLIC = {"政府机关": "11", "事业单位": "12", "社会团体": "51"}


@dataclass(frozen=True)
class Companies:
    """One row a company, by the enterprise record's columns; its officers are added from the people."""

    columns: dict[str, Text]
    place: Places
    legal: Ints
    """Whose name stands for each: the legal representative's place among the people given."""

    @property
    def name(self) -> Text:
        """Registered names."""
        return self.columns["company_name"]

    def __len__(self) -> int:
        return len(self.name)

    def drawn(self, rng: np.random.Generator, rows: int) -> Ints:
        """The employers of `rows` people: a few companies have many."""
        return np.asarray((rng.random(rows) ** 2 * len(self)).astype(np.int64))


@dataclass(frozen=True)
class Institutions:
    """One row a public body, by the institution record's columns."""

    columns: dict[str, Text]

    def __len__(self) -> int:
        return len(self.columns["company_name"])


def companies(seed: int, rows: int, today: np.datetime64) -> Companies:
    """`rows` companies as they are on `today`."""
    rng = drawer(seed, "companies")
    region = picked(rng, regions().weights, rows)
    industry, trade, scope = zip(*(line.split() for line in lines("industries.txt")), strict=True)
    branch = rng.integers(0, len(trade), rows)
    place = offices(seed, "company", region)
    size = picked(rng, (2, 10, 48, 40), rows)
    capital = np.round(np.exp(rng.normal(np.array([18.5, 16.5, 14.5, 13.0])[size], 0.6)), -4)
    years = today + rng.integers(30, 365 * 20, rows)
    columns = {
        "company_name": joined(
            taken(_towns(), region), _brands(seed, "company", rows), taken(text(trade), branch),
            taken(text(FORMS[:3]), picked(rng, (80, 12, 8), rows)),
        ),
        "uscc": credit_code(constant("91", rows), regions().code[region], spread(0, rows, 31**8, seed)),
        "uscc_expires_on": iso(years, chance(rng, 0.5, rows)),
        "address": place.whole,
        "business_scope": taken(text(scope), branch),
        "industry": taken(text(industry), branch),
        "size": taken(text(SIZES), size),
        "registered_capital": money(capital.astype(np.int64) * 100),
        "landline": landlines(seed, "company", region),
        "email": joined("office", number(np.arange(rows) + 1), "@", named("mail").draw(rng, rows)),
        "postcode": postcodes(seed, "company", region),
    }  # fmt: skip
    return Companies(columns, place, np.full(rows, -1))


def institutions(seed: int, rows: int, contacts: dict[str, Text]) -> Institutions:
    """`rows` public bodies, led by people with these names and mobiles."""
    rng = drawer(seed, "institutions")
    region = picked(rng, regions().weights, rows)
    kind = picked(rng, (25, 60, 15), rows)
    columns = {
        "company_name": joined(
            taken(regions().prefecture, region), taken(regions().district, region),
            where(chance(rng, 0.3, rows), _brands(seed, "institution", rows), ""),
            named("organisation").draw(rng, rows),
        ),
        "institution_type": taken(text(list(PUBLIC)), kind),
        "uscc": credit_code(
            taken(text(list(PUBLIC.values())), kind), regions().code[region], spread(10**9, rows, 31**8, seed)
        ),
        "address": offices(seed, "institution", region).whole,
        "postcode": postcodes(seed, "institution", region),
        "landline": landlines(seed, "institution", region),
        "fax": landlines(seed, "fax", region),
        "email": joined("bgs", number(np.arange(rows) + 1), "@", named("mail").draw(rng, rows)),
        "website": joined("www.jigou", number(np.arange(rows) + 1), ".example.cn"),
        "contact_name": contacts["full_name"],
        "mobile": contacts["mobile"],
    }  # fmt: skip
    return Institutions(columns)


def with_officers(known: Companies, seed: int, people: dict[str, Text]) -> Companies:
    """The companies, each with a legal representative, a controller and an authorised person."""
    rng = drawer(seed, "officers")
    rows, many = len(known), len(people["full_name"])
    legal = rng.integers(0, many, rows)
    controller = np.where(chance(rng, 0.6, rows), legal, rng.integers(0, many, rows))
    contact = rng.integers(0, many, rows)
    officers = {
        "legal_representative": taken(people["full_name"], legal),
        "legal_id_type": taken(people["id_type"], legal),
        "legal_id_number": taken(people["id_number"], legal),
        "legal_id_expires_on": taken(people["id_expires_on"], legal),
        "controller": taken(people["full_name"], controller),
        "controller_id_number": taken(people["id_number"], controller),
        "contact_name": taken(people["full_name"], contact),
        "contact_id_number": taken(people["id_number"], contact),
        "mobile": taken(people["mobile"], contact),
    }
    return Companies(known.columns | officers, known.place, legal)


def _towns() -> Text:
    """What a company's name says of its place: its prefecture, or in a municipality the province."""
    both = zip(regions().province.to_pylist(), regions().prefecture.to_pylist(), strict=True)
    return text([(city or province).removesuffix("市") for province, city in both])


def _brands(seed: int, name: str, rows: int) -> Text:
    rng = drawer(seed, "brands", name)
    return joined(*(named(part).draw(rng, rows) for part in ("brand_1", "brand_2")))
