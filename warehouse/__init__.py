"""Declared tables, masked views, and the stores that hold them."""

from warehouse.ask import read
from warehouse.store import Store, open_store

__all__ = ["Store", "open_store", "read"]
