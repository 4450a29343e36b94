"""Breaches that were looked at and let stand, each with its reason. A waiver nobody needs any more is itself a breach.

Keyed by rule, then by place: a folder (`…/`), a file, or `file::function`.
"""

from __future__ import annotations

SRC = "src/fourfold"

WAIVERS: dict[str, dict[str, str]] = {
    "engine_arithmetic_cites_and_shows": {
        f"{SRC}/engine/certainty.py": "judges a page of a whole evaluation: its examples are in tests/engine",
        f"{SRC}/engine/book/": "compiles a whole organisation: its examples are folders, in tests/engine",
        f"{SRC}/engine/evaluate/": "evaluates a whole book: likewise",
        f"{SRC}/engine/explain/": "explains a whole evaluation: likewise",
        f"{SRC}/engine/tree.py": "writes a whole evaluation down: likewise",
        f"{SRC}/engine/update.py": "carries new rows into a whole evaluation: likewise",
    },
    "every_setting_is_documented": {
        f"{SRC}/config/environment.py": "also names what it leaves to the tests; its own names have a test",
    },
    "functions_stay_below_their_ceiling": {
        f"{SRC}/engine/aggregate/kernels.py": "likewise",
        f"{SRC}/engine/cube/kernels.py": "one compiled pass over a block; cutting it up would hide its order",
        f"{SRC}/engine/evaluate/kernels.py": "likewise",
        f"{SRC}/engine/rollup/kernels.py": "likewise",
        f"{SRC}/engine/score/kernels.py": "likewise",
        f"{SRC}/engine/spc/kernels.py": "likewise",
        "benchmarks/peer_polars.py": "the peer's scoring is one query, read as one",
        "benchmarks/reference_work.py": "the reference work written out: data, not steps",
        "tests/folder/organisations.py": "an organisation written out: data, not steps",
        "tests/scorecard/conftest.py": "likewise",
    },
    "models_and_queries_save_nothing": {
        f"{SRC}/platform/accounts/models.py": "Django's own protocol: a user manager's create_user saves",
    },
    "nothing_carries_a_style_attribute": {
        f"{SRC}/platform/ui/documents/ink.py": "a picture that leaves has no sheet but its own; no page shows it",
        f"{SRC}/platform/ui/templates/ui/paper.html": "a PDF's sheet; no browser reads it",
    },
    "parameters_beyond_two_are_named": {
        f"{SRC}/governance/changes/web/rows_field.py": "Django's own protocol: a widget",
        f"{SRC}/platform/accounts/middleware.py::process_view": "Django's own protocol",
        f"{SRC}/platform/ui/time_zones.py": "Django's own protocol: a widget",
    },
    "queries_start_from_the_viewers_scope": {
        f"{SRC}/data/imports/actions/commit_import.py::_taken_back": "counts runs of jobs that were found in scope",
        f"{SRC}/data/imports/queries/folder_export.py": "only for who sees the whole organisation, checked first",
        f"{SRC}/data/imports/queries/mappings.py": "a mapping belongs to the organisation and says no value",
        f"{SRC}/data/imports/queries/known_mappings.py": "likewise",
        f"{SRC}/data/imports/actions/keeping_mappings.py": "likewise",
        f"{SRC}/data/imports/queries/mapping_keepers.py": "likewise; who may change one is asked there",
        f"{SRC}/scorecard/measures/queries/runs.py": "for taking a run back, after its units were required",
        f"{SRC}/data/entry/queries/marks.py::_restated": "keys of restated rows; the rows themselves are read in scope",
        f"{SRC}/governance/signals/queries/exception_flips.py::flips_of": "likewise",
        f"{SRC}/scorecard/evaluation/queries/current.py::root_unit": "one key; ancestors' wording is visible",
        f"{SRC}/platform/accounts/actions/grant_role.py::grant_founder_memberships": "before there is a unit to see",
        f"{SRC}/platform/accounts/actions/invite.py::invite": "an address has one account and one invitation anywhere",
        f"{SRC}/platform/accounts/actions/invite.py::_replace_open": "an address has one open invitation anywhere",
        f"{SRC}/platform/accounts/actions/change_person.py::_changed": "links to the address of a person who was given",
        f"{SRC}/platform/accounts/actions/change_person.py::rename_oneself": "one's own name",
        f"{SRC}/platform/accounts/actions/leaving.py::end_sessions": "one's own sessions",
        f"{SRC}/platform/accounts/actions/remove_second_factors.py": "of a person whom the scope has given",
        f"{SRC}/platform/accounts/queries.py": "here the scope itself is read",
        f"{SRC}/platform/audit/actions/record.py": "the head of the chain belongs to nobody",
        f"{SRC}/platform/audit/queries.py": "the chain is proved whole or not at all, and shows no event",
        f"{SRC}/scorecard/measures/queries/assignments.py": "which measures are one's own: no value, no unit",
        f"{SRC}/scorecard/measures/queries/closed_periods.py": "says what may be written, and shows no value",
        f"{SRC}/scorecard/measures/queries/retired.py": "likewise",
        f"{SRC}/scorecard/evaluation/queries/final_months.py": "says from when a definition may hold, no value",
        f"{SRC}/scorecard/evaluation/queries/target_past.py": "likewise, as far as months are closed",
        f"{SRC}/scorecard/measures/queries/known.py": "for compiling, never for showing",
        f"{SRC}/scorecard/measures/queries/ledger.py": "where the ledger stands: a number and a time, no row",
        f"{SRC}/scorecard/measures/queries/ledger_rows.py": "feeds the cube, from which pages take the viewer's part",
        f"{SRC}/scorecard/strategy/queries/objectives.py": "for compiling, never for showing",
    },
    "tests_use_real_things": {
        "tests/cli/served.py": "asks another process again until it answers: no event crosses that border",
    },
    "words_come_from_the_glossary": {
        "docs/algorithms/score.md": "the key of the scale that a vendor named goal and red flag",
        f"{SRC}/engine/score/": "METHOD §2.2's goal types",
        f"{SRC}/engine/wording/lexicon.py": "the linter's own list of words it warns of",
        f"{SRC}/platform/ui/glossary/terms.py": "METHOD §6's own wording, kept equal to GLOSSARY.md",
        f"{SRC}/platform/audit/new_database.py": "Django's name for what all migrations together leave",
    },
}
