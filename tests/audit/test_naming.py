"""What an audit hands on names no folder of the machine that it was made on."""

from __future__ import annotations

from pathlib import Path

from fakeprofile.audit.naming import Naming
from fakeprofile.records import Gap


def test_a_path_in_a_message_is_told_from_its_source_on() -> None:
    naming = Naming([Path("/home/anna/crowd")], [Path("/home/anna/lent")])
    gap = Gap(step="photo", about="/home/anna/crowd/lars/a.jpg", reason="/home/anna/crowd/lars/a.jpg: denied")
    assert naming.gap(gap) == Gap(step="photo", about="lars/a.jpg", reason="lars/a.jpg: denied")
    assert naming.text("/home/anna/lent/Imke/c.jpg is too large") == "lent/Imke/c.jpg is too large"
    assert naming.text("nothing in /home/anna/crowd: look") == "nothing in crowd: look"


def test_of_several_sources_each_is_named_and_an_inner_one_by_itself() -> None:
    naming = Naming([Path("/home/anna"), Path("/home/anna/crowd")])
    assert naming.text("/home/anna/crowd/a.jpg, /home/anna/b.jpg") == "crowd/a.jpg, anna/b.jpg"


def test_what_only_looks_like_the_path_stays_as_it_is() -> None:
    naming = Naming([Path("/data")])
    for text in ("https://h.example/data/a.jpg", "/database/a.jpg", "/other/data/a.jpg"):
        assert naming.text(text) == text
    assert Naming([Path("/")]).text("/data/a.jpg") == "/data/a.jpg"
