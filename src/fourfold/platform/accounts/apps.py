"""The room `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "fourfold.platform.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of every sign-in, whichever door it came by, and of every address that its person confirmed."""
        from allauth.account.signals import email_changed
        from django.contrib.auth.signals import user_logged_in

        from fourfold.platform.accounts.sign_in import hear_of_own_address, vouch_for_address

        user_logged_in.connect(vouch_for_address, dispatch_uid="vouch_for_address")
        email_changed.connect(hear_of_own_address, dispatch_uid="hear_of_own_address")
