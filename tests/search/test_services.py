"""Services are planned, agreed to, and asked in that order; what the user does not want is not asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from search import asked
from small import asked as picture
from web_world import TODAY, World, world

from fakeprofile.records import Answer
from fakeprofile.search.cache import Cache
from fakeprofile.search.catalogue import Listed
from fakeprofile.search.keys import KeyRing
from fakeprofile.search.plan import Plan
from fakeprofile.search.services import Services

PHOTO = picture(1)[0]


@dataclass
class User:
    """Says the same whenever asked, and keeps the plans."""

    says: bool = True
    plans: list[Plan] = field(default_factory=list)

    def __call__(self, plan: Plan) -> bool:
        self.plans.append(plan)
        return self.says


def answers(
    web: World,
    *names: str,
    user: User | None = None,
    cache: Path | None = None,
    decisive: Callable[[Answer], bool] = lambda _: False,
    **more: object,
) -> list[Answer]:
    values = {name: value for one in names for name, value in asked.KEYS[one].items()}
    with asked.wire() as wire:
        services = Services(
            chosen=tuple(
                Listed(name=one, origin="tests", service=asked.ADAPTERS[one](web.base(one))) for one in names
            ),
            ring=KeyRing(values=values),
            wire=wire,
            cache=Cache(folder=cache) if cache else None,
            agreed=user or User(),
            today=TODAY,
            **more,  # type: ignore[arg-type]
        )
        return list(services.answers([PHOTO], decisive))


def heard(web: World) -> list[str]:
    """The services that were asked, in order."""
    return [one.path.split("/")[1] for one in web.server.heard if "remaining" not in one.path]


def test_the_cheapest_is_asked_first_whatever_the_order_of_the_names() -> None:
    with world() as web:
        answers(web, "tineye", "yandex", "google")
        assert heard(web) == ["google", "yandex", "tineye"]


def test_decisive_evidence_ends_the_asking_and_each_unasked_service_says_why() -> None:
    with world() as web:
        web.show("google", "http://a.example/", b"")
        given = answers(web, "tineye", "yandex", "google", decisive=lambda _: True)
        assert heard(web) == ["google"]
        assert [one.service for one in given if one.complete] == ["google"]
        assert all("decisive" in one.gaps[0].reason for one in given[1:])


def test_all_services_are_asked_if_that_is_wanted() -> None:
    with world() as web:
        web.show("google", "http://a.example/", b"")
        answers(web, "tineye", "yandex", "google", decisive=lambda _: True, all_services=True)
        assert heard(web) == ["google", "yandex", "tineye"]


def test_the_user_sees_the_plan_before_anything_is_sent() -> None:
    with world() as web:
        unheard: list[list[str]] = []

        def user(_: Plan) -> bool:
            unheard.append(heard(web))
            return True

        answers(web, "google", user=user)  # type: ignore[arg-type]
        assert unheard == [[]]
        assert heard(web) == ["google"]


def test_after_a_no_nothing_is_sent_and_every_service_says_so() -> None:
    with world() as web:
        begun: list[str] = []
        given = answers(web, "tineye", "google", user=User(says=False), begun=lambda: begun.append("begun"))
        assert heard(web) == []
        assert [one.gaps[0].reason for one in given] == ["not asked: you said no"] * 2
        assert not begun


def test_kept_answers_need_no_consent_and_send_nothing(tmp_path: Path) -> None:
    with world() as web:
        web.show("google", "http://a.example/", b"", "A title")
        (first,) = answers(web, "google", cache=tmp_path / "kept")
        user, begun = User(says=False), []
        (again,) = answers(
            web, "google", user=user, cache=tmp_path / "kept", begun=lambda: begun.append("begun")
        )
        assert heard(web) == ["google"]
        assert not user.plans
        assert begun
        assert (again.hits, again.asked_on) == (first.hits, TODAY)


def test_asking_again_is_asked_for_again(tmp_path: Path) -> None:
    with world() as web:
        user = User()
        for _ in range(2):
            answers(web, "google", user=user, cache=tmp_path / "kept", refresh=True)
        assert heard(web) == ["google", "google"]
        assert len(user.plans) == 2


def test_no_more_paid_searches_are_asked_than_were_allowed() -> None:
    with world() as web:
        given = answers(web, "tineye", "yandex", "google", max_searches=1)
        assert heard(web) == ["google"]
        assert ["limit" in one.gaps[0].reason for one in given[1:]] == [True, True]
        web.server.heard.clear()
        answers(web, "google", max_searches=0)
        assert heard(web) == []


def test_a_missing_key_is_told_once_for_each_photo_and_nothing_is_sent() -> None:
    with world() as web, asked.wire() as wire:
        services = Services(
            chosen=(
                Listed(name="google", origin="tests", service=asked.ADAPTERS["google"](web.base("google"))),
            ),
            ring=KeyRing(),
            wire=wire,
            cache=None,
            agreed=User(),
            today=TODAY,
        )
        (given,) = services.answers([PHOTO], lambda _: False)
        assert "it needs FAKEPROFILE_GOOGLE_KEY" in given.gaps[0].reason
        assert services.gaps == []
        assert heard(web) == []
