"""The room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fourfold.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of every sign-in, whichever door it came by."""
        from django.contrib.auth.signals import user_logged_in

        from fourfold.platform.accounts.sign_in import vouch_for_address

        user_logged_in.connect(vouch_for_address, dispatch_uid="vouch_for_address")
