"""People, and the roles they hold."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit

__all__ = [
    "Invitation",
    "InvitationVoid",
    "InvitedRole",
    "Membership",
    "Person",
    "PersonQuerySet",
    "PersonUnknown",
    "SetUp",
    "ThrottleCount",
    "digest_of",
]

SESSION_SALT = "fourfold.accounts.session"


class PersonUnknown(Refusal):
    code, status = "PERSON_UNKNOWN", 404
    sentence = _("There is nobody called “{key}”.")


class PersonQuerySet(RefusingQuerySet["Person"]):
    refusal = PersonUnknown

    def visible_to(self, scope: Scope) -> Self:
        """Whoever holds a role where the viewer manages people; who holds none is for whoever runs the installation."""
        if scope.sees_everything:
            return self.all()
        units = scope.units_where(Act.MANAGE_PEOPLE)
        if not units:
            return self.none()
        managed = Q(pk__in=Membership.objects.filter(unit__key__in=units).values("person"))
        without = Q(memberships=None) if scope.runs_the_installation else Q()
        return self.filter(managed | without).distinct()


class People(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]  # made at run time
    """Opens an account without a way in: a password is set by its own action."""

    def create_user(self, key: str, *, name: str, email: str = "", ordinal: int = 0) -> Person:
        """A new person with an unusable password."""
        person: Person = self.model(key=key, name=name, email=email.lower(), ordinal=ordinal)
        person.set_unusable_password()
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who signs in, owns or looks after things."""

    key = models.SlugField(max_length=64, unique=True, db_index=False)
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True)  # in lower case: the door compares it so
    is_active = models.BooleanField(default=True)
    ordinal = models.IntegerField(default=0)
    is_founder = models.BooleanField(default=False)  # administrator of all, before a unit can hold the role
    session_epoch = models.PositiveIntegerField(default=0)  # one more: every session begun before has ended

    USERNAME_FIELD = "key"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

    objects = People()

    class Meta:
        ordering = ["ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="person_email_is_unique"),
            models.UniqueConstraint(
                fields=["is_founder"], condition=Q(is_founder=True), name="installation_has_one_founder"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """What a session carries and is compared with on every request: the password and the epoch are in it."""
        return salted_hmac(
            SESSION_SALT, f"{self.session_epoch}:{self.password}", algorithm="sha256"
        ).hexdigest()

    @property
    def is_awaited(self) -> bool:
        """Whether they are here by name alone: they never came in, and have no password to do so."""
        has_password = bool(self.password) and self.has_usable_password()
        return self.is_active and self.last_login is None and not has_password

    def end_sessions(self) -> None:
        """Everywhere at once, a way in left as it is."""
        self.session_epoch += 1


class Membership(models.Model):
    """A role held for a unit and everything below it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    ordinal = models.IntegerField(default=0)

    class Meta:
        ordering = ["person", "ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "unit"], name="membership_is_given_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="membership_names_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role} {self.unit_id}"


class SetUp(models.Model):
    """The one row that says this installation has been set up: the database takes no second."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_set_up_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.at:%Y-%m-%d}"


class InvitationVoid(Refusal):
    """One answer for an unknown, expired, used and revoked link, and for one whose inviter may no longer invite there:
    a guesser learns nothing."""

    code, status = "INVITATION_VOID", 404
    sentence = _("This invitation does not open anything.")
    remedy = _(
        "It may be used, withdrawn or too old, or whoever invited you may no longer do so. Ask for a new one."
    )


class InvitationQuerySet(RefusingQuerySet["Invitation"]):
    refusal = InvitationVoid

    def visible_to(self, scope: Scope) -> Self:
        """Invitations to units where the viewer manages people."""
        if scope.sees_everything:
            return self.all()
        return self.filter(unit__key__in=scope.units_where(Act.MANAGE_PEOPLE))

    def open_at(self, at: datetime) -> Self:
        """Those whose link still works."""
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=at)


def digest_of(token: str) -> str:
    """What is kept of a link's secret. 256 random bits need no salt and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class Invitation(models.Model):
    """A way in for somebody who is not here yet; the link's secret is known to the invited alone.

    With a `person` it is for somebody who is here by name alone, and leaves their roles as they are.
    """

    digest = models.CharField(max_length=64, unique=True)  # SHA-256 of the secret, in hexadecimal
    name = models.CharField(max_length=200)
    email = models.EmailField()  # empty only with a person: they sign in with their key
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(revoked_at=None), name="invitation_ends_in_one_way"
            ),
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(accepted_at=None, revoked_at=None) & ~Q(email=""),
                name="invitation_is_open_once_per_address",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(accepted_at=None, revoked_at=None),
                name="invitation_is_open_once_per_person",
            ),
            models.CheckConstraint(
                condition=~Q(email="") | Q(person__isnull=False), name="invitation_is_for_somebody"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} {self.unit_id}"


class InvitedRole(models.Model):
    """A role that the invited will hold at the invitation's unit."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=32, choices=[(role.value, role.value) for role in Role])

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["invitation", "role"], name="invited_role_is_named_once"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in Role]), name="invited_role_is_a_known_role"
            ),
        ]

    def __str__(self) -> str:
        return self.role


class ThrottleCount(models.Model):
    """Who tried how often, shared by all processes: the table of Django's database cache, and never read as a model."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key
