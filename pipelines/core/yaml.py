"""YAML files as frozen models: an unknown key is an error that names file, line and nearest known key."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from yaml.reader import ReaderError

from pipelines.core.errors import ConfigError


class Declared(BaseModel):
    """Something declared in a pack: frozen, and with no key nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def zone(name: str) -> str:
    """The name of a time zone, as it is. Raises ValueError if there is none of that name."""
    try:
        ZoneInfo(name)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        raise ValueError(f"there is no time zone {name!r}: write one as Asia/Shanghai") from None
    return name


LARGEST, LARGEST_FILE = 250_000, 16 << 20
"""Entries, aliases written out, and bytes: far more than any pack has."""
OPEN = -1
"""A node whose parts are being looked at."""

Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """The file as `model`. Raises ConfigError naming file and line of every fault, all at once."""
    if not path.is_file():
        raise ConfigError(f"{path}: there is no such file", f"{path}：文件不存在")
    text = _text(path)
    try:
        loader = yaml.SafeLoader(text)
        tree = loader.get_single_node()
        if tree is not None:
            _require_plain(tree)
        said = loader.construct_document(tree) if tree is not None else {}
    except RecursionError:
        raise _not_yaml(path, loader.line + 1, "nested too deep") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _not_yaml(path, line, str(error.problem)) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _not_yaml(path, line, f"unacceptable character: {error.reason}") from None
    except ValueError as error:  # a date such as 2026-13-45
        raise _not_yaml(path, loader.line + 1, str(error)) from None
    try:
        return model.model_validate(said if said is not None else {})
    except ValidationError as error:
        faults = [_fault(path, tree, model, fault) for fault in error.errors()]
        raise ConfigError(
            "\n".join(en for en, _ in faults), "\n".join(zh for _, zh in faults)
        ) from None


def _require_plain(tree: yaml.Node) -> None:
    """Raise MarkedYAMLError for a key that stands twice, and for aliases that build a circle or a mountain."""
    if _size(tree, {}) > LARGEST:
        raise yaml.MarkedYAMLError(
            problem=f"its aliases write out to more than {LARGEST:,} entries",
            problem_mark=tree.start_mark,
        )


def _size(node: yaml.Node, known: dict[int, int]) -> int:
    """How many entries the node has when every alias is written out; each node is looked at once."""
    if known.get(id(node)) == OPEN:
        raise yaml.MarkedYAMLError(
            problem="an alias stands within what it names", problem_mark=node.start_mark
        )
    if id(node) not in known:
        known[id(node)] = OPEN
        parts: list[yaml.Node] = []
        if isinstance(node, yaml.MappingNode):
            _require_once(node)
            parts = [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            parts = node.value
        known[id(node)] = 1 + sum(_size(part, known) for part in parts)
    return known[id(node)]


def _require_once(node: yaml.MappingNode) -> None:
    first: dict[tuple[str, str], yaml.Node] = {}
    for key, _ in node.value:
        if not isinstance(key, yaml.ScalarNode):
            continue
        said = (key.tag, key.value)
        if said in first:
            line = first[said].start_mark.line + 1
            raise yaml.MarkedYAMLError(
                problem=f"the key {key.value!r} stands twice, on line {line} too",
                problem_mark=key.start_mark,
            )
        first[said] = key


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ConfigError(
                f"{path}: is larger than {LARGEST_FILE >> 20} MB, which no pack's file is",
                f"{path}：超过 {LARGEST_FILE >> 20} MB，配置文件不应如此之大",
            )
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(
            f"{path}, line {line}: not UTF-8: save the file as UTF-8",
            f"{path} 第 {line} 行：不是 UTF-8 编码，请另存为 UTF-8",
        ) from None
    except OSError as error:
        raise ConfigError(
            f"{path}: cannot be read ({error.strerror}): give the right to read it",
            f"{path}：无法读取（{error.strerror}），请授予读取权限",
        ) from None


def _not_yaml(path: Path, line: int, why: str) -> ConfigError:
    return ConfigError(
        f"{path}, line {line}: not valid YAML: {why}",
        f"{path} 第 {line} 行：YAML 格式有误：{why}",
    )


def _fault(
    path: Path, tree: yaml.Node | None, model: type[BaseModel], fault: Any
) -> tuple[str, str]:
    where = ".".join(str(part) for part in fault["loc"])
    line = _line(tree, fault["loc"])
    if fault["type"] == "extra_forbidden":
        key = str(fault["loc"][-1])
        near = get_close_matches(key, _known(model), n=1, cutoff=0.5)
        en, zh = f"unknown key {where!r}", f"未知的键 {where!r}"
        if near:
            en, zh = f"{en}: did you mean {near[0]!r}?", f"{zh}：是否应为 {near[0]!r}？"
    else:
        en = zh = f"{where}: {fault['msg']}" if where else str(fault["msg"])
    return f"{path}, line {line}: {en}", f"{path} 第 {line} 行：{zh}"


def _line(tree: yaml.Node | None, loc: tuple[str | int, ...]) -> int:
    """The line of the innermost node on the way to `loc` that stands in the file."""
    node, line = tree, 1
    for part in loc:
        found: yaml.Node | None = None
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == str(part):
                    found, line = value, key.start_mark.line + 1
        elif (
            isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value)
        ):
            found = node.value[part]
            line = found.start_mark.line + 1
        if found is None:
            break
        node = found
    return line


def _known(model: type[BaseModel]) -> list[str]:
    """All keys known in `model` and the models inside it."""
    keys: list[str] = []
    for definition in [
        model.model_json_schema(),
        *model.model_json_schema().get("$defs", {}).values(),
    ]:
        keys += definition.get("properties", {})
    return keys
