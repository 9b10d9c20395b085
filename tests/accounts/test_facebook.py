"""Facebook exports names: two people of one name stay two, and nobody gets a handle that they do not have."""

from __future__ import annotations

from pathlib import Path

from accounts.exported import EXPORTS, read_by, reasons, understood, written

from fakeprofile.accounts.facebook import FacebookReader
from fakeprofile.records import Handle, Tie

READER = FacebookReader()


def test_people_are_called_by_the_name_they_show_and_that_is_said() -> None:
    _, accounts, gaps = understood(EXPORTS / "facebook-json")
    assert accounts["Noor Vlínder"].handle == Handle(name="Noor Vlínder", platform="facebook")
    assert accounts["Noor Vlínder"].name == "Noor Vlínder"
    assert "Facebook exports no handles: " in reasons(gaps)


def test_two_people_of_one_name_stay_two() -> None:
    _, accounts, _ = understood(EXPORTS / "facebook-json")
    assert accounts["Jan Jansen"].tied_on != accounts["Jan Jansen (2)"].tied_on
    assert accounts["Jan Jansen (2)"].name == "Jan Jansen"


def test_each_list_gives_its_tie() -> None:
    _, accounts, _ = understood(EXPORTS / "facebook-json")
    assert accounts["Noor Vlínder"].ties == (Tie.FOLLOWER, Tie.FOLLOWING)
    assert accounts["Lars"].ties == (Tie.REQUESTED,)
    assert accounts["Atelier Vos"].ties == (Tie.FOLLOWING,)


def test_a_handle_is_used_where_there_is_one(tmp_path: Path) -> None:
    people = [
        {"name": "Lars", "uri": "https://www.facebook.com/lars.de.wit"},
        {"name": "Noor", "uri": "https://x.example/n"},
    ]
    accounts, _ = read_by(READER, written(tmp_path / "x", {"your_friends.json": {"friends_v2": people}}))
    assert set(accounts) == {"lars.de.wit", "Noor"}


def test_a_page_is_read_and_a_day_in_an_unknown_language_is_unknown() -> None:
    accounts, _ = read_by(READER, EXPORTS / "facebook-html")
    assert {name: one[0].tied_on for name, one in accounts.items()} == {
        "Noor Vlínder": "2026-05-10",
        "Jan Jansen": None,
    }


def test_names_are_harmless_and_those_without_one_are_gaps(tmp_path: Path) -> None:
    people = [{"name": "\x1b[2J\u202eLars"}, {"name": "\u200b"}, {}, 5]
    accounts, gaps = read_by(READER, written(tmp_path / "x", {"your_friends.json": {"friends_v2": people}}))
    assert list(accounts) == ["[2JLars"]
    assert len([gap for gap in gaps if gap.step == "account"]) == 3
    assert "\x1b" not in reasons(gaps)


def test_an_unknown_layout_is_said_and_is_no_empty_list(tmp_path: Path) -> None:
    accounts, gaps = read_by(
        READER, written(tmp_path / "x", {"your_friends.json": {"friends_new": {"a": 1}}})
    )
    assert accounts == {}
    assert "it holds friends_new" in reasons(gaps)
