"""Recogniser: one thing to be found, said once; rendered for text, for Presidio and for columns.

Shape finds, checksum proves. A pattern is a regular expression that Python, RE2 (DuckDB) and Java
(Spark) read alike: no look-around, no `\\b`, bounded repetition. What may not stand beside a value
is said apart, in `Edges`: a Chinese character beside a digit is normal, so it is never part of that.
"""

import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol

from masking.kinds import Kind
from masking.normalise import Normalised, normalise
from masking.recognisers.checksum import Proof

if TYPE_CHECKING:
    from presidio_analyzer import EntityRecognizer

BEFORE, AFTER = 24, 10
"""How far a context word may stand before and after a value, in characters; Latin words take twice the room."""


class Span(NamedTuple):
    """A stretch of text that reveals something: characters as written, `end` exclusive."""

    kind: Kind
    start: int
    end: int
    score: float
    proven: bool | None = None
    """True: the checksum agrees. False: it does not (suspect). None: the kind has none."""


class Finder(Protocol):
    """Whatever finds spans of one kind: a `Recogniser`, or more than a pattern."""

    @property
    def kind(self) -> Kind:
        """What it finds."""

    @property
    def name(self) -> str:
        """Its own name, for explanations."""

    def spans(self, text: Normalised) -> list[Span]:
        """What it finds, in order of position."""


@dataclass(frozen=True)
class Edges:
    """What may not stand right beside a value: character classes, as written between brackets."""

    before: str = "0-9A-Za-z"
    after: str = "0-9A-Za-z"
    decimal: bool = False
    """Whether a value may be one side of a decimal point, as `12` in `12.5`."""
    through: str = ""
    """What links a value to more of its like, as `:` in `00:1A:2B…`: with one before it, it may not stand."""
    label: str = ""
    """A pattern of labels that may follow all the same, as `QQ` in `13800138000QQ12345`."""

    def around(self, pattern: str) -> str:
        """For Python: the conditions look, so that neighbouring values do not share a character."""
        left = f"(?<![{self.before}])" if self.before else ""
        right = f"(?![{self.after}])" if self.after else ""
        if self.label:
            right = f"(?:{right}|(?={self.label}))"
        if not self.decimal:
            left, right = rf"{left}(?<![0-9][.])", rf"{right}(?![.][0-9])"
        if self.through:
            left = f"{left}(?<![{self.before}{self.through}][{self.through}])"
            right = f"{right}(?![{self.through}][{self.after}{self.through}])"
        return f"{left}(?:{pattern}){right}"

    def consumed(self, pattern: str) -> str:
        """For RE2 and Java: the conditions take up a character, in groups that do not capture."""
        if self.through:
            link = f"[{self.through}]"
            neither, nor = f"[^{self.before}{self.through}]", f"[^{self.after}{self.through}]"
            left = f"(?:^{link}?|{neither}|{neither}{link})"
            right = f"(?:{link}?$|{nor}|{link}{nor})"
        elif self.decimal:
            left = f"(?:^|[^{self.before}])" if self.before else ""
            right = f"(?:$|[^{self.after}])" if self.after else ""
        else:
            left = f"(?:^[.]?|[^.{self.before}]|[^0-9][.])"
            right = f"(?:[.]?$|[^.{self.after}]|[.][^0-9])"
        if self.label:
            right = f"(?:{right}|{self.label})"
        return f"{left}(?:{pattern}){right}"


@dataclass(frozen=True)
class Scores:
    """How sure a find is, 0 to 1; 0 means it is not reported."""

    shape: float = 0.4
    """The shape alone, where no checksum exists."""
    context: float = 0.75
    """The shape and a context word, where no checksum exists."""
    proven: float = 0.95
    """The checksum agrees."""
    suspect: float = 0.6
    """A context word stands beside it, but the checksum does not agree."""
    stray: float = 0.0
    """The checksum does not agree, and no context word speaks for it."""


LABELLED_OTHERWISE = (
    "订单号", "订单编号", "订单", "单号", "流水号", "交易号", "运单号", "快递单号", "物流单号", "工单号",
    "发票号", "批次号", "批号", "合同号", "合同编号", "保单号", "序列号", "时间戳", "版本号", "版本",
    "商品编号", "货号", "条码", "order", "order no", "order id", "order number", "tracking", "invoice",
    "serial", "timestamp", "version", "ticket", "sku", "batch", "trace", "transaction id", "build", "isbn",
    "户号", "表号", "参考号", "受理编号", "凭证号", "设备编号", "资产编号", "ref", "ts", "created_at", "request",
    "session",
)  # fmt: skip
"""Labels that, right before a number, say that it is something else; only a proof speaks louder."""


TABLE = ",，|;"
"""What stands between the columns of a table in a text."""
LINKS = " :是为=#\"'("
"""What may stand between a label and its value."""


_HUMP = "(?-i:(?<=[a-z])(?=[A-Z]))"
"""Where a word ends within a name such as passportNo."""
_NUMBER = ("id", "no", "number", "num", "code")
"""What may follow a Latin label that says what a number is: order_id, serialNo."""


def words(wanted: tuple[str, ...]) -> str:
    """A pattern for any of these words; a Latin word must not be part of a longer one."""
    latin = sorted((_latin(w) for w in wanted if w.isascii()), key=len, reverse=True)
    other = sorted((re.escape(w) for w in wanted if not w.isascii()), key=len, reverse=True)
    parts = other + (
        [f"(?:(?<![a-z])|{_HUMP})(?:{'|'.join(latin)})(?:(?![a-z])|{_HUMP})"] if latin else []
    )
    return "|".join(parts) or "(?!)"


def _latin(word: str) -> str:
    """`account no` is written account_no, accountNo and account-no as well."""
    return "[ _-]?".join(re.escape(part) for part in word.split(" "))


def close(text: str) -> str:
    """Without the blanks that forms set between the characters of a label: 账    号."""
    return _SET_APART.sub("", text) if " " in text else text


class Vocabulary:
    """Words that are looked for in any case; Python's own search for strings is asked before a pattern is."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        lowered = [word.lower() for word in wanted]
        self._latin = tuple({word.split(" ")[0] for word in lowered if word.isascii()})
        self._other = tuple(word for word in lowered if not word.isascii())
        self._ends = tuple(word.rstrip(LINKS) for word in lowered)
        self._pattern = re.compile(words(wanted), re.IGNORECASE)
        self._at_end = re.compile(
            f"(?:{words(wanted)})(?:[ _-]?(?:{'|'.join(_NUMBER)}))?[{LINKS}]{{0,4}}$", re.IGNORECASE
        )

    def stands_in(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        lowered = close(text).lower()
        for word in self._other:
            if word in lowered:
                return True
        for word in self._latin:
            if word in lowered:
                return self._pattern.search(text) is not None
        return False

    def ends(self, text: str) -> bool:
        """Whether the text ends with one of the words, and no more than a few signs after it."""
        if not text.lower().rstrip(LINKS).endswith((*self._ends, *_NUMBER)):
            return False
        return self._at_end.search(text) is not None


@dataclass(frozen=True)
class Recogniser:
    """A pattern over normalised text, its proof, and the words that speak for it.

    If the pattern has a capturing group, the group is the value and the rest its label.
    """

    kind: Kind
    name: str
    pattern: str
    context: tuple[str, ...] = ()
    needs_context: bool = False
    """Whether the shape is so common that only a context word (or a header) makes it one."""
    proof: Proof | None = None
    """Whether the value, its separators taken out and in upper case, carries its own proof."""
    issued: Callable[[str], bool] | None = None
    """Whether a value begins as one that was issued, which speaks for it as a word beside it does: where its proof
    fails it is suspect; where the kind has none, only such a value is found without a word."""
    scores: Scores = field(default_factory=Scores)
    edges: Edges = field(default_factory=Edges)
    glued: str = ""
    """A label in Latin letters that may touch the value, as `IP` in `IP10.0.0.1`."""
    against: tuple[str, ...] = LABELLED_OTHERWISE
    separators: str = " -"
    """Characters that may be written inside a value and are no part of it."""
    gate: str = "[0-9]{4}"
    """A cheap pattern without which the value cannot be there; many recognisers share one."""
    cell: str = ""
    """The pattern of a whole cell of a column, where it differs from `pattern`."""
    telling: bool = False
    """Whether a whole cell shows the kind by itself, as one of a few words does; else a header must."""
    shortest: int = 1
    """Characters of the shortest value: what is shorter need not be looked at."""
    alike: str = ""
    """Where there is no proof: the pattern of whole cells that look alike, such as any eleven digits."""
    chance: float = 0.0
    """The share of look-alikes that pass by accident: a column that has no more is no such column."""

    def find(self, text: str) -> list[Span]:
        """The spans of `text`, in order of position."""
        return self.spans(normalise(text))

    def spans(self, text: Normalised, begin: int = 0, stop: int = sys.maxsize) -> list[Span]:
        """The spans of a text that has been normalised already, or of a stretch of it."""
        found = []
        for match in self.compiled.finditer(text.text, begin, stop):
            start, end = match.span(self.compiled.groups and 1)
            score, proven = self._judged(text.text, start, end, match.start())
            if score:
                found.append(Span(self.kind, *text.span(start, end), score, proven))
        return found

    def compact(self, value: str) -> str:
        """A value as its proof wants it: no separators, upper case."""
        return value.translate(self._separators).upper()

    def matches_sql(self, value: str) -> str:
        """Predicate: the whole normalised cell `value` is of the shape."""
        return f"regexp_matches({value}, '^(?:{_quoted(self.cell or self.pattern)})$')"

    def holds_sql(self, value: str) -> str:
        """Predicate: the shape stands somewhere in the normalised cell `value`."""
        return f"regexp_matches({value}, '{_quoted(self.edges.consumed(self.labelled))}')"

    def held_sql(self, value: str) -> str:
        """The first value of the shape that stands in the cell; the empty string if none does."""
        grouped = self.labelled if self.compiled.groups else f"({self.labelled})"
        return f"regexp_extract({value}, '{_quoted(self.edges.consumed(grouped))}', 1)"

    def compact_sql(self, value: str) -> str:
        """`compact` as SQL."""
        for separator in self.separators:
            value = f"replace({value}, '{separator}', '')"
        return f"upper({value})"

    def proven_sql(self, value: str) -> str:
        """Predicate: `value`, which matches, carries its proof. FALSE if the kind has none."""
        return self.proof.over(self.compact_sql(value)) if self.proof else "FALSE"

    def presidio(self, language: str = "zh") -> "EntityRecognizer":
        """The same as a recogniser of Presidio's analyser."""
        return presidio(self, language, self.context)

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern as Python searches for it."""
        return re.compile(self.edges.around(self.labelled))

    @property
    def proves(self) -> bool:
        """Whether there is a proof to ask for."""
        return self.proof is not None

    @property
    def labelled(self) -> str:
        """The pattern with the label that may touch it; the value is then a group."""
        return f"(?:{self.glued})?({self.pattern})" if self.glued else self.pattern

    @cached_property
    def _context(self) -> "Vocabulary":
        return Vocabulary(self.context)

    @cached_property
    def _against(self) -> "Vocabulary":
        return Vocabulary(self.against)

    @cached_property
    def _separators(self) -> dict[int, None]:
        return {ord(c): None for c in self.separators}

    def _judged(self, text: str, start: int, end: int, label: int) -> tuple[float, bool | None]:
        value = self.compact(text[start:end]) if self.proof or self.issued else ""
        proven = self.proof.holds(value) if self.proof else None
        before = text[max(0, label - BEFORE) : start]
        if before.isascii():
            before = text[max(0, label - 2 * BEFORE) : start]
        if not (proven and not self.chance) and self._against.ends(before):
            return 0.0, proven
        spoken_for = self._spoken_for(before, text[end : end + AFTER]) or self._headed(text, start)
        if self.needs_context and not spoken_for:
            return 0.0, proven
        if proven:
            return self.scores.proven, True
        issued = self.issued is not None and self.issued(value)
        if proven is None:
            known = self.scores.shape if issued or self.issued is None else self.scores.stray
            return (self.scores.context if spoken_for else known), None
        return (self.scores.suspect if spoken_for or issued else self.scores.stray), False

    def _spoken_for(self, before: str, after: str) -> bool:
        if not self.context:
            return False
        following = _CLAUSE.split(after)[0]
        return self._context.stands_in(_question_and_answer(_after_last_value(before))) or (
            not _A_DIGIT.search(following) and self._context.stands_in(following)
        )

    def _headed(self, text: str, start: int) -> bool:
        """Whether the text is a table and the head of the value's column speaks for it."""
        head, begin = text.find("\n"), text.rfind("\n", 0, start) + 1
        if head < 0 or not begin or not self.context:
            return False
        stop = text.find("\n", begin)
        for comma in TABLE:
            heads = text[:head].split(comma)
            if (
                len(heads) > 1
                and len(heads) == text[begin : len(text) if stop < 0 else stop].count(comma) + 1
            ):
                head_of = heads[text.count(comma, begin, start)]
                return self._context.stands_in(head_of) and not self._against.ends(head_of)
        return False


_SENTENCE = re.compile("[。;!?！？\n]")
_CLAUSE = re.compile("[,，、。;!?！？\n]")
_SPEAKER = re.compile(
    "[ ]?(?:[\u4e00-\u9fff]{1,4}|[A-Za-z]{1,8}):[ ]?(?:是|呃|嗯|哦|就是|那个)?[ ,，]?"
)
_SET_APART = re.compile("(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])")
_A_DIGIT = re.compile("[0-9]")
"""A label that another value follows speaks for that one."""
_DIGITS = re.compile("[0-9]{4}")
_VALUE = re.compile(r"[0-9A-Za-z@._-]*[0-9]{4,}[0-9A-Za-z@._-]*(?![ ]?[、/和与或及])")


def _question_and_answer(before: str) -> str:
    """The sentence before a value; if it is no more than who speaks, the question before it too."""
    sentences = _SENTENCE.split(before)
    if len(sentences) > 1 and _SPEAKER.fullmatch(sentences[-1]):
        return "".join(sentences[-3:] if not sentences[-2] else sentences[-2:])
    return sentences[-1]


def _after_last_value(before: str) -> str:
    """The part of `before` after the last other value.

    A label speaks for the value that follows it and for those listed after that one (、, /, 和).
    """
    others = list(_VALUE.finditer(before)) if _DIGITS.search(before) else []
    return before[others[-1].end() :] if others else before


def presidio(finder: Finder, language: str, context: tuple[str, ...] = ()) -> "EntityRecognizer":
    """Any finder as a recogniser of Presidio's analyser; entities are the kinds, in capitals."""
    from presidio_analyzer import AnalysisExplanation, EntityRecognizer, RecognizerResult
    from presidio_analyzer.nlp_engine import NlpArtifacts

    class Recognizer(EntityRecognizer):  # type: ignore[misc] # presidio is not typed
        """One finder under Presidio's interface."""

        def load(self) -> None:
            """Nothing to load: patterns are compiled when first used."""

        def analyze(
            self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts | None = None
        ) -> list[RecognizerResult]:
            if entities and finder.kind.value.upper() not in entities:
                return []
            why = AnalysisExplanation(recognizer=finder.name, original_score=0.0)
            return [
                RecognizerResult(s.kind.value.upper(), s.start, s.end, s.score, why)
                for s in finder.spans(normalise(text))
            ]

    return Recognizer(
        supported_entities=[finder.kind.value.upper()],
        name=finder.name,
        supported_language=language,
        context=list(context),
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")
