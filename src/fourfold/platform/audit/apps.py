"""The room `audit`."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "fourfold.platform.audit"
    label = "audit"
