"""Readers by format, behind one door: `open_source`."""

from pipelines.channels.landing import is_database
from pipelines.channels.readers.door import open_source
from pipelines.channels.readers.reading import LINE, Reading

__all__ = ["LINE", "Reading", "is_database", "open_source"]
