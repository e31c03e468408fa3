"""Noise: what a careful reader sees through. The same person, written otherwise, or as they were before."""

from pipelines.sample import spelling
from pipelines.sample.checksums import fifteen_digits
from pipelines.sample.faults import HAN, RESIDENT, Cells, Change, Changed, Fault, matching, respelt
from pipelines.sample.vector import filled, pc, where


def _formatted_mobile(cells: Cells) -> Changed:
    style = cells.rng.integers(0, 4, len(cells))
    found = cells.columns["mobile"]
    for place, spelt in enumerate((r"+86\1\2\3", r"86-\1\2\3", r"\1 \2 \3", r"\1-\2-\3")):
        found = where(
            style == place,
            pc.replace_substring_regex(cells.columns["mobile"], r"^(\d{3})(\d{4})(\d{4})$", spelt),
            found,
        )
    return {"mobile": found}


def _was(column: str) -> Change:
    return lambda cells: {column: cells.old[column]}


NAME_NOISE = (
    Fault("homophone", ("full_name",), 0.012, respelt("full_name", spelling.homophones), matching("full_name", HAN)),
    Fault("traditional", ("full_name",), 0.008, respelt("full_name", spelling.as_traditional), matching("full_name", HAN)),
    Fault("slip", ("full_name",), 0.006, respelt("full_name", spelling.another_character), matching("full_name", HAN)),
    Fault("given_name_swapped", ("full_name",), 0.003, respelt("full_name", spelling.swapped_given_name), matching("full_name", r"^\p{Han}{3}$")),
    Fault("space_in_name", ("full_name",), 0.02, respelt("full_name", spelling.spaced_out), matching("full_name", r"^\p{Han}{2}$")),
    Fault("other_dot", ("full_name",), 0.3, respelt("full_name", spelling.other_dot), matching("full_name", "·")),
)  # fmt: skip
PHONE_NOISE = (
    Fault("mobile_written_otherwise", ("mobile",), 0.04, _formatted_mobile, matching("mobile", r"^\d{11}$")),
    Fault("wide_digits", ("mobile",), 0.004, respelt("mobile", spelling.wide_digits)),
    Fault("slip", ("mobile",), 0.006, respelt("mobile", spelling.neighbouring_digits_swapped), matching("mobile", r"^\d{11}$")),
)  # fmt: skip
ID_NOISE = (
    Fault("fifteen_digits", ("id_number",), 0.03, lambda c: {"id_number": fifteen_digits(c.columns["id_number"])}, matching("id_number", r"^\d{6}19[0-7]\d{9}.$")),
    Fault("spaces_in_number", ("id_number",), 0.01, respelt("id_number", spelling.spaced_out), matching("id_number", RESIDENT)),
    Fault("wide_digits", ("id_number",), 0.003, respelt("id_number", spelling.wide_digits), matching("id_number", RESIDENT)),
    Fault("small_x", ("id_number",), 0.3, respelt("id_number", spelling.lower), matching("id_number", r"^\d{17}X$")),
)  # fmt: skip


def _address_noise(column: str) -> tuple[Fault, ...]:
    return (
        Fault("without_province", (column,), 0.12, respelt(column, spelling.without_province), matching(column, "^..?省|自治区")),
        Fault("without_district", (column,), 0.03, respelt(column, spelling.without_district), matching(column, "^.{2,10}市.{1,5}[市区县]")),
        Fault("house_with_hyphens", (column,), 0.06, respelt(column, spelling.with_hyphens), matching(column, "单元")),
        Fault("traditional", (column,), 0.004, respelt(column, spelling.as_traditional)),
    )  # fmt: skip


def _of_former_days(column: str, name: str, share: float) -> Fault:
    return Fault(
        name, (column,), share, _was(column), lambda columns: filled(columns[f"old:{column}"])
    )


NOISE: dict[str, tuple[Fault, ...]] = {
    "individual": (
        _of_former_days("full_name", "former_name", 0.4), _of_former_days("mobile", "former_mobile", 0.35),
        _of_former_days("home_address", "former_address", 0.35),
        *NAME_NOISE, *PHONE_NOISE, *ID_NOISE, *_address_noise("home_address"),
        Fault("short_company", ("employer",), 0.1, respelt("employer", spelling.short_company)),
        Fault("capitals", ("email",), 0.01, respelt("email", spelling.upper)),
    ),
    "enterprise": (
        Fault("short_company", ("company_name",), 0.02, respelt("company_name", spelling.short_company)),
        Fault("traditional", ("company_name",), 0.005, respelt("company_name", spelling.as_traditional)),
        Fault("small_letters", ("uscc",), 0.01, respelt("uscc", spelling.lower)),
        *_address_noise("address"), *PHONE_NOISE,
    ),
    "institution": (*_address_noise("address"), *PHONE_NOISE),
}  # fmt: skip
"""By record, in the order in which it happens."""
