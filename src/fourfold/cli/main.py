"""Assemble the `fourfold` command."""

from __future__ import annotations

import sys
import traceback

import typer

from fourfold.cli import (
    capability,
    check,
    demo,
    evaluate,
    exceptions,
    explain,
    export,
    forecast,
    import_file,
    jobs,
    leadlag,
    load,
    password,
    serve,
    spc,
    version,
)
from fourfold.cli.exits import Exit

__all__ = ["app", "run"]

app = typer.Typer(
    name="fourfold",
    help="A self-hosted Balanced Scorecard: from raw data to an evaluated scorecard and strategy map.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("check")(check.check)
app.command("evaluate")(evaluate.evaluate_scorecard)
app.command("exceptions")(exceptions.find_exceptions)
app.command("explain")(explain.explain_number)
app.command("load")(load.load_folder)
app.command("export")(export.export_folder)
app.command("import")(import_file.import_rows)
app.command("password")(password.set_persons_password)
app.command("demo")(demo.demo)
app.command("jobs")(jobs.do_jobs)
app.command("capability")(capability.capabilities)
app.command("leadlag")(leadlag.lead_and_lag)
app.command("forecast")(forecast.forecasts)
app.command("serve")(serve.serve)
app.command("spc")(spc.control_charts)
app.command("version")(version.version)


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
