"""Buckets keep all workers together below Meta's limits."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from api.identity.models import Channel
from api.sending import bucket
from api.sending.bucket import Rate, channel_rate, throughput_of
from tests.post_office import PostOffice


def take(office: PostOffice, rate: Rate = bucket.PAIR_RATE) -> float:
    with office.database.transaction() as session:
        return bucket.take_pair(session, office.channel, office.conversation, rate)


def reserve(office: PostOffice) -> float:
    with office.database.transaction() as session:
        return bucket.reserve(session, office.channel)


def seconds_since(start: float) -> float:
    """How much later than `start` it is: so much may a wait have shrunk by, on a busy machine."""
    return time.monotonic() - start


def age_buckets(office: PostOffice, seconds: float) -> None:
    """Let time pass for the buckets."""
    with office.database.transaction() as session:
        earlier = text("UPDATE send_buckets SET used_until = used_until - make_interval(secs => :seconds)")
        session.execute(earlier, {"seconds": seconds})


def test_a_customer_gets_45_at_once_and_then_one_every_six_seconds(office: PostOffice) -> None:
    start = time.monotonic()
    at_once = [take(office) for _ in range(45)]
    wait = take(office)
    age_buckets(office, 6)

    assert at_once == [0.0] * 45
    assert 6 - seconds_since(start) <= wait <= 6
    assert take(office) == 0.0
    assert take(office) >= 6 - seconds_since(start)


def test_a_burst_is_borrowed_from_the_time_to_come(office: PostOffice) -> None:
    for _ in range(45):
        take(office)
    age_buckets(office, 60)

    assert [take(office) == 0.0 for _ in range(11)] == [True] * 10 + [False]


def test_parallel_workers_share_a_customers_bucket(busy_office: PostOffice) -> None:
    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(lambda _turn: take(busy_office), range(60)))

    assert sum(wait == 0.0 for wait in waits) == 45


def test_parallel_workers_share_a_numbers_throughput(busy_office: PostOffice) -> None:
    rate = channel_rate(busy_office.channel)
    with ThreadPoolExecutor(8) as pool:
        places = sorted(pool.map(lambda _turn: reserve(busy_office), range(160)))

    assert places[: rate.burst] == [0.0] * rate.burst
    # Places lie two seconds and more ahead, no closer to each other than the rate: at most 80 in any second.
    assert places[-1] == pytest.approx((160 - rate.burst) * rate.seconds, abs=1.0)
    assert places[-1] > 1.0


@pytest.mark.parametrize(
    ("level", "own", "expected"),
    [(None, None, 80), ("STANDARD", None, 80), ("HIGH", None, 1000), ("NOT_APPLICABLE", None, 80), ("HIGH", 20, 20)],
)
def test_a_number_sends_as_fast_as_its_level_or_its_own_setting_says(
    level: str | None, own: int | None, expected: int
) -> None:
    assert throughput_of(Channel(throughput=level, messages_per_second=own)) == expected


@pytest.mark.parametrize("allowed", [1, 20, 80, 1000])
def test_in_no_second_more_is_sent_than_meta_allows(allowed: int) -> None:
    rate = channel_rate(Channel(messages_per_second=allowed))

    assert rate.burst + 1 / rate.seconds <= max(allowed, 2)


def test_a_message_beyond_the_throughput_waits_for_its_place(office: PostOffice) -> None:
    office.channel.messages_per_second = 1
    with office.database.transaction() as session:
        session.merge(office.channel)
    first, second = office.put("first"), office.put("second")

    office.send()

    assert office.texts() == ["first"]
    assert office.message(first).send_due_at is None
    assert office.message(second).send_slot
    assert 0 < office.seconds_until(second) < 1.2
    office.pass_time(second)
    office.send()
    assert office.texts() == ["first", "second"]


def test_a_customer_who_got_too_much_waits_and_others_do_not(office: PostOffice) -> None:
    start = time.monotonic()
    for _ in range(43):
        take(office)
    for number in range(3):
        office.put(f"{number}")
    other = office.another_conversation()
    office.put("other", other)

    office.send()
    office.send(other)

    assert office.texts() == ["0", "1", "other"]
    assert office.hints.sent[-1][2] >= 6 - seconds_since(start)


def test_empty_buckets_are_forgotten(office: PostOffice) -> None:
    take(office)
    age_buckets(office, 5000)

    with office.database.transaction() as session:
        bucket.forget_empty(session)
        assert session.execute(text("SELECT count(*) FROM send_buckets")).scalar() == 0
