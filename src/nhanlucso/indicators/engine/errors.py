"""What the engine raises on data that it cannot compute with."""

from duckdb import Error as EngineError

__all__ = ["EngineError"]
