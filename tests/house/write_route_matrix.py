"""Write what every route answers now to `route_matrix.txt`: `python -m tests.house.write_route_matrix`.

Read the difference before committing it: the table is what was agreed, this is only its scribe.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

HEAD = """\
# Who is answered how: route | what is asked | one letter a principal. See route_answers.py.
#
#   stranger · nobody (no role) founder · administrator strategy-office objective-owner measure-owner data-steward
#   review-facilitator approver auditor viewer; HEAD, PUT, PATCH and DELETE: stranger · nobody founder.
#
# o done · r let in, but refused for what was said or how things stand · s led to the sign-in page
# 1 401 · 3 403 · 4 404 · 5 405
# . not asked (account pages are the same for every role; slow drawings of one's own shop)
#
# Every role is held in the Old Town shop: `own` names things of that shop, `other` those of the Riverside shop.
# Every role, an administrator's too, counts at its unit and below; the founder's everywhere. POST sends the page's own
# form, filled in so that whoever may send it succeeds (route_bodies.py).
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"FOURFOLD_HOME": home, "DJANGO_SETTINGS_MODULE": "fourfold.config.settings"}
        _write(Path(home))


def _write(home: Path) -> None:
    from fourfold.config import sqlite  # noqa: F401, I001 - before Django takes another
    import django

    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from tests.house.guarded_bakery import built, routes
    from tests.house.route_answers import TABLE_FILE, lines_of

    with built(home) as house:
        lines = [
            f"{line.route} | {line.asked} | {line.letters}" for r in routes() for line in lines_of(r, house)
        ]
    TABLE_FILE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
