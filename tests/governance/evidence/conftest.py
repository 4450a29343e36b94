"""Harbour Bakery with five years of numbers that do what the map says, the opposite, or nothing of the kind."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.governance.evidence.actions.look_for_evidence import keep_evidence, look_for_evidence
from fourfold.governance.evidence.actions.register_hypothesis import Expected, LinkEnds
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit

FOUR_OBJECTIVES = Path(__file__).parents[3] / "examples" / "four-objectives"
AT = datetime(2026, 10, 8, 9, tzinfo=UTC)
LATER = datetime(2026, 10, 9, 9, tzinfo=UTC)
MONTHS = [f"{at // 12}-{at % 12 + 1:02d}" for at in range(2021 * 12 + 9, 2026 * 12 + 9)]
SKILLS_TO_WASTE = LinkEnds("build-skills", "reduce-waste", "bakery")
SKILLS_TO_TIME = LinkEnds("build-skills", "serve-on-time", "bakery")
TIME_TO_SALES = LinkEnds("serve-on-time", "grow-sales", "bakery")
LESSONS_FIRST = Expected("lessons", "waste", -1, 2, 4, mechanism="They bake to order.")


def numbers(months: int = len(MONTHS)) -> dict[str, np.ndarray]:
    """Waste falls three months after more lessons, as the map says; orders are late two months after, as it does not.

    Sales and ratings go their own ways.
    """
    rng = np.random.default_rng(8)
    lessons, noise = rng.normal(size=months), rng.normal(size=(4, months))
    return {
        "lessons": 20.0 + 3.0 * lessons,
        "waste": 12.0 - np.roll(lessons, 3) + 0.4 * noise[0],
        "punctuality": 90.0 - np.roll(lessons, 2) + 0.4 * noise[1],
        "sales": 40_000.0 + 900.0 * noise[2],
        "rating": 4.2 + 0.05 * noise[3],
    }


def write_numbers(folder: Path, months: int = len(MONTHS)) -> None:
    """Both shops alike, so that the bakery is their sum."""
    found, labels = numbers(months), MONTHS[-months:]
    school, shops = (
        ["shop;last_friday;hours"],
        ["month,shop,sales,on_time,orders,rating,ratings,unsold_kg,baked_kg"],
    )
    for place, month in enumerate(labels):
        at = {name: series[place] for name, series in found.items()}
        for shop in ("old-town", "riverside"):
            hours = f"{at['lessons']:.4f}".replace(".", ",")
            school.append(f"{shop};{month}-25;{hours}")
            on_time, unsold = round(1000 * at["punctuality"]), round(1000 * at["waste"])
            rating = f"{at['rating']:.3f},100,{unsold},100000"
            shops.append(f"{month},{shop},{at['sales']:.2f},{on_time},100000,{rating}")
    (folder / "data" / "school.csv").write_text("\n".join(school) + "\n", encoding="utf-8")
    (folder / "data" / "shops.csv").write_text("\n".join(shops) + "\n", encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """The strategy folder, for a test to change before it is loaded."""
    found = Path(shutil.copytree(FOUR_OBJECTIVES, tmp_path / "bakery"))
    write_numbers(found)
    return found


@pytest.fixture
def bakery(db, folder):
    load_strategy_folder(folder, data=None, scope=INSTALLATION, at=AT)


@pytest.fixture
def tested(bakery):
    """The bakery's links, tested once."""
    return run_tests()


def run_tests(unit="bakery", *, scope=INSTALLATION, at=AT):
    from django.db import transaction

    found = look_for_evidence(unit, scope=scope, at=at)
    with transaction.atomic():
        return keep_evidence(found, unit, scope=scope, at=at)


@pytest.fixture
def person(bakery):
    """Somebody with a role at a unit, or one of the folder's people."""

    def find(key, role="", unit="bakery"):
        if not role:
            return Person.objects.get(key=key)
        found = Person.objects.create_user(key, name=key.replace("-", " ").title())
        Membership.objects.create(person=found, role=role, unit=Unit.objects.get(key=unit))
        return found

    return find


@pytest.fixture
def scope(person):
    return lambda *said: scope_of(person(*said))


@pytest.fixture
def read(client, person):
    """A page as somebody sees it, ana unless another is named."""

    def reading(address, who="ana", *, status=200):
        client.force_login(person(who))
        answer = client.get(address)
        assert answer.status_code == status, answer.content[:400]
        return BeautifulSoup(answer.content, "lxml")

    return reading


def said(part):
    """A piece of a page in words, its blanks as one."""
    return " ".join(part.text.split())
