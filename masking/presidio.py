"""Presidio, set up for Chinese and English without a model, a download or a network.

All recognisers of ours are registered through Presidio's public interfaces. When a spaCy model is installed
and named, Presidio's own engine uses it in addition.
"""

import logging
from importlib.util import find_spec
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpEngine, NlpEngineProvider, NoOpNlpEngine

from masking.kinds import Kind
from masking.recognisers import Span
from masking.recognisers.recogniser import presidio
from masking.text import FINDERS, resolved
from pipelines.core.errors import ConfigError

LANGUAGES = ("zh", "en")
FROM_PRESIDIO = {
    "PERSON": Kind.PERSON_NAME,
    "LOCATION": Kind.ADDRESS,
    "ORGANIZATION": Kind.COMPANY_NAME,
    "NRP": Kind.NATIONALITY,
}
"""What a spaCy model finds, in our words; what else it finds (dates) is none of our kinds."""


class Unenhanced(ContextAwareEnhancer):  # type: ignore[misc] # presidio is not typed
    """Leaves every score: our recognisers have weighed the words around a value already."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=0.0,
            min_score_with_context_similarity=0.0,
            context_prefix_count=0,
            context_suffix_count=0,
        )

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: Any,
        recognizers: Any,
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        return raw_results


class Analyzer(AnalyzerEngine):  # type: ignore[misc] # presidio is not typed
    """Presidio's analyser, with our rule for spans that overlap."""

    def analyze(self, text: str, language: str, **wanted: Any) -> list[RecognizerResult]:
        """What stands in `text`, in order of position, no two spans overlapping."""
        results = super().analyze(text, language, **wanted)
        by_span = {_span(result): result for result in results}
        return [by_span[span] for span in resolved(by_span)]


def analyzer(models: dict[str, str] | None = None) -> AnalyzerEngine:
    """An analyser of Chinese (`zh`) and English (`en`).

    `models` names an installed spaCy model for a language, as {"en": "en_core_web_lg"}; its names,
    places and organisations are added to what our own recognisers find.
    """
    _stay_offline()
    registry = RecognizerRegistry(supported_languages=list(LANGUAGES))
    for language in LANGUAGES:
        for finder in FINDERS:
            registry.add_recognizer(presidio(finder, language))
    engine = _engine(models or {})
    if models:
        registry.add_nlp_recognizer(engine)
    return Analyzer(
        registry=registry,
        nlp_engine=engine,
        supported_languages=list(LANGUAGES),
        context_aware_enhancer=Unenhanced(),
    )


def _engine(models: dict[str, str]) -> NlpEngine:
    missing = sorted(name for name in models.values() if find_spec(name) is None)
    if missing:
        raise ConfigError(
            f"spaCy models {missing} are named but not installed: install them with pip, "
            "or leave them out; detection works without.",
            f"指定的 spaCy 模型 {missing} 没有安装：请用 pip 安装，或去掉该设置；不用模型也能识别。",
        )
    if not models:
        blank = [{"lang_code": language, "model_name": ""} for language in LANGUAGES]
        return NoOpNlpEngine(models=blank)
    named = [{"lang_code": language, "model_name": name} for language, name in models.items()]
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": named})
    return provider.create_engine()


def _stay_offline() -> None:
    """Presidio's own recognisers of addresses on the internet ask for the public suffix list."""
    import tldextract

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True
    )
    logging.getLogger("presidio-analyzer").setLevel(logging.WARNING)


def _span(result: RecognizerResult) -> Span:
    kind = FROM_PRESIDIO.get(result.entity_type) or Kind(result.entity_type.lower())
    return Span(kind, result.start, result.end, result.score)
