"""The house keeps its rules, every waiver is still needed, and each rule is shown to catch what it forbids."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house import manners, markup, papers, rooms, sizes, words
from tests.house.tree import Breach, Rule
from tests.house.waivers import WAIVERS

HOUSE = Path(__file__).parents[2]

RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        manners.engine_functions_have_a_docstring,
        manners.engine_arithmetic_cites_and_shows,
        manners.tests_use_real_things,
        markup.no_script_stands_in_the_markup,
        markup.nothing_carries_a_style_attribute,
        markup.pages_load_nothing_from_outside,
        papers.decisions_are_short_and_numbered,
        papers.every_dependency_is_locked_with_a_hash,
        papers.every_setting_is_documented,
        papers.no_file_names_a_place_on_one_machine,
        papers.no_file_names_a_registry,
        papers.pages_link_to_what_exists,
        papers.readme_names_every_make_target,
        rooms.foreign_keys_point_down,
        rooms.models_and_queries_save_nothing,
        rooms.nobody_is_shown_the_unscoped,
        rooms.queries_start_from_the_viewers_scope,
        rooms.surfaces_ask_no_database,
        rooms.time_is_an_argument,
        sizes.files_stay_below_their_ceiling,
        sizes.functions_stay_below_their_ceiling,
        sizes.parameters_beyond_two_are_named,
        words.nothing_is_named_for_nothing,
        words.refusals_can_be_translated,
        words.words_come_from_the_glossary,
    )
}

APP = "src/fourfold/scorecard/measures"
PAGE = f"{APP}/templates/measures/page.html"
LONG_FUNCTION = "def score():\n" + "    x = 1\n" * 40
LONG_DOCSTRING = (
    'def score():\n    """What it answers.' + "\n    And more." * 60 + '\n    """\n    return 1\n'
)
REGISTRY = "https://files.python" + "hosted.org/packages/"
NODE_REGISTRY = '"resolved": "https://registry.np' + 'mjs.org/vega"'
ONE_MACHINE = "DATA = '/ho" + "me/ada/data'\n"
APPS = "class C:\n    label = 'measures'\n"
FAR_APPS = {f"{APP}/apps.py": APPS, "src/fourfold/data/imports/apps.py": "class C:\n    label = 'imports'\n"}

# rule → files that break it
PLANTED: list[tuple[str, dict[str, str]]] = [
    (
        "refusals_can_be_translated",
        {f"{APP}/actions/retire.py": 'class AlreadyRetired(Refusal):\n    sentence = "It is retired."\n'},
    ),
    (
        "refusals_can_be_translated",
        {f"{APP}/actions/retire.py": 'def f():\n    raise Unknown(period=1, reason=f"{1} has not begun.")\n'},
    ),
    (
        "nobody_is_shown_the_unscoped",
        {f"{APP}/web/views.py": "from fourfold.platform.units.queries import known_units\n"},
    ),
    (
        "engine_functions_have_a_docstring",
        {"src/fourfold/engine/spc.py": "__all__ = ['f']\ndef f():\n    return 1\n"},
    ),
    (
        "engine_arithmetic_cites_and_shows",
        {"src/fourfold/engine/spc.py": "__all__ = ['f']\ndef f():\n    return 1\n"},
    ),
    (
        "engine_arithmetic_cites_and_shows",
        {"src/fourfold/engine/spc.py": "__all__ = ['f']\ndef f():\n    'Answer. Source: METHOD §2.'\n"},
    ),
    ("no_script_stands_in_the_markup", {PAGE: "<script>alert(1)</script>"}),
    ("no_script_stands_in_the_markup", {PAGE: '<button type="button"\n onclick="go()">'}),
    ("no_script_stands_in_the_markup", {PAGE: '<a href="javascript:go()">'}),
    ("nothing_carries_a_style_attribute", {PAGE: '<p style="color: red">'}),
    ("nothing_carries_a_style_attribute", {PAGE: "<style>p { color: red }</style>"}),
    ("nothing_carries_a_style_attribute", {f"{APP}/bars.py": "BAR = '<rect style=\"fill: red\">'\n"}),
    ("pages_load_nothing_from_outside", {PAGE: '<script\n  src="https://cdn.example/x.js"></script>'}),
    ("pages_load_nothing_from_outside", {PAGE: '<link rel="stylesheet" href="//fonts.example/inter.css">'}),
    (
        "pages_load_nothing_from_outside",
        {"src/fourfold/platform/ui/styles/x.css": "a { background: url(https://x.example) }"},
    ),
    ("decisions_are_short_and_numbered", {"docs/decisions/0001-ledger.md": "line\n" * 41}),
    ("decisions_are_short_and_numbered", {"docs/decisions/ledger.md": "line\n"}),
    (
        "every_setting_is_documented",
        {"src/fourfold/config/settings.py": "import os\nX = os.environ['FOURFOLD_X']\n"},
    ),
    ("every_setting_is_documented", {"docs/settings.md": "`FOURFOLD_GONE`: read no more"}),
    ("no_file_names_a_place_on_one_machine", {f"{APP}/paths.py": ONE_MACHINE}),
    ("no_file_names_a_registry", {"requirements/dev.txt": REGISTRY}),
    ("no_file_names_a_registry", {"package-lock.json": NODE_REGISTRY}),
    ("readme_names_every_make_target", {"Makefile": "deploy: install  ## Ship it\n"}),
    ("pages_link_to_what_exists", {"docs/concepts.md": "See [scoring](algorithms/score.md)."}),
    ("every_dependency_is_locked_with_a_hash", {"pyproject.toml": "[project]\ndependencies = ['lark>=1']\n"}),
    ("every_dependency_is_locked_with_a_hash", {"requirements/dev.txt": "lark==1.3.1\n"}),
    ("tests_use_real_things", {"tests/test_mail.py": "from unittest import mock\n"}),
    ("tests_use_real_things", {"tests/test_mail.py": "import time\ntime.sleep(1)\n"}),
    ("foreign_keys_point_down", {**FAR_APPS, f"{APP}/models.py": "row = ForeignKey('imports.Row')\n"}),
    (
        "foreign_keys_point_down",
        {
            **FAR_APPS,
            "src/fourfold/scorecard/strategy/apps.py": "",
            f"{APP}/models/measure.py": "row = models.ManyToManyField('strategy.Objective')\n",
        },
    ),
    ("models_and_queries_save_nothing", {f"{APP}/models.py": "def retire(self):\n    self.save()\n"}),
    ("models_and_queries_save_nothing", {f"{APP}/queries.py": "def page(m):\n    m.create(name='x')\n"}),
    (
        "queries_start_from_the_viewers_scope",
        {f"{APP}/queries.py": "def page():\n    return Measure.objects.all()\n"},
    ),
    (
        "queries_start_from_the_viewers_scope",
        {f"{APP}/actions/retire.py": "def f(*, scope):\n    Measure.objects.get(pk=1)\n"},
    ),
    (
        "surfaces_ask_no_database",
        {f"{APP}/web/views.py": "def page(r):\n    return Measure.objects.visible_to(r.scope)\n"},
    ),
    ("time_is_an_argument", {f"{APP}/actions/retire.py": "at = timezone.now()\n"}),
    ("time_is_an_argument", {f"{APP}/models.py": "at = DateTimeField(auto_now_add=True)\n"}),
    ("time_is_an_argument", {"src/fourfold/engine/spc.py": "today = date.today()\n"}),
    ("files_stay_below_their_ceiling", {f"{APP}/queries.py": "x = 1\n" * 401}),
    ("functions_stay_below_their_ceiling", {f"{APP}/queries.py": LONG_FUNCTION}),
    (
        "parameters_beyond_two_are_named",
        {f"{APP}/queries.py": "def page(unit, period, viewer):\n    return 1\n"},
    ),
    ("nothing_is_named_for_nothing", {f"{APP}/utils.py": ""}),
    ("nothing_is_named_for_nothing", {f"{APP}/helpers/score.py": ""}),
    ("words_come_from_the_glossary", {f"{APP}/queries.py": "def kpi_page():\n    return 1\n"}),
    ("words_come_from_the_glossary", {f"{APP}/queries.py": "class MetricPage:\n    pass\n"}),
    ("words_come_from_the_glossary", {PAGE: "<h2>Your goals</h2>"}),
    ("words_come_from_the_glossary", {"docs/concepts.md": "The traffic light is green, in real time."}),
]

# rule → files that look like a breach and are none
INNOCENT: list[tuple[str, dict[str, str]]] = [
    ("no_script_stands_in_the_markup", {PAGE: '<script\n  src="/static/ui/page.js" type="module"></script>'}),
    ("no_script_stands_in_the_markup", {PAGE: '<script id="chart" type="application/json">{}</script>'}),
    ("nothing_carries_a_style_attribute", {PAGE: '<link rel="stylesheet"><p data-style="x">'}),
    ("pages_load_nothing_from_outside", {PAGE: '<a href="https://example.org">read more</a>'}),
    (
        "foreign_keys_point_down",
        {**FAR_APPS, "src/fourfold/data/imports/models.py": "m = ForeignKey('measures.Measure')\n"},
    ),
    (
        "refusals_can_be_translated",
        {
            f"{APP}/actions/retire.py": 'class Gone(Refusal):\n    sentence = _("Gone.")\n    remedy = "{advice}"\n',
            "src/fourfold/folder/gone.py": 'class Gone(Trouble):\n    sentence = "Gone."\n',
        },
    ),
    ("models_and_queries_save_nothing", {f"{APP}/models.py": "def save(self):\n    super().save()\n"}),
    (
        "queries_start_from_the_viewers_scope",
        {f"{APP}/queries.py": "m = Measure.objects.visible_to(scope).all()\n"},
    ),
    (
        "queries_start_from_the_viewers_scope",
        {f"{APP}/actions/add.py": "m = Measure.objects.create(name='x')\n"},
    ),
    ("time_is_an_argument", {f"{APP}/web/views.py": "at = timezone.now()\n"}),
    ("functions_stay_below_their_ceiling", {f"{APP}/queries.py": LONG_DOCSTRING}),
    (
        "parameters_beyond_two_are_named",
        {f"{APP}/models.py": "class M:\n    def f(self, a, b, *, c):\n        return 1\n"},
    ),
    (
        "words_come_from_the_glossary",
        {f"{APP}/queries.py": "from x import GoalType\ngoal_type = 1\nprojected = 2\n"},
    ),
]


def test_every_planted_rule_is_one_of_the_house() -> None:
    assert {rule for rule, _ in PLANTED} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_the_house_keeps(name: str) -> None:
    waived = WAIVERS.get(name, {})
    breaches = RULES[name](HOUSE)

    standing = [breach for breach in breaches if not is_waived(breach, waived=waived)]
    needless = [place for place in waived if not any(covers(place, breach=breach) for breach in breaches)]

    assert not standing, "\n".join(["", *map(str, sorted(standing))])
    assert not needless, f"waivers no longer needed: {needless}"


@pytest.mark.parametrize(("name", "files"), PLANTED)
def test_a_planted_breach_is_caught(name: str, files: dict[str, str], tmp_path: Path) -> None:
    build_tree(tmp_path, files=files)

    assert RULES[name](tmp_path)


@pytest.mark.parametrize(("name", "files"), INNOCENT)
def test_what_only_looks_like_a_breach_stands(name: str, files: dict[str, str], tmp_path: Path) -> None:
    build_tree(tmp_path, files=files)

    assert RULES[name](tmp_path) == []


def is_waived(breach: Breach, *, waived: dict[str, str]) -> bool:
    return any(covers(place, breach=breach) for place in waived)


def covers(place: str, *, breach: Breach) -> bool:
    """A waiver for a file covers the functions in it, one for a folder (`…/`) the files in it."""
    return breach.place == place or breach.place.startswith(
        (f"{place}::", place if place.endswith("/") else "\0")
    )


def build_tree(root: Path, *, files: dict[str, str]) -> None:
    """A bare house that breaks no rule, then the planted files."""
    for path, text in {"Makefile": "", "README.md": "", "pyproject.toml": "", **files}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
