"""Changes in words: with dates, without accusing, and never more than is known."""

from __future__ import annotations

import json
import re
from typing import Any

from fakeprofile.changes import Changes, changes_between
from fakeprofile.records import Account, Gap, Handle, Tie
from fakeprofile.report.changes import changes_lines, changes_text
from fakeprofile.report.columns import columns_of

NOON = "2026-05-01T12:00:00Z"


def account(handle: str, number: str | None = None, **more: Any) -> Account:
    more.setdefault("ties", (Tie.FOLLOWER,))
    return Account(handle=Handle(name=handle, platform="instagram", account_id=number), **more)


def changes(**more: Any) -> Changes:
    old = [
        account("imke"),
        account("soepkieke", "7"),
        account("zoe", tied_on=NOON),
        account("tom", tied_on="2024"),
    ]
    new = [
        account("imke"),
        account("lars", "7"),
        account("zed", tied_on=NOON),
        account("new", name="\x1b[2J\u202eX"),
    ]
    return changes_between(old, new, old_on="2026-05-02", new_on="2026-06-02", **more)


def words(told: Changes) -> str:
    return " ".join(changes_text(told).split())


def test_new_gone_and_renamed_are_told_with_their_dates_and_reasons() -> None:
    text = words(changes())
    assert "4 accounts on 2026-05-02; after: 4 on 2026-06-02" in text
    assert "instagram:tom (follower since 2024)" in text
    assert "instagram:soepkieke is now instagram:lars: the same numeric id (7)" in text
    assert (
        "instagram:zoe went and instagram:zed came with the same time of following (2026-05-01 12:00:00 UTC)"
        in text
    )


def test_a_probable_rename_says_probably_and_a_sure_one_does_not() -> None:
    both = changes_between(
        [account("a", tied_on=NOON)], [account("b", tied_on=NOON)], lambda one, other: True
    )
    assert "probably the same account under another name" in words(both)
    assert "“Probably” is a conclusion" in words(both)
    sure = changes_between([account("a", "7")], [account("b", "7")])
    assert "probably" not in words(sure).lower()


def test_gone_is_explained_and_from_a_cut_export_it_is_said_to_be_unknown() -> None:
    assert "only have stopped following" in words(changes())
    assert "Unknown is not gone" not in words(changes())
    gap = Gap(step="accounts", about="new.zip", reason="the export may be cut")
    cut = words(changes(new_gaps=(gap,)))
    assert "Unknown is not gone" in cut
    assert "new.zip: the export may be cut" in cut


def test_a_missing_list_is_named() -> None:
    told = changes_between([account("a"), account("b", ties=(Tie.BLOCKED,))], [account("a")])
    assert "Not known whether gone (blocked is not in the new export at all): 1" in words(told)
    assert "Gone:" not in words(told)


def test_nothing_changed_is_a_sentence() -> None:
    assert "Nothing changed in what both exports tell." in words(
        changes_between([account("a")], [account("a")])
    )


def test_many_are_cut_and_counted_and_every_line_fits() -> None:
    text = changes_text(changes_between([account("a")], [account(f"n{n}" + "李" * 60) for n in range(350)]))
    assert "New: 350" in text
    assert "and 250 more" in text
    assert max(columns_of(line) for line in text.splitlines()) <= 96


def test_no_name_can_move_the_cursor_and_nobody_is_accused() -> None:
    text = changes_text(changes())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert not re.search(r"fake|predator|suspect|stolen|%", text.casefold())


def test_the_json_lines_hold_every_change_with_both_accounts() -> None:
    lines = [json.loads(line) for line in changes_lines(changes())]
    assert {line["schema"] for line in lines} == {"fakeprofile.change/1"}
    assert [line["change"] for line in lines] == ["new", "new", "gone", "gone", "renamed", "same-second"]
    renamed = lines[4]
    assert (renamed["old"]["handle"], renamed["new"]["handle"]) == ("instagram:soepkieke", "instagram:lars")
    assert (renamed["ground"], renamed["certainty"]) == ("same numeric id", "sure")
