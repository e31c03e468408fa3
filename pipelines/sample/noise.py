"""Noise: what a careful reader sees through. The same person, written otherwise, or as they were before."""

from pipelines.sample import spelling
from pipelines.sample.checksums import fifteen_digits
from pipelines.sample.faults import HAN, MOBILE, PROVINCE, RESIDENT, Cells, Fault, former, respelt
from pipelines.sample.vector import Text, pc, where

FORMS = (r"+86\1\2\3", r"0086-\1\2\3", r"\1 \2 \3", r"\1-\2-\3")


def _mobile_in_another_form(cells: Cells) -> Text:
    style = cells.rng.integers(0, len(FORMS), len(cells))
    found = cells.said
    for place, form in enumerate(FORMS):
        spelt = pc.replace_substring_regex(cells.said, r"^(\d{3})(\d{4})(\d{4})$", form)
        found = where(style == place, spelt, found)
    return found


def _of_names(column: str) -> tuple[Fault, ...]:
    return (
        Fault("homophone", column, 0.012, respelt(spelling.homophones), HAN),
        Fault("traditional", column, 0.008, respelt(spelling.as_traditional), HAN),
        Fault("slip", column, 0.006, respelt(spelling.another_character), HAN),
        Fault(
            "given_name_swapped",
            column,
            0.003,
            respelt(spelling.swapped_given_name),
            r"^\p{Han}{3}$",
        ),
        Fault("space_in_name", column, 0.02, respelt(spelling.spaced_out), r"^\p{Han}{2}$"),
        Fault("other_dot", column, 0.3, respelt(spelling.other_dot), "·"),
    )


def _of_addresses(column: str) -> tuple[Fault, ...]:
    return (
        Fault("without_province", column, 0.12, respelt(spelling.without_province), PROVINCE),
        Fault(
            "without_district",
            column,
            0.03,
            respelt(spelling.without_district),
            "^.{2,10}市.{1,5}[市区县]",
        ),
        Fault("house_with_hyphens", column, 0.06, respelt(spelling.with_hyphens), "单元"),
        Fault("traditional", column, 0.004, respelt(spelling.as_traditional)),
    )


MOBILES = (
    Fault("mobile_in_another_form", "mobile", 0.04, _mobile_in_another_form, MOBILE),
    Fault("wide_digits", "mobile", 0.004, respelt(spelling.wide_digits)),
    Fault("slip", "mobile", 0.006, respelt(spelling.neighbouring_digits_swapped), MOBILE),
)
NOISE: dict[str, tuple[Fault, ...]] = {
    "individual": (
        Fault("former_name", "full_name", 0.4, former, of_former=True),
        Fault("former_mobile", "mobile", 0.35, former, of_former=True),
        Fault("former_address", "home_address", 0.35, former, of_former=True),
        *_of_names("full_name"),
        *MOBILES,
        Fault(
            "fifteen_digits",
            "id_number",
            0.03,
            lambda c: fifteen_digits(c.said),
            r"^\d{6}19[0-7]\d{8}.$",
        ),
        Fault("spaces_in_number", "id_number", 0.01, respelt(spelling.spaced_out), RESIDENT),
        Fault("wide_digits", "id_number", 0.003, respelt(spelling.wide_digits), RESIDENT),
        Fault("small_x", "id_number", 0.3, respelt(spelling.lower), r"^\d{17}X$"),
        *_of_addresses("home_address"),
        Fault("short_company", "employer", 0.1, respelt(spelling.short_company)),
        Fault("capitals", "email", 0.01, respelt(spelling.upper)),
    ),
    "enterprise": (
        Fault("short_company", "company_name", 0.02, respelt(spelling.short_company)),
        Fault("traditional", "company_name", 0.005, respelt(spelling.as_traditional)),
        Fault("small_letters", "uscc", 0.01, respelt(spelling.lower)),
        *_of_addresses("address"),
        *MOBILES,
    ),
    "institution": (*_of_addresses("address"), *MOBILES),
}
"""By record, in the order in which it happens."""
