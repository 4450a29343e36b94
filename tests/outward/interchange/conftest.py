"""Harbour Bakery with sales and costs, and with orders by channel."""

from tests.practices.conftest import ana, found, read, scope  # noqa: F401 - their fixtures
