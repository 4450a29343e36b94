"""Lead and lag as a table for people; every digit is in the JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator

from fourfold.cli.leadlag.document import LinksFound
from fourfold.cli.leadlag.links import AskedLink
from fourfold.cli.wide_table import print_whole, titled_table
from fourfold.engine import leadlag

__all__ = ["VERDICTS", "print_links"]

VERDICTS = {
    leadlag.Verdict.SUPPORTED: "✔ supported",
    leadlag.Verdict.CONTRADICTED: "✘ contradicted",
    leadlag.Verdict.INCONCLUSIVE: "? inconclusive",
    leadlag.Verdict.NOT_TESTABLE: "– not testable",
}
_DOUBTS = {
    leadlag.Doubt.CHANCE: "chance does as much",
    leadlag.Doubt.SIGN: "the other direction",
    leadlag.Doubt.PRECEDENCE: "Granger sees no lead",
    leadlag.Doubt.REVERSE: "“{y}” runs ahead of “{x}” more than behind it",
}


def print_links(found: LinksFound) -> None:
    """One row a link: the strongest correlation and its lag, chance, Granger, what could have been found."""
    table = titled_table(_title(found))
    table.add_column("Link")
    for heading in ("Expected", "n", "r", "Lag", "p adjusted", "Granger p", "Detectable |r|"):
        table.add_column(heading, justify="right")
    for heading in ("Verdict", "Remarks"):
        table.add_column(heading)
    for asked, judged in zip(found.asked, found.judged, strict=True):
        table.add_row(*_cells(asked, judged))
    print_whole(
        table, width=150, under=["A verdict tells of order in time. It cannot tell what brings what about."]
    )


def _title(found: LinksFound) -> str:
    season = f"cycle {found.series.cycle}" if found.series.cycle else "no cycle"
    return f"Lead and lag · {found.series.word} · {season} · {found.permutations} permutations"


def _cells(asked: AskedLink, judged: leadlag.Judged) -> list[str]:
    found = judged.found
    head = [asked.name, asked.expected]
    if isinstance(found, leadlag.NotTestable):
        why = f"{found.why.code.replace('_', ' ')}: {found.periods} of {found.needed} periods"
        return [*head, str(found.periods), *["–"] * 5, VERDICTS[judged.verdict], why]
    return [
        *head,
        str(found.stretch.periods),
        f"{found.peak:+.2f}".replace("-", "−"),
        str(found.peak_lag),
        f"{judged.adjusted_p:.3f}",
        f"{found.precedence.p:.3f}" if math.isfinite(found.precedence.p) else "–",
        f"{found.detectable:.2f}",
        VERDICTS[judged.verdict],
        ", ".join(_remarks(judged, found, x=asked.x, y=asked.y)),
    ]


def _remarks(judged: leadlag.Judged, found: leadlag.Examination, *, x: str, y: str) -> Iterator[str]:
    """Columns may be called anything, also x and y: the remarks name them, not their roles."""
    yield from (_DOUBTS[doubt].format(x=x, y=y) for doubt in judged.doubts)
    if judged.verdict is leadlag.Verdict.SUPPORTED and not found.is_in_window:
        yield "at another lag than expected"
    if found.needs_caution:
        yield "fewer than 36 periods"
