"""Version 1 of the interface for programs: declared operations, from which the OpenAPI document is written."""
