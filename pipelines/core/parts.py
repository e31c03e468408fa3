"""Parts of one work of which each is done as far as it can be: one that fails does not take the others with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from pipelines.core.errors import InternalError, OutageError, PlatformError

T = TypeVar("T")


@dataclass(frozen=True)
class Parts:
    """What could not be done, by part."""

    is_gone: Callable[[Exception], bool]
    """Whether an error says that what was read has been replaced meanwhile: then all is to be done anew."""
    faults: dict[str, PlatformError] = field(default_factory=dict)

    def of(self, name: str, does: Callable[[], T], otherwise: T) -> T:
        """What `does` gives; `otherwise` if it fails, which is kept under the part's name."""
        try:
            return does()
        except Exception as error:
            self.failed(name, error)
            return otherwise

    def failed(self, name: str, error: Exception) -> None:
        """Keep why the part could not be done. Raises the error again if all is to be done anew."""
        if self.is_gone(error):
            raise error
        fault = error if isinstance(error, PlatformError) else InternalError.at(error)
        self.faults.setdefault(name, fault.alone())

    def require_all(self, day: date) -> None:
        """Raise an error of the same kind as what failed, an outage first, that names the parts."""
        if not self.faults:
            return
        worst = max(self.faults.values(), key=lambda fault: isinstance(fault, OutageError))
        names = sorted(self.faults)
        raise type(worst)(
            f"{day}: could not be measured: {', '.join(names)}; all else was. {worst.en}. "
            "Run the day again when that is mended",
            f"{day}：未能度量 {'、'.join(names)}，其余均已度量。{worst.zh}。排除后请重新运行该日流程",
        )
