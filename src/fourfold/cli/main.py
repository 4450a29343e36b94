"""Assemble the `fourfold` command."""

from __future__ import annotations

import sys
import traceback

import typer

from fourfold.cli import check, demo, evaluate, explain, export, import_file, load, serve, version
from fourfold.cli.exits import Exit

__all__ = ["app", "run"]

app = typer.Typer(
    name="fourfold",
    help="A self-hosted Balanced Scorecard: from raw data to an evaluated scorecard and strategy map.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
app.command("check")(check.check)
app.command("evaluate")(evaluate.evaluate_scorecard)
app.command("explain")(explain.explain_number)
app.command("load")(load.load_folder)
app.command("export")(export.export_folder)
app.command("import")(import_file.import_rows)
app.command("demo")(demo.demo)
app.command("serve")(serve.serve)
app.command("version")(version.version)


def run() -> None:
    """The entry point: what nobody expected leaves with a code of its own, apart from every refusal."""
    try:
        app()
    except Exception:  # the last place where anybody can say anything
        traceback.print_exc()
        sys.exit(Exit.UNEXPECTED)
