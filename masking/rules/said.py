"""A rule as a pack says it: by its name, or a way of hiding with settings of the pack's own."""

from collections.abc import Mapping
from dataclasses import fields

from pydantic import TypeAdapter, ValidationError

from masking.rules import RULES
from masking.rules.address import Address
from masking.rules.age import Age
from masking.rules.amount import Amount
from masking.rules.calendar import Calendar
from masking.rules.hide import Hide
from masking.rules.keep import Keep
from masking.rules.part import Part
from masking.rules.period import Period
from masking.rules.rule import Rule
from masking.rules.step import Step

Settings = Mapping[str, int | str | list[str]]
Said = str | dict[str, dict[str, int | str | list[str]]]

WAYS: dict[str, type[Rule]] = {
    "keep": Keep, "hide": Hide, "part": Part, "address": Address, "period": Period, "calendar": Calendar, "age": Age,
    "amount": Amount, "step": Step,
}  # fmt: skip
"""Ways whose settings a pack may choose."""


def rule_said(said: Said) -> Rule:
    """The rule: `keep_3_4`, or `{keep: {first: 3, last: 2}}`. Raises ValueError saying what there is."""
    if isinstance(said, str):
        if said not in RULES:
            raise ValueError(f"there is no rule {said}: one of {', '.join(RULES)}")
        return RULES[said]
    if len(said) != 1 or not set(said) <= set(WAYS):
        raise ValueError(f"say one way of hiding with its settings: {', '.join(WAYS)}")
    ((way, settings),) = said.items()
    return _own(way, settings)


def _own(way: str, settings: Settings) -> Rule:
    known = [f.name for f in fields(WAYS[way]) if f.name != "name"]
    if unknown := sorted(set(settings) - set(known)):
        raise ValueError(f"{way} has no {', '.join(unknown)}: it has {', '.join(known)}")
    name = "_".join([way, *(f"{k}_{v}" for k, v in sorted(settings.items()))])
    try:
        return TypeAdapter(WAYS[way]).validate_python({"name": name, **settings})
    except ValidationError as error:
        wrong = ", ".join(
            f"{'.'.join(map(str, e['loc'])) or way}: {e['msg']}" for e in error.errors()
        )
        raise ValueError(wrong) from None
