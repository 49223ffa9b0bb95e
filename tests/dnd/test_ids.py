import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from dnd.ids import new_id


def test_ids_are_version_7_of_the_rfc_variant() -> None:
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_its_time_in_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    milliseconds = new_id().int >> 80
    assert before <= milliseconds <= time.time_ns() // 1_000_000 + 1


def test_the_rfcs_example_time_gives_its_first_48_bits() -> None:
    assert new_id(lambda: 1_645_557_742_000_000_000).hex[:12] == "017f22e279b0"


def test_ids_rise_even_within_one_tick_of_the_clock() -> None:
    def frozen() -> int:
        return 1_700_000_000_000_000_000

    made = [new_id(frozen) for _ in range(10_000)]
    assert made == sorted(set(made))


def test_ids_rise_when_the_clock_goes_back() -> None:
    readings = iter([2_000_000_000_000_000_000, 1_000_000_000_000_000_000])

    def clock() -> int:
        return next(readings)

    assert new_id(clock) < new_id(clock)


def test_one_clock_does_not_move_another() -> None:
    new_id(lambda: 4_000_000_000_000_000_000)
    assert new_id().int >> 80 < 4_000_000_000_000


def test_ids_made_by_many_threads_differ() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = [threads.submit(new_id) for _ in range(4000)]
    assert len({future.result() for future in made}) == 4000
