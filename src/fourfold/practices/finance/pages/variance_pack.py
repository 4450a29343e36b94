"""A variance's decision path as plain text: what somebody brings along to a strategic review."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fourfold.practices.finance.pages.variance_page import VariancePage

__all__ = ["variance_pack"]


def variance_pack(page: VariancePage, *, state: str) -> str:
    """Verdict, every step with its evidence, parts, drivers, initiatives, and price, volume and mix.

    Args:
        state: how far the period is closed, in a word.
    """
    found = [
        _("%(name)s: execution or strategy?") % {"name": page.name},
        " · ".join(
            part
            for part in (page.place.unit_name, page.place.stepper.current.label, page.known.said or state)
            if part
        ),
    ]
    if not page.has_verdict:
        return "\n".join([*found, "", page.reason, ""])
    form = page.format.beside(page.value, page.target)
    ends = {"value": str(form.shown(page.value)), "target": str(form.shown(page.target))}
    found += [
        _("Value %(value)s, target %(target)s") % ends,
        "",
        f"{_('Verdict')}: {page.verdict}. {page.advice}",
        "",
        *_steps(page),
        *_listed(_("Parts of the variance"), _parts(page)),
        *_listed(_("Drivers"), _drivers(page)),
        *_listed(_("What is being done about the drivers"), (row.name for row in page.initiatives)),
        *_listed(_("Price, volume and mix"), page.prices.sentences),
    ]
    return "\n".join(found).rstrip() + "\n"


def _steps(page: VariancePage) -> Iterator[str]:
    for number, step in enumerate(page.steps, start=1):
        aside = "" if step.is_reached else f" ({_('the verdict does not hang on it')})"
        yield f"{number}. {step.question} {step.answer.capitalize()}.{aside}"
        yield f"   {step.evidence}"
    yield ""


def _parts(page: VariancePage) -> Iterator[str]:
    for outside in page.outside:
        yield f"{outside.name}: {outside.text}"
    for row in page.parts:
        words = {"name": row.name, "size": str(row.text), "gap": str(row.gap), "elasticity": row.elasticity}
        yield _("%(name)s: %(size)s, estimated (%(gap)s off its target, %(elasticity)s)") % words
    yield f"{page.residual_name}: {page.residual_text}"


def _drivers(page: VariancePage) -> Iterator[str]:
    for row in page.leads:
        statuses = ", ".join(str(status.label) for status in row.statuses)
        yield f"{row.name}: {row.state} ({statuses})"


def _listed(title: str, lines: Iterator[str] | tuple[str, ...]) -> list[str]:
    told = [f"- {line}" for line in lines]
    return [title, *told, ""] if told else []
