"""The room `notifications`."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "fourfold.platform.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Hang up the bell, and register the digest."""
        from fourfold.platform.notifications import jobs  # noqa: F401 - registers them
        from fourfold.platform.notifications.bell import bell
        from fourfold.platform.ui.slots import SHELL_HEADER, slot

        slot(SHELL_HEADER).register("notifications", bell)
