"""`fourfold demo`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourfold.cli.database import brought_up_to_date, now
from fourfold.cli.exits import Exit, stop
from fourfold.cli.installation.load import load_with_progress
from fourfold.cli.paths import require_folder
from fourfold.cli.serving.serve import LAST_PORT, port_beside, require_free_port, serve_pages

if TYPE_CHECKING:
    from fourfold.engine.definitions import Person

__all__ = ["DEMO_PASSWORD", "demo"]

DEMO_PASSWORD = "four-tiles-on-a-page"  # noqa: S105 - printed, published, and only ever set in a demo
EXAMPLE = Path("examples") / "meridian"
HOST = "127.0.0.1"


def demo(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT)] = 8000,
    home: Annotated[Path, typer.Option(help="Where the demo keeps its database.")] = Path("var") / "demo",
    folder: Annotated[Path, typer.Option(help="The organisation to show.")] = EXAMPLE,
    prepare_only: Annotated[bool, typer.Option("--prepare-only", help="Make the database and stop.")] = False,
) -> None:
    """Found the demo organisation, if there is none yet, and serve it on this machine."""
    os.environ["FOURFOLD_HOME"] = str(home)
    os.environ["FOURFOLD_DEMO"] = "1"
    os.environ.pop("FOURFOLD_DATABASE", None)  # never the operator's own
    if not prepare_only:
        other = port_beside(port)
        instead = f"fourfold demo --port {other}, or make demo PORT={other}"
        require_free_port(HOST, port, otherwise=instead)
    brought_up_to_date()
    _found(folder)
    _greet(port)
    if not prepare_only:
        serve_pages(host=HOST, port=port, threads=2)


def _found(folder: Path) -> None:
    """Once: a second start finds the people there. The folder and its passwords come together or not at all."""
    from django.db import transaction

    from fourfold.platform.accounts.actions.set_password import set_password
    from fourfold.platform.accounts.queries import known_people
    from fourfold.platform.accounts.scope import INSTALLATION

    if known_people():
        return
    require_folder(folder)
    with transaction.atomic():
        load_with_progress(folder, data=None)
        for person in known_people():
            set_password(person.key, DEMO_PASSWORD, scope=INSTALLATION, at=now())
        _close_the_past()
        _decide()
        _have_the_links_tested()


def _decide() -> None:
    """By the first person whose role decides for the whole organisation."""
    from fourfold.cli.demo.decisions import decide_on_limits, decide_on_markets
    from fourfold.platform.accounts.permissions import Act
    from fourfold.platform.accounts.queries import known_people, scope_of_key
    from fourfold.scorecard.evaluation.queries import root_unit

    root = root_unit()
    scopes = (scope_of_key(person.key) for person in known_people())
    if deciding := next((scope for scope in scopes if scope.may(Act.DECIDE_LIMITS, unit=root)), None):
        decide_on_limits(deciding, at=now())
        decide_on_markets(deciding, at=now())


def _have_the_links_tested() -> None:
    """The worker does it while the first page is opened: the start waits for nothing."""
    from fourfold.governance.evidence.actions.ask_for_test import queue_test
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.evaluation.queries import root_unit
    from fourfold.scorecard.measures.queries.ledger import head_seq

    queue_test(root_unit(), seq=head_seq(), scope=INSTALLATION, at=now())


def _close_the_past() -> None:
    """As if it had been worked with: by the first person whose role closes the whole organisation's periods."""
    from fourfold.data.entry.actions.close_history import close_history
    from fourfold.platform.accounts.permissions import Act
    from fourfold.platform.accounts.queries import known_people, scope_of_key
    from fourfold.platform.accounts.scope import INSTALLATION
    from fourfold.scorecard.evaluation.queries import root_unit

    root = root_unit()
    scopes = (scope_of_key(person.key) for person in known_people())
    closing = next((scope for scope in scopes if scope.may(Act.CLOSE_PERIOD, unit=root)), INSTALLATION)
    close_history(scope=closing, at=now())


def _greet(port: int) -> None:
    from fourfold.platform.accounts.queries import known_people

    people = known_people()
    if not people:
        message, remedy = (
            "nobody can sign in: the folder names no people",
            "Give strategy.yaml some `people`.",
        )
        stop(Exit.REFUSED, problem="PEOPLE_MISSING", message=message, remedy=remedy)
    typer.echo(f"\n  Open      http://{HOST}:{port}/")
    own = _who_chose_their_own()
    if not (open_to := [person for person in people if person.key not in own]):
        typer.echo("  Sign in   with your own password: everybody has chosen one.\n")
        return
    first, *others = open_to
    typer.echo(f"  Sign in   {first.key}  ({first.name})")
    typer.echo(f"  Password  {DEMO_PASSWORD}\n")
    if others:
        typer.echo("  The same password opens for")
        typer.echo("".join(f"    {each.key:<11} {_roles_of(each)}\n" for each in others))


def _roles_of(person: Person) -> str:
    """What a visitor can try as this person: `data steward of benelux`."""
    return ", ".join(f"{held.role.replace('_', ' ')} of {held.unit}" for held in person.memberships)


def _who_chose_their_own() -> set[str]:
    """Whose password was set again since the demo set it: the journal knows, and asking the hashes would take long."""
    from django.db.models import Count

    from fourfold.platform.audit.models import AuditEvent

    set_for = AuditEvent.objects.filter(action="password_set").values("object").order_by()
    again = set_for.annotate(times=Count("seq")).filter(times__gt=1)
    return {key.removeprefix("person/") for key in again.values_list("object", flat=True)}
