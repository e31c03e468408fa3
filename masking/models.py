"""spaCy models for Presidio: those a pack names, as they are installed here. Nothing is ever downloaded."""

from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import spacy
from presidio_analyzer.nlp_engine import NerModelConfiguration, NlpArtifacts, SpacyNlpEngine

from masking.kinds import Kind
from pipelines.core.errors import ConfigError, SourceError

LANGUAGES = ("zh", "en")
KINDS = {
    "PERSON": Kind.PERSON_NAME,
    "PER": Kind.PERSON_NAME,
    "GPE": Kind.ADDRESS,
    "LOC": Kind.ADDRESS,
    "ORG": Kind.COMPANY_NAME,
    "NORP": Kind.NATIONALITY,
}
"""What a model's labels are here; what else it finds (dates, numbers) is none of our kinds."""


class Models(SpacyNlpEngine):  # type: ignore[misc] # presidio is not typed
    """A model for each language that has one named; a language without one is cut into words and no more."""

    def __init__(self, named: Mapping[str, str]) -> None:
        names = [{"lang_code": language, "model_name": name} for language, name in named.items()]
        kinds = {label: kind.value.upper() for label, kind in KINDS.items()}
        super().__init__(names, NerModelConfiguration(model_to_presidio_entity_mapping=kinds))
        self._named = named

    def load(self) -> None:
        """Presidio's own `load` would download what is missing."""
        if wrong := sorted(set(self._named) - set(LANGUAGES)):
            raise ConfigError(
                f"models: there is no language {', '.join(wrong)}; say zh or en",
                f"models：没有语言 {'、'.join(wrong)}，只能是 zh 或 en",
            )
        self.nlp = {
            language: _loaded(self._named[language])
            if language in self._named
            else spacy.blank(language)
            for language in LANGUAGES
        }
        said = {
            label
            for nlp in self.nlp.values()
            for labels in nlp.pipe_labels.values()
            for label in labels
        }
        self.ner_model_configuration.labels_to_ignore = sorted(said - set(KINDS))

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """Lone surrogates, which no model reads, are question marks to it."""
        most = self.nlp[language].max_length
        if len(text) > most:
            raise SourceError(
                f"a text has {len(text):,} characters, a spaCy model reads at most {most:,}: cut it into "
                "several, or detect without models",
                f"有一段文本长 {len(text):,} 个字符，spaCy 模型最多读 {most:,} 个：请分成几段，或不使用模型",
            )
        readable = text.encode("utf-8", "replace").decode("utf-8")
        return super().process_text(readable, language)


def _loaded(name: str) -> Any:
    """An installed package, or a folder that `nlp.to_disk` wrote."""
    if not (spacy.util.is_package(name) or Path(name).is_dir()):
        raise ConfigError(
            f"the spaCy model {name!r} is named but not installed: install it with pip, name the folder it "
            "is in, or leave it out; detection works without",
            f"指定的 spaCy 模型 {name!r} 没有安装：请用 pip 安装、写明其所在文件夹，或去掉该设置；不用模型也能识别",
        )
    try:
        return spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        raise ConfigError(
            f"the spaCy model {name!r} cannot be loaded ({type(error).__name__}): install one made for spaCy "
            f"{version('spacy')}, or leave it out; detection works without",
            f"spaCy 模型 {name!r} 无法加载（{type(error).__name__}）：请安装适用于 spaCy {version('spacy')} "
            "的模型，或去掉该设置；不用模型也能识别",
        ) from None
