"""How well customers were served (REQUIREMENTS F1, F4): counted like checks, but no row is wrong for it."""

from pydantic import Field

from expectations.model import Check, Dimension
from pipelines.core.yaml import Declared

OVERDUE = "CAST({as_of} AS TIMESTAMP)"
LOWEST, HIGHEST = 1, 5
"""The marks there are."""


class Service(Declared):
    """How soon an answer is wanted, and from which mark on a customer counts as satisfied."""

    answered_within: dict[str, int] = Field(
        default_factory=lambda: {"inquiry": 30, "complaint": 1440},
        min_length=1,
        description="Minutes until the first answer, by type of interaction.",
    )
    satisfied_from: int = Field(
        default=4, ge=LOWEST, le=HIGHEST, description="Marks run from 1 to 5."
    )

    def checks(self, record: str) -> tuple[Check, ...]:
        """The measures of that record; none but for interactions."""
        return (self._response(), self._satisfaction()) if record == "interaction" else ()

    def _response(self) -> Check:
        due = " ".join(
            f"WHEN interaction_type = '{kind}' THEN occurred_at + INTERVAL {minutes} MINUTE"
            for kind, minutes in sorted(self.answered_within.items())
        )
        answer = "coalesce(answered_at, resolved_at)"
        return Check(
            "service.response", "interaction", "answered_at", Dimension.SERVICE,
            f"CASE WHEN {answer} < occurred_at OR CAST({answer} AS DATE) > {{as_of}} THEN NULL "
            f"WHEN {answer} IS NOT NULL THEN {answer} <= CASE {due} END "
            f"WHEN CASE {due} END < {OVERDUE} THEN FALSE END",
            "The first answer came in time; none, and its time past, counts as late.",
            "首次答复在规定时限内；逾期未答复视为超时。",
            "Minutes by type stand in quality.yaml (REQUIREMENTS F4). An answer before the question, or in the "
            "future, is an error of its own (ordered, past) and tells nothing.",
        )  # fmt: skip

    def _satisfaction(self) -> Check:
        return Check(
            "service.satisfaction", "interaction", "satisfaction", Dimension.SERVICE,
            f"CASE WHEN satisfaction BETWEEN {LOWEST} AND {HIGHEST} THEN satisfaction >= {self.satisfied_from} END",
            f"The customer gave {self.satisfied_from} or more of {HIGHEST}.",
            f"客户评分不低于{self.satisfied_from}分（满分{HIGHEST}分）。",
            "Who gave no mark is not counted (REQUIREMENTS F1), nor a mark there is not: code.satisfaction tells it.",
        )  # fmt: skip
