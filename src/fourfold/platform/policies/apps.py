"""The room `policies`."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "fourfold.platform.policies"
    label = "policies"
