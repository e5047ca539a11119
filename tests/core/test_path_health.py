from bot.core.path_health import PathHealth
from bot.core.plans import Fate


def test_a_second_try_waits_until_another_send_got_through() -> None:
    health = PathHealth(proven=True)

    health.note(Fate.IN_DOUBT)
    assert not health.proven

    health.note(Fate.SENT)
    assert health.proven


def test_a_connection_that_cannot_be_made_takes_the_proof_away() -> None:
    health = PathHealth(proven=True)

    health.note(Fate.NOT_SENT)

    assert not health.proven


def test_an_answer_about_one_chat_says_nothing_against_the_path() -> None:
    health = PathHealth(proven=True)

    health.note(Fate.STOPPED)

    assert health.proven


def test_more_than_one_doubt_in_five_of_twenty_sends_opens_the_breaker() -> None:
    health = PathHealth()
    for fate in [Fate.SENT] * 16 + [Fate.IN_DOUBT] * 4:
        health.note(fate)
    assert not health.broken

    health.note(Fate.IN_DOUBT)
    assert health.broken


def test_a_good_probe_closes_the_breaker_and_proves_the_path() -> None:
    health = PathHealth()
    for _ in range(5):
        health.note(Fate.IN_DOUBT)

    health.probed(works=False)
    assert (health.broken, health.proven) == (True, False)

    health.probed(works=True)
    assert (health.broken, health.proven) == (False, True)


def test_old_doubts_are_forgotten_after_twenty_good_sends() -> None:
    health = PathHealth()
    for fate in [Fate.IN_DOUBT] * 5 + [Fate.SENT] * 20:
        health.note(fate)

    assert not health.broken
