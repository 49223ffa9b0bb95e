from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from dnd.errors import InvalidParametersError
from persistence.page import Position


@given(st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_every_position_survives_its_cursor(moment: datetime, identity: UUID) -> None:
    assert Position.decode(Position(moment, identity).encode()) == Position(moment, identity)


def test_a_cursor_needs_no_escaping_in_a_url() -> None:
    cursors = "".join(Position(datetime.now(UTC), uuid4()).encode() for _ in range(200))
    assert set(cursors) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")


def test_the_zone_of_the_moment_does_not_matter() -> None:
    moment, identity = datetime(2026, 1, 1, tzinfo=UTC), uuid4()
    elsewhere = moment.astimezone(timezone(timedelta(hours=5)))
    assert Position(elsewhere, identity).encode() == Position(moment, identity).encode()


@given(st.text(max_size=40) | st.text("AZaz09-_", min_size=32, max_size=32))
def test_any_text_is_a_cursor_or_a_callers_error(text: str) -> None:
    assert _read_back(text) in (text, "query/cursor")


def _read_back(text: str) -> str:
    try:
        return Position.decode(text).encode()
    except InvalidParametersError as error:
        return error.errors[0].path
