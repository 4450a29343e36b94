"""The room `notifications`."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "fourfold.platform.notifications"
    label = "notifications"
