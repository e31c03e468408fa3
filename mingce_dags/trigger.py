"""Waiting for a file costs no worker: Airflow's triggerer looks for it. Imports little, for it is parsed there too."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import fsspec
from airflow.triggers.base import BaseTrigger, TriggerEvent

LOOK_SECONDS = 10.0


def is_there(location: str) -> bool:
    """Whether there is anything at a path or URI. A store that is away holds nothing for now."""
    try:
        files, path = fsspec.url_to_fs(location)
        files.invalidate_cache()
        return bool(files.exists(path))
    except (OSError, ValueError, ImportError):
        return False


class Landed(BaseTrigger):
    """Fires when a file is there, or when its time is over; says which."""

    def __init__(self, location: str, until: str) -> None:
        super().__init__()
        self.location = location
        self.until = until

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """How Airflow keeps it."""
        return "mingce_dags.trigger.Landed", {"location": self.location, "until": self.until}

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """Look until it is there, or until the moment."""
        until = datetime.fromisoformat(self.until)
        while not (there := await asyncio.to_thread(is_there, self.location)):
            if datetime.now(UTC) >= until:
                break
            await asyncio.sleep(LOOK_SECONDS)
        yield TriggerEvent(there)
