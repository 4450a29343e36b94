"""The room `evaluation`."""

from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "fourfold.scorecard.evaluation"
    label = "evaluation"
