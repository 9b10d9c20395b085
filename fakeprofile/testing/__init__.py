"""What authors of search services need: a test that their service keeps to what is expected of it.

    from fakeprofile.testing import Recorded, check_service

    def test_my_service_keeps_to_the_rules() -> None:
        answer = Recorded(ending="/search", body=b'{"rows": [{"page": "https://a.example/"}]}')
        check_service(MyService(), [answer])

It asks no server but one that it opens on this machine, whatever address the service asks for.
"""

from __future__ import annotations

from collections.abc import Iterable

from fakeprofile.errors import FakeprofileError
from fakeprofile.search.guard import Broken, attempt, shape_faults, terms_faults
from fakeprofile.search.rows import one_line
from fakeprofile.search.service import Service, Terms
from fakeprofile.testing.trial import Recorded, Trial

__all__ = ["Recorded", "ServiceFault", "check_service"]


class ServiceFault(FakeprofileError, AssertionError):
    """A search service does not keep to what is expected of it; the message lists every fault."""

    def __init__(self, name: str, faults: tuple[str, ...]) -> None:
        lines = "".join(f"\n- {one}" for one in faults)
        super().__init__(f"{name} has {len(faults)} fault{'s' * (len(faults) > 1)}:{lines}")
        self.faults = faults


def check_service(service: object, answers: Iterable[Recorded] = ()) -> None:
    """Nothing, if the service keeps to what is expected of it.

    It is asked with and without keys, by a server that answers well (if ``answers`` are given), badly, late
    and not at all. What it gives back must be of the right form, say every trouble as a gap, and never
    show a key. It may be a class, which is then made without arguments, as the catalogue does.

    Args:
        service: what the entry point names.
        answers: recorded answers, one for each request that one question takes. Without them nothing is
            known of the rows that it makes, and little of services that send several requests.

    Raises:
        ServiceFault: it does not; all faults are listed, not only the first.
    """
    made = attempt(service) if isinstance(service, type) else service
    if isinstance(made, Broken):
        raise ServiceFault(_name(service), (f"it cannot be made without arguments: {made.reason}",))
    faults = attempt(lambda: shape_faults(made))
    if isinstance(faults, Broken):
        raise ServiceFault(_name(service), (f"to look at its members raises {faults.reason}",))
    if faults:
        raise ServiceFault(_name(service), faults)
    found = _faults(made, tuple(answers))  # type: ignore[arg-type]  # its shape was looked at
    if found:
        raise ServiceFault(_name(service), found)


def _faults(service: Service, answers: tuple[Recorded, ...]) -> tuple[str, ...]:
    terms = attempt(lambda: service.terms)
    if isinstance(terms, Broken):
        return (f"terms raises {terms.reason}",)
    wrong = terms_faults(terms)
    if wrong or not isinstance(terms, Terms):
        return wrong
    with Trial(service, terms, answers) as trial:
        return tuple(dict.fromkeys(trial.faults()))


def _name(service: object) -> str:
    kind = service if isinstance(service, type) else type(service)
    return one_line(kind.__qualname__, 80)
