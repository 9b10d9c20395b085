from __future__ import annotations

import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from fakeprofile.errors import UsageError
from fakeprofile.search.catalogue import BUILT_IN, GROUP, catalogue, chosen, key_names
from fakeprofile.search.guard import Guarded, terms_faults

NAMES = ["tineye", "google", "yandex", "serpapi-lens", "serpapi-bing", "serpapi-yandex"]


def point(name: str, what: str, module: str = "search.strangers") -> EntryPoint:
    return EntryPoint(name=name, value=f"{module}:{what}", group=GROUP)


def test_our_own_services_are_listed_and_sound() -> None:
    listed = catalogue([])
    assert [one.name for one in listed] == NAMES
    assert not [fault for one in BUILT_IN for fault in terms_faults(one.terms)]


@pytest.mark.parametrize("what", ["Invented", "an_object"])
def test_a_strangers_service_is_listed_behind_a_guard(what: str) -> None:
    *_, last = catalogue([point("x", what)])
    assert (last.name, last.origin, last.reason) == ("invented", "search.strangers", "")
    assert isinstance(last.service, Guarded)


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("Quitting", "SystemExit: 3"), ("Interrupting", "KeyboardInterrupt"), ("Trapped", "RuntimeError"),
        ("Vague", "terms.keeps"), ("Empty", "it has no “terms”"), ("a_number", "it has no “terms”"), ("missing", "AttributeError"),
    ],
)  # fmt: skip
def test_a_broken_one_is_listed_with_the_reason_and_the_others_work(what: str, reason: str) -> None:
    listed = catalogue([point("broken", what), point("good", "Renamed")])
    broken, good = listed[-2:]
    assert (broken.name, broken.service) == ("broken", None)
    assert reason in broken.reason
    assert "somebody" not in broken.reason and broken.reason.isprintable()
    assert good.service is not None


@pytest.mark.parametrize(
    "code", ["raise SystemExit(0)", "raise KeyboardInterrupt", "1 / 0", "def", "import no_such_module_at_all"]
)
def test_a_module_that_cannot_be_imported_is_listed(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stranger_module.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "stranger_module", raising=False)
    *_, last = catalogue([point("broken", "Service", "stranger_module")])
    assert last.service is None and last.reason
    assert str(tmp_path) not in last.reason


def test_a_name_that_is_taken_is_told_and_ours_stays() -> None:
    listed = catalogue([point("a", "Impostor"), point("b", "Invented"), point("c", "Invented")])
    assert [(one.name, one.service is not None) for one in listed[6:]] == [
        ("tineye", False),
        ("invented", True),
        ("invented", False),
    ]
    assert listed[6].reason == "its name is that of a service of fakeprofile"
    (tineye,) = chosen(["tineye"], listed)
    assert tineye.origin == "fakeprofile" and tineye.service is not None


def test_services_are_chosen_once_each_in_the_order_of_the_catalogue() -> None:
    assert [one.name for one in chosen(["google", "tineye", "google"], catalogue([]))] == ["tineye", "google"]


def test_a_broken_one_can_be_chosen_and_tells_why() -> None:
    (broken,) = chosen(["broken"], catalogue([point("broken", "Empty")]))
    assert broken.service is None and broken.reason


def test_an_unknown_name_is_wrong_usage_and_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="“bing”; there are: tineye, google, yandex") as caught:
        chosen(["bing"], catalogue([point("broken", "Empty")]))
    assert "broken" not in str(caught.value)


def test_the_names_of_strangers_cannot_play_tricks_on_a_terminal() -> None:
    *_, last = catalogue([point("\x1b[31mred\u202e", "Empty")])
    assert last.name.isprintable()


def test_what_is_installed_is_looked_at() -> None:
    assert [one.name for one in catalogue()][:6] == NAMES


def test_the_names_of_all_keys_are_known_once_each() -> None:
    listed = catalogue([point("broken", "Empty")])
    assert key_names(listed) == ("TINEYE_KEY", "GOOGLE_KEY", "YANDEX_KEY", "YANDEX_FOLDER", "SERPAPI_KEY")
