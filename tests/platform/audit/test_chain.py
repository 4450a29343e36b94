"""The chain of METHOD M7.3: golden digests, and every tampering found."""

import hashlib
import json
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given
from hypothesis import strategies as st

from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.audit import actions as audit
from fourfold.platform.audit.canonical import NotCanonical, canonical_json
from fourfold.platform.audit.chain import FIRST_LINK, first_broken_link, link
from fourfold.platform.audit.events import Event
from fourfold.platform.audit.models import AuditEvent
from fourfold.platform.audit.queries import verify_chain

CREATED = {"action": "create", "actor": "u1", "object": "measure/otd", "seq": 1, "v": 1}
APPROVED = {"action": "approve", "actor": "u2", "object": "measure/otd", "seq": 2, "v": 1}
COPIED = (
    "INSERT INTO audit_auditevent SELECT 6, at, actor, action, object, document, digest "
    "FROM audit_auditevent WHERE seq = 5"
)
NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)


class ThingHappened(Event):
    """An event for these tests."""


@pytest.mark.method("M7.3")
def test_the_published_digests_come_out() -> None:
    first = link(FIRST_LINK, canonical_json(CREATED))
    second = link(first, canonical_json(APPROVED))

    assert first.hex() == "9d603c9ac2176760c518c8bf48f173eadc24d90cc0ed402b341c06144d42c3cd"
    assert second.hex() == "d62f7086e9e1545a68001b1d249fb9467ebb4febaa28083995b5b88a9c2b4a09"


@pytest.mark.parametrize(
    ("value", "spelt"),
    [
        # RFC 8785, appendix B
        (0.0, "0"),
        (-0.0, "0"),
        (5e-324, "5e-324"),
        (1.7976931348623157e308, "1.7976931348623157e+308"),
        (9007199254740992.0, "9007199254740992"),
        (295147905179352830000.0, "295147905179352830000"),
        (9.999999999999997e22, "9.999999999999997e+22"),
        (1e23, "1e+23"),
        (999999999999999700000.0, "999999999999999700000"),
        (1e21, "1e+21"),
        (9.999999999999997e-7, "9.999999999999997e-7"),
        (0.000001, "0.000001"),
        (333333333.3333332, "333333333.3333332"),
        (-0.0000033333333333333333, "-0.0000033333333333333333"),
        (1424953923781206.2, "1424953923781206.2"),
        # RFC 8785, §3.2.2.2 and §3.2.3
        ('\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'),
        ({"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7}, None),
    ],
)
def test_numbers_and_texts_have_one_spelling(value: object, spelt: str | None) -> None:
    written = canonical_json(value).decode()  # type: ignore[arg-type]

    if spelt is None:
        assert list(json.loads(written).values()) == [2, 4, 6, 7, 1, 5, 3]
    else:
        assert written == spelt


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**53 + 1, "\ud800"])
def test_what_has_no_spelling_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json(value)  # type: ignore[arg-type]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_reads_back_as_itself(number: float) -> None:
    assert float(canonical_json(number)) == number


@given(st.lists(st.binary(min_size=1), min_size=1, max_size=6), st.data())
def test_a_changed_document_breaks_the_chain_where_it_stands(
    documents: list[bytes], data: st.DataObject
) -> None:
    links, previous = [], FIRST_LINK
    for document in documents:
        previous = link(previous, document)
        links.append((document, previous))
    place = data.draw(st.integers(0, len(links) - 1))
    tampered = [*links]
    tampered[place] = (links[place][0] + b"x", links[place][1])

    assert first_broken_link(links) is None
    assert first_broken_link(tampered) == place


def happen(count: int) -> None:
    for number in range(1, count + 1):
        with transaction.atomic():
            audit.record(ThingHappened(f"thing/{number}"), scope=INSTALLATION, at=NOON)


def behind_the_triggers(*statements: str) -> None:
    """Do what only somebody with the file in hand can do."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_auditevent_keep_update")
        cursor.execute("DROP TRIGGER audit_auditevent_keep_delete")
        for statement in statements:
            cursor.execute(statement)


def rehashed(seq: int, document: str) -> str:
    before = bytes(AuditEvent.objects.get(seq=seq - 1).digest)
    digest = hashlib.sha256(before + document.encode()).hexdigest()
    return f"UPDATE audit_auditevent SET document = '{document}', digest = x'{digest}' WHERE seq = {seq}"


def test_an_untouched_journal_holds(db: None) -> None:
    happen(5)

    verdict = verify_chain()

    assert (verdict.events, verdict.broken_at) == (5, None)


@pytest.mark.parametrize(
    ("statement", "broken_at"),
    [
        ("UPDATE audit_auditevent SET document = replace(document, 'thing/3', 'thing/9') WHERE seq = 3", 3),
        ("UPDATE audit_auditevent SET actor = 'somebody-else' WHERE seq = 2", 2),
        ("UPDATE audit_auditevent SET at = '2020-01-01 00:00:00' WHERE seq = 4", 4),
        ("DELETE FROM audit_auditevent WHERE seq = 2", 2),
        ("DELETE FROM audit_auditevent WHERE seq = 5", 5),
        ("DELETE FROM audit_auditevent", 1),
        ("UPDATE audit_auditevent SET seq = 9 WHERE seq = 1", 1),
        (COPIED, 6),
    ],
)
def test_an_edit_a_deletion_and_an_insertion_are_found_where_they_are(
    db: None, statement: str, broken_at: int
) -> None:
    happen(5)
    behind_the_triggers(statement)

    assert verify_chain().broken_at == broken_at


def test_a_rehashed_event_is_found_at_the_next(db: None) -> None:
    happen(5)
    document = AuditEvent.objects.get(seq=3).document.replace("thing/3", "thing/9")
    behind_the_triggers(rehashed(3, document), "UPDATE audit_auditevent SET object = 'thing/9' WHERE seq = 3")

    assert verify_chain().broken_at == 4


def test_the_last_event_rehashed_is_found_by_the_head(db: None) -> None:
    happen(5)
    document = AuditEvent.objects.get(seq=5).document.replace("thing/5", "thing/9")
    behind_the_triggers(rehashed(5, document), "UPDATE audit_auditevent SET object = 'thing/9' WHERE seq = 5")

    assert verify_chain().broken_at is not None


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET actor = 'x'", "DELETE FROM audit_auditevent"]
)
def test_the_database_itself_keeps_the_journal(db: None, statement: str) -> None:
    happen(1)

    with (
        pytest.raises(DatabaseError, match="KEPT_AS_WRITTEN"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_an_event_goes_with_its_change(db: None) -> None:
    happen(1)
    with transaction.atomic():
        audit.record(ThingHappened("thing/2"), scope=INSTALLATION, at=NOON)
        transaction.set_rollback(True)  # the change failed

    assert AuditEvent.objects.count() == 1
    assert verify_chain().broken_at is None


def test_an_event_outside_a_transaction_is_refused(transactional_db: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(ThingHappened("thing/1"), scope=INSTALLATION, at=NOON)


def test_subscribers_hear_of_it_after_the_commit(
    db: None, django_capture_on_commit_callbacks: object
) -> None:
    heard: list[audit.Recorded] = []

    class BellRung(Event):
        """An event for this test alone."""

    audit.subscribe(BellRung, heard.append)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        with transaction.atomic():
            audit.record(BellRung("bell/1"), scope=INSTALLATION, at=NOON)
        assert heard == []

    assert [recorded.event.object for recorded in heard] == ["bell/1"]
