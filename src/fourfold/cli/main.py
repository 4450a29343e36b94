"""Assemble the `fourfold` command."""

from __future__ import annotations

import sys
import traceback

import typer

from fourfold.cli.capability.capability import capabilities
from fourfold.cli.demo.demo import demo
from fourfold.cli.exceptions.exceptions import find_exceptions
from fourfold.cli.exits import Exit
from fourfold.cli.forecast.forecast import forecasts
from fourfold.cli.installation.export import export_folder
from fourfold.cli.installation.import_file import import_rows
from fourfold.cli.installation.load import load_folder
from fourfold.cli.installation.password import set_persons_password
from fourfold.cli.leadlag.leadlag import lead_and_lag
from fourfold.cli.scorecard.check import check
from fourfold.cli.scorecard.evaluate import evaluate_scorecard
from fourfold.cli.scorecard.explain import explain_number
from fourfold.cli.serving.jobs import do_jobs
from fourfold.cli.serving.serve import serve
from fourfold.cli.spc.spc import control_charts
from fourfold.cli.version import version

__all__ = ["app", "run"]

app = typer.Typer(
    name="fourfold",
    help="A self-hosted Balanced Scorecard: from raw data to an evaluated scorecard and strategy map.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("check")(check)
app.command("evaluate")(evaluate_scorecard)
app.command("exceptions")(find_exceptions)
app.command("explain")(explain_number)
app.command("load")(load_folder)
app.command("export")(export_folder)
app.command("import")(import_rows)
app.command("password")(set_persons_password)
app.command("demo")(demo)
app.command("jobs")(do_jobs)
app.command("capability")(capabilities)
app.command("leadlag")(lead_and_lag)
app.command("forecast")(forecasts)
app.command("serve")(serve)
app.command("spc")(control_charts)
app.command("version")(version)


def run() -> None:
    """The entry point: refusals leave with their codes, and what nobody expected with a code of its own."""
    try:
        app()
    except Exception as problem:  # the last place where anybody can say anything
        from fourfold.cli.refusing import answer_to

        code = answer_to(problem)
        if code is None:
            traceback.print_exception(problem)
            code = Exit.UNEXPECTED
        sys.exit(code)
