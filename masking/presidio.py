"""Presidio, set up for Chinese and English without a model, a download or a network.

All recognisers of ours are registered through Presidio's public interfaces. When a spaCy model is installed
and named, Presidio's own engine uses it in addition.
"""

import logging
from collections.abc import Mapping, Sequence
from functools import cache, partial
from typing import Any

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer
from presidio_analyzer.nlp_engine import NlpEngine, NoOpNlpEngine

from masking.kinds import Kind
from masking.lexicon.western import HAN
from masking.models import LANGUAGES, Models
from masking.recognisers import Span
from masking.recognisers.recogniser import presidio
from masking.text import FINDERS, Detect, resolved


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


def analyzer(models: Mapping[str, str] | None = None) -> AnalyzerEngine:
    """An analyser of Chinese (`zh`) and English (`en`).

    `models` names an installed spaCy model for a language, as {"en": "en_core_web_lg"}, or the folder it is
    in; its names, places and organisations are added to what our own recognisers find.
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


def with_models(models: Mapping[str, str]) -> Detect:
    """What finds personal data in texts by Presidio's engine with these models.

    Raises ConfigError if one is not installed.
    """
    named = tuple(sorted(models.items()))
    _analyzer(named)
    return partial(_detected, named)


def _detected(models: tuple[tuple[str, str], ...], texts: Sequence[str | None]) -> list[list[Span]]:
    """A text with a Chinese character is read as Chinese, every other as English."""
    engine = _analyzer(models)
    return [
        [_span(r) for r in engine.analyze(text, "zh" if HAN.search(text) else "en")] if text else []
        for text in texts
    ]


@cache
def _analyzer(models: tuple[tuple[str, str], ...]) -> AnalyzerEngine:
    return analyzer(dict(models))


def _engine(models: Mapping[str, str]) -> NlpEngine:
    if models:
        engine = Models(models)
        engine.load()
        return engine
    return NoOpNlpEngine(
        models=[{"lang_code": language, "model_name": ""} for language in LANGUAGES]
    )


def _stay_offline() -> None:
    """Presidio's own recognisers of addresses on the internet ask for the public suffix list."""
    import tldextract

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True
    )
    logging.getLogger("presidio-analyzer").setLevel(logging.WARNING)


def _span(result: RecognizerResult) -> Span:
    return Span(Kind(result.entity_type.lower()), result.start, result.end, result.score)
