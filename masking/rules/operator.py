"""A rule as an operator of Presidio's anonymizer, registered through its public interface."""

from collections.abc import Iterable, Mapping
from typing import Any

from presidio_anonymizer import AnonymizerEngine, OperatorConfig, RecognizerResult
from presidio_anonymizer.operators import Operator, OperatorType

from masking.kinds import Kind
from masking.rules.free_text import Found, FreeText


class Hidden(Operator):  # type: ignore[misc] # presidio is not typed
    """What a tier's rule for free text makes of one span."""

    def operate(self, text: str, params: Mapping[str, Any]) -> str:
        """The span, hidden."""
        rule: FreeText = params["rule"]
        return rule.span_hidden(text, Kind(params["entity_type"].lower()))

    def validate(self, params: Mapping[str, Any]) -> None:
        """A rule must be given; everything else it knows itself."""
        if not isinstance(params.get("rule"), FreeText):
            raise TypeError("the operator needs a rule for free text")

    def operator_name(self) -> str:
        """The name under which an OperatorConfig asks for it."""
        return "mingce"

    def operator_type(self) -> OperatorType:
        """It hides; nothing brings back what it hid."""
        return OperatorType.Anonymize


def anonymizer() -> AnonymizerEngine:
    """Presidio's anonymizer, which knows our operator."""
    engine = AnonymizerEngine()
    engine.add_anonymizer(Hidden)
    return engine


def anonymized(engine: AnonymizerEngine, text: str, spans: Iterable[Found], rule: FreeText) -> str:
    """The text with its spans hidden, by Presidio."""
    results = [RecognizerResult(s.kind.value.upper(), s.start, s.end, 1.0) for s in spans]
    hide = {"DEFAULT": OperatorConfig("mingce", {"rule": rule})}
    hidden: str = engine.anonymize(text, results, hide, merge_entities_with_spaces=False).text
    return hidden
