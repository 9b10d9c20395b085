"""Work shared by processes: in order, a few at a time, whatever happens to one of them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import jobs
import pytest

from fakeprofile.errors import UsageError, WorkerError
from fakeprofile.workers import AHEAD, FEW, Done, Lost, cores, mapped

TESTS = Path(__file__).resolve().parents[1]
MANY = 3 * FEW


def results(function: Callable[[Any], Any], works: Iterable[Any], workers: int) -> list[Any]:
    return [result for _, result in mapped(function, ((None, work) for work in works), workers)]


@pytest.fixture(autouse=True)
def _nobody_left() -> Iterator[None]:
    """When a test is over, so are its processes."""
    yield
    assert not multiprocessing.active_children()


# --- order --------------------------------------------------------------------------------


def test_results_come_in_order_for_any_number_of_workers() -> None:
    def tasks() -> Iterator[tuple[str, Any]]:
        for number in range(MANY):
            yield f"tag {number}", Done("known") if number % 5 == 2 else number

    expected = [(f"tag {number}", "known" if number % 5 == 2 else 2 * number) for number in range(MANY)]
    for workers in (1, 2, 3):
        assert list(mapped(jobs.doubled, tasks(), workers)) == expected


def test_no_process_is_started_for_a_few() -> None:
    assert results(jobs.process_of, range(FEW), 2) == [os.getpid()] * FEW
    assert results(jobs.process_of, [], 2) == []
    known = [Done(number) for number in range(1000)]
    assert results(jobs.process_of, [*known, 1, *known, 2], 2)[1000::1001] == [os.getpid()] * 2


def test_many_are_shared_by_as_many_processes_as_were_asked_for() -> None:
    processes = set(results(jobs.process_of, range(MANY), 2))
    assert os.getpid() not in processes
    assert 1 <= len(processes) <= 2
    assert set(results(jobs.process_of, range(MANY), 1)) == {os.getpid()}


def test_fewer_than_one_worker_is_told() -> None:
    with pytest.raises(UsageError, match="give 1 or more"):
        mapped(jobs.doubled, [], 0)
    assert cores() >= 1


def test_only_a_few_are_taken_from_the_source_ahead_of_what_was_given_back() -> None:
    taken: list[int] = []

    def source() -> Iterator[tuple[int, int]]:
        for number in range(10 * MANY):
            taken.append(number)
            yield number, number

    most = max(AHEAD * 2, FEW + 1)
    for number, _ in mapped(jobs.doubled, source(), 2):
        assert len(taken) - number <= most
    assert len(taken) == 10 * MANY


def test_one_worker_takes_nothing_ahead() -> None:
    source = iter(range(100))
    outcomes = mapped(jobs.doubled, ((None, number) for number in source), 1)
    assert next(outcomes) == (None, 0)
    assert next(source) == 1


def test_large_work_and_large_results_do_not_block_each_other() -> None:
    works = [bytes([number]) * 3_000_000 for number in range(MANY)]
    assert results(jobs.length_of, works, 2) == works


def test_each_worker_has_one_thread_and_our_own_environment_stays_as_it_was() -> None:
    before = dict(os.environ)
    assert set(results(jobs.threads, range(FEW + 1), 2)) == {(1, 1, "1")}
    assert dict(os.environ) == before


# --- what goes wrong ----------------------------------------------------------------------


def test_a_work_that_kills_its_worker_twice_is_lost_and_the_rest_goes_on() -> None:
    found = results(jobs.fatal, range(MANY), 2)
    lost = {number: one.reason for number, one in enumerate(found) if isinstance(one, Lost)}
    assert list(lost) == [7, 11]
    assert "SIGKILL" in lost[7]
    assert "SIGSEGV" in lost[11]
    assert "try again" in lost[7]
    assert [one for one in found if not isinstance(one, Lost)] == [
        number for number in range(MANY) if number not in lost
    ]


def test_a_work_whose_worker_dies_by_chance_is_done_by_another(tmp_path: Path) -> None:
    works = [(number, str(tmp_path / "mark")) for number in range(MANY)]
    assert results(jobs.fatal_once, works, 2) == list(range(MANY))
    assert (tmp_path / "mark").exists()


def test_an_error_is_raised_behind_the_results_before_it_and_shows_where_it_happened() -> None:
    for workers in (1, 2):
        found = []
        with pytest.raises(ValueError, match="10 is not my number") as caught:
            for number, _ in mapped(jobs.failing, ((one, one) for one in range(MANY)), workers):
                found.append(number)
        assert found == list(range(10))
    assert 'raise ValueError(f"{number} is not my number")' in str(caught.value.__cause__)


def test_an_error_of_the_source_is_raised_behind_the_results_before_it() -> None:
    def source() -> Iterator[tuple[int, int]]:
        yield from ((number, number) for number in range(FEW + 5))
        raise OSError("the source has run dry")

    for workers in (1, 2):
        found = []
        with pytest.raises(OSError, match="run dry"):
            for number, _ in mapped(jobs.doubled, source(), workers):
                found.append(number)
        assert found == list(range(FEW + 5))


def test_an_error_that_cannot_travel_is_told_all_the_same() -> None:
    with pytest.raises(RuntimeError, match="cannot be sent to another process: I stay here"):
        results(jobs.stubborn, range(MANY), 2)


def test_a_function_that_cannot_be_opened_elsewhere_says_why() -> None:
    with pytest.raises(FileNotFoundError, match="the book is not there"):
        results(jobs.Shut(), range(MANY), 2)


SCRIPT = """
import jobs, sys
from fakeprofile.workers import mapped
{guard}
    for tag, result in mapped(jobs.{function}, ((one, one) for one in range(100)), 2):
        pass
"""


def script(folder: Path, function: str, guard: str = "if __name__ == '__main__':") -> list[str]:
    """A program of somebody else that shares its work."""
    path = folder / "script.py"
    path.write_text(
        f"import sys\nsys.path[:0] = [{str(TESTS)!r}, {str(TESTS.parent)!r}]\n"
        + SCRIPT.format(function=function, guard=guard)
    )
    return [sys.executable, str(path)]


def test_a_script_that_starts_itself_again_in_each_worker_ends_and_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(script(tmp_path, "doubled", "if True:"), capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "if __name__ == '__main__'" in done.stderr.splitlines()[-1]
    assert WorkerError.__name__ in done.stderr.splitlines()[-1]


# --- stopped ------------------------------------------------------------------------------


def test_closing_ends_the_processes_at_once_whatever_they_are_doing() -> None:
    def tasks() -> Iterator[tuple[int, Any]]:
        yield 0, Done(0)
        yield from ((number, number) for number in range(1, 100))

    with closing(mapped(jobs.endless, tasks(), 3)) as outcomes:
        assert next(outcomes) == (0, 0)
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def is_there(process: int) -> bool:
    with suppress(ProcessLookupError):
        os.kill(process, 0)
        return True
    return False


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals and groups of Unix")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_do_not_outlive_the_program_whatever_ends_it(tmp_path: Path, number: signal.Signals) -> None:
    """They have a minute to work, so they do not end by themselves."""
    with subprocess.Popen(
        script(tmp_path, "endless"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout
        busy = [int(process.stdout.readline()) for _ in range(2)]
        assert all(map(is_there, busy))
        process.send_signal(number)
        # The pipe ends when the last of those that could write into it is gone.
        assert not set(process.stdout.read().split()) & {str(one) for one in busy}
        process.wait()
    deadline = time.monotonic() + 60
    while any(map(is_there, busy)) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not any(map(is_there, busy))
