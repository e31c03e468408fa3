"""Token: a keyed pseudonym that joins. Never a hash without a key: the space of phones is enumerable."""

import hashlib
import hmac
from dataclasses import dataclass, field, replace
from typing import ClassVar

from masking.kinds import Kind
from masking.rules.rule import Rule
from masking.rules.spelling import FAMILY, ONE_SPELLING
from pipelines.core.errors import ConfigError

BLOCK = 64
"""SHA-256's block: HMAC's pads are of this length (RFC 2104)."""

LENGTH = 26
"""Hexadecimal digits of a token: 104 bits, so that a billion values do not collide."""

SHORTEST_KEY = 16


@dataclass(frozen=True)
class Key:
    """The key of the tokens, and its version, which every token bears. Its text is never shown."""

    material: bytes = field(repr=False)
    version: int = 1

    @classmethod
    def read(cls, text: str) -> "Key":
        """A secret as a key: `v2:…` names its version, which is 1 otherwise."""
        head, colon, rest = text.partition(":")
        version = 1
        if colon and head[:1] == "v" and head[1:].isascii() and head[1:].isdigit():
            version, text = int(head[1:]), rest
        if len(text) < SHORTEST_KEY:
            raise ConfigError(
                f"the key of the tokens is shorter than {SHORTEST_KEY} characters: make a longer one",
                f"令牌密钥不足 {SHORTEST_KEY} 个字符：请换用更长的密钥",
            )
        return cls(text.encode(), version)

    @property
    def mark(self) -> str:
        """What tells this key from another and nothing of either: its version, and 64 bits made with it."""
        return f"v{self.version} {self.derived('mark').hex()[:16]}"

    def derived(self, purpose: str) -> bytes:
        """A key for one purpose, of which no other can be told."""
        return hmac.digest(self.material, f"mingce/{purpose}".encode(), "sha256")


@dataclass(frozen=True)
class Token(Rule):
    """Show a token: the same for the same value of a kind everywhere, for one recipient or for us.

    The key is not part of the expression: `sql` names two parameters, `parameters` holds them.
    """

    kind: Kind = Kind.KEY
    recipient: str = ""
    key: Key | None = field(default=None, repr=False)
    prepared: ClassVar[bool] = True

    def of(self, kind: Kind) -> "Token":
        return replace(self, kind=FAMILY.get(kind, kind))

    def bound(self, key: Key) -> "Token":
        """The rule with its key."""
        return replace(self, key=key)

    def left(self) -> str:
        return f"t[0-9]+_[0-9a-f]{{{LENGTH}}}"

    def hidden(self, text: str) -> str:
        spelt = ONE_SPELLING.get(self.kind)
        text = spelt[0](text) if spelt else text
        found = hmac.digest(self._own_key(), text.encode(), "sha256").hex()
        return f"{self._prefix()}{found[:LENGTH]}"

    def hidden_sql(self, text: str) -> str:
        spelt = ONE_SPELLING.get(self.kind)
        text = spelt[1](text) if spelt else text
        inner = f"sha256(${self._parameter('inner')} || encode({text}))"
        return (
            f"${self._parameter('prefix')} || "
            f"left(sha256(${self._parameter('outer')} || unhex({inner})), {LENGTH})"
        )

    def parameters(self) -> dict[str, bytes | str]:
        """What is to be bound where `sql` is run: HMAC's two padded keys, and the tokens' prefix."""
        block = self._own_key().ljust(BLOCK, b"\0")
        return {
            self._parameter("inner"): bytes(b ^ 0x36 for b in block),
            self._parameter("outer"): bytes(b ^ 0x5C for b in block),
            self._parameter("prefix"): self._prefix(),
        }

    def _own_key(self) -> bytes:
        return self._key().derived(f"token/{self.recipient}/{self.kind}")

    def _prefix(self) -> str:
        return f"t{self._key().version}_"

    def _parameter(self, part: str) -> str:
        recipient = (
            hashlib.sha256(self.recipient.encode()).hexdigest()[:8] if self.recipient else "own"
        )
        return f"{part}_{self.kind}_{recipient}"

    def _key(self) -> Key:
        if self.key is None:
            raise ConfigError(
                f"a token of {self.kind} needs a key: give one (token_key in pack.yaml, or --key)",
                f"{self.kind} 的令牌需要密钥：请提供（pack.yaml 的 token_key，或 --key）",
            )
        return self.key
