"""Assemble the `fourfold` command."""

from __future__ import annotations

import typer

from fourfold.cli import check, demo, evaluate, explain, export, import_file, load, serve, version

__all__ = ["app"]

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
