"""The guide's table says what the code does."""

import re
from pathlib import Path

from fourfold.platform.accounts.permissions import FOR_THE_ASSIGNED, PERMITTED, Act
from fourfold.platform.accounts.roles import ROLE_NAMES, Role

GUIDE = Path(__file__).parents[3] / "docs" / "people.md"


def row_of(act: Act) -> str:
    cells = (
        "yes" if act in PERMITTED[role] else "own" if act in FOR_THE_ASSIGNED[role] else "" for role in Role
    )
    return f"| {act.value.replace('_', ' ')} | {' | '.join(cells)} |"


def test_the_guides_table_is_in_step_with_what_is_permitted() -> None:
    table = re.findall(r"^\| .*\|$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    heads = [cell.strip() for cell in table[0].strip("|").split("|")]

    assert heads == ["may", *(str(ROLE_NAMES[role]).lower() for role in Role)]
    assert table[2:] == [row_of(act) for act in Act]
