"""What is personal, and how it is hidden. For notebooks: `mask` a frame, `detect` in texts."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from masking.frames import mask
    from masking.text import detect

__all__ = ["detect", "mask"]


def __getattr__(name: str) -> Any:
    """The public names, imported when first used: whoever needs only a kind does not wait for pandas."""
    if name == "mask":
        from masking.frames import mask

        return mask
    if name == "detect":
        from masking.text import detect

        return detect
    raise AttributeError(name)
