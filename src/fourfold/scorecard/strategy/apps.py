"""The room `strategy`."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    name = "fourfold.scorecard.strategy"
    label = "strategy"
