"""The same bakery as for annotations."""

from tests.governance.annotations.conftest import ana, bakery, person, read, scope

__all__ = ["ana", "bakery", "person", "read", "scope"]
