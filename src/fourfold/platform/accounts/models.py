"""People, and the roles they hold."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from fourfold.platform.accounts.roles import Role
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.querysets import RefusingQuerySet
from fourfold.platform.units.models import Unit

__all__ = ["Membership", "Person", "PersonUnknown"]


class PersonUnknown(Refusal):
    code, status = "PERSON_UNKNOWN", 404
    sentence = _("There is nobody called “{key}”.")


class PersonQuerySet(RefusingQuerySet["Person"]):
    refusal = PersonUnknown


class People(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
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

    USERNAME_FIELD = "key"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "email"]

    objects = People()

    class Meta:
        ordering = ["ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=~Q(email=""), name="person_email_is_unique"),
        ]

    def __str__(self) -> str:
        return self.name


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
