"""What is added to a library is there once, what is removed is gone, and what is asked is found."""

from __future__ import annotations

import dataclasses
import pickle
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from shelf import TODAY, a_print, fingerprint, seen, tables, thumbnail

from fakeprofile.errors import LibraryReadOnly, UsageError
from fakeprofile.fingerprint import KEYPOINTS, WHOLE
from fakeprofile.records import (
    Added,
    DateKind,
    Handle,
    Level,
    NewHash,
    NewSighting,
    Panel,
    PanelPrint,
    PanelShape,
    Source,
)
from fakeprofile.references.library import Library

PDQ, PHASH, SHA = "d8f8" * 16, "c3d2" * 4, "9f86" * 16


@pytest.fixture
def library() -> Iterator[Library]:
    with Library.in_memory() as opened:
        yield opened


def stored(library: Library) -> dict[str, list[tuple[Any, ...]]]:
    return tables(library._rows._connection)


def checked(
    library: Library, account: Handle | None, *photos: int, name: str = "Lars", today: str = TODAY
) -> int:
    prints = [a_print(photo) for photo in photos]
    return library.remember(account, name, prints, level=Level.OTHER_IDENTITY, report="{}", today=today)


def insta(name: str, number: str | None = None, platform: str | None = "instagram") -> Handle:
    return Handle(name=name, platform=platform, account_id=number)


# --- adding -------------------------------------------------------------------------------


def test_what_is_added_comes_out_again(library: Library) -> None:
    sighting = seen(
        "Imke",
        "imke.sings",
        pages=("https://imke.example/",),
        identity_note="a singer",
        page_url="https://example.org/p",
        image_url="https://example.org/p.jpg",
        seen_on="2016-05",
        date_kind=DateKind.STATED,
        note="at a concert",
    )
    assert library.add_photo(a_print(1), sighting, TODAY) is Added.NEW
    (found,) = library.sightings()
    assert found.identity
    assert (found.identity.name, found.identity.note) == ("Imke", "a singer")
    assert found.identity.handles == sighting.handles
    assert found.identity.pages == sighting.pages
    for name in ("source", "page_url", "image_url", "seen_on", "date_kind", "note"):
        assert getattr(found, name) == getattr(sighting, name)
    assert (found.photo_sha256, found.added_on) == (a_print(1).sha256, TODAY)


def test_adding_again_changes_nothing(library: Library) -> None:
    sighting = seen("Imke", "imke", page_url="https://example.org/p", seen_on="2016")
    library.add_photo(a_print(1), sighting, TODAY)
    library.add_hash(NewHash(pdq=PDQ), sighting, TODAY)
    before = stored(library)
    assert library.add_photo(a_print(1), sighting, "2027-01-01") is Added.KNOWN
    assert library.add_hash(NewHash(pdq=PDQ), sighting, "2027-01-01") is Added.KNOWN
    assert library.add_sighting(a_print(1).sha256, sighting, "2027-01-01") is Added.KNOWN
    assert stored(library) == before


def test_one_photo_under_two_identities_is_one_photo_and_two_sightings(library: Library) -> None:
    assert library.add_photo(a_print(1), seen("Imke"), TODAY) is Added.NEW
    assert library.add_photo(a_print(1), seen("Lars"), TODAY) is Added.NEW
    assert library.counts(KEYPOINTS) == (1, 0, 0)
    assert [one.identity.name for one in library.sightings() if one.identity] == ["Imke", "Lars"]


def test_more_details_of_the_same_sighting_complete_it(library: Library) -> None:
    library.add_photo(a_print(1), seen(page_url="https://example.org/p"), TODAY)
    more = seen(page_url="https://example.org/p", seen_on="2016", date_kind=DateKind.STATED, note="early")
    assert library.add_photo(a_print(1), more, TODAY) is Added.COMPLETED
    assert library.add_photo(a_print(1), more, TODAY) is Added.KNOWN
    (found,) = library.sightings()
    assert (found.page_url, found.seen_on, found.note) == ("https://example.org/p", "2016", "early")


def test_another_page_or_date_is_another_sighting(library: Library) -> None:
    for page, date in (("a", "2016"), ("b", "2016"), ("a", "2017")):
        sighting = seen(page_url=f"https://example.org/{page}", seen_on=date, date_kind=DateKind.STATED)
        assert library.add_photo(a_print(1), sighting, TODAY) is Added.NEW
    assert len(library.sightings()) == 3


def test_what_is_said_already_completes_no_other_sighting(library: Library) -> None:
    library.add_photo(a_print(1), seen(page_url="https://example.org/a"), TODAY)
    library.add_photo(a_print(1), seen(page_url="https://example.org/b", seen_on="2016"), TODAY)
    assert library.add_photo(a_print(1), seen(seen_on="2016"), TODAY) is Added.KNOWN
    assert library.sightings()[0].seen_on is None


details = st.builds(
    NewSighting,
    source=st.sampled_from((Source.REFERENCE, Source.CASE)),
    identity=st.sampled_from([None, "Imke", "Lars"]),
    handles=st.sampled_from([(), (insta("imke"),), (insta("IMKE", "7"), insta("lars"))]),
    pages=st.sampled_from([(), ("https://imke.example/",)]),
    page_url=st.sampled_from([None, "https://example.org/1", "https://example.org/2"]),
    image_url=st.sampled_from([None, "https://example.org/1.jpg"]),
    seen_on=st.sampled_from([None, "2016", "2016-05"]),
    note=st.sampled_from([None, "a", "b"]),
)
LAWS = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def put(library: Library, photo: int, sighting: NewSighting) -> Added:
    if photo < 3:
        return library.add_photo(a_print(photo), sighting, TODAY)
    return library.add_hash(NewHash(pdq=PDQ, phash=PHASH if photo == 4 else None), sighting, TODAY)


@LAWS
@given(entries=st.lists(st.tuples(st.integers(0, 4), details), max_size=12), cut=st.integers(0, 12))
def test_an_import_that_was_stopped_and_run_again_equals_one_that_was_not(
    entries: list[tuple[int, NewSighting]], cut: int
) -> None:
    with Library.in_memory() as once, Library.in_memory() as twice:
        for entry in entries:
            put(once, *entry)
        for entry in entries[:cut]:
            put(twice, *entry)
        outcomes = [put(twice, *entry) for entry in entries]
        assert all(outcome is Added.KNOWN for outcome in outcomes[:cut])
        assert stored(once) == stored(twice)


@LAWS
@given(
    kept=st.lists(st.tuples(st.integers(0, 2), details), max_size=8),
    added=st.lists(st.tuples(st.integers(3, 4), details), max_size=8),
)
def test_removing_undoes_adding(
    kept: list[tuple[int, NewSighting]], added: list[tuple[int, NewSighting]]
) -> None:
    with Library.in_memory() as library:
        for entry in kept:
            put(library, *entry)
        checked(library, insta("lars"), 0, 1)
        before, there = stored(library), {one.id for one in library.sightings()}
        for photo, sighting in added:
            name = sighting.identity and f"new {sighting.identity}"
            put(library, photo, dataclasses.replace(sighting, identity=name))
        library.remove([one.id for one in library.sightings() if one.id not in there])
        assert stored(library) == before


def test_all_that_is_added_inside_one_writing_is_there_or_nothing_of_it(library: Library) -> None:
    library.add_photo(a_print(0), seen(), TODAY)
    before = stored(library)
    with pytest.raises(KeyboardInterrupt), library.writing():
        library.add_photo(a_print(1), seen("Lars", "lars"), TODAY)
        with library.writing():
            library.add_hash(NewHash(phash=PHASH), seen(None), TODAY)
        raise KeyboardInterrupt
    assert stored(library) == before
    assert library.add_photo(a_print(1), seen(), TODAY) is Added.NEW


# --- photos and hashes --------------------------------------------------------------------


def test_a_photo_without_thumbnail_gets_one_when_it_comes_again_with_one(library: Library) -> None:
    library.add_photo(a_print(1, pictured=False), seen(), TODAY)
    assert library.holds(a_print(1).sha256, with_thumbnail=False)
    assert not library.holds(a_print(1).sha256, with_thumbnail=True)
    assert library.add_photo(a_print(1), seen(), TODAY) is Added.COMPLETED
    assert library.holds(a_print(1).sha256, with_thumbnail=True)
    assert library.near(fingerprint(1), "0" * 64, 5)[0].thumbnail == thumbnail(1)


def test_a_thumbnail_is_never_lost_to_a_copy_without_one(library: Library) -> None:
    library.add_photo(a_print(1, keypoints="old/1"), seen(), TODAY)
    library.add_photo(a_print(1, pictured=False), seen(), TODAY)
    (known,) = library.near(fingerprint(1), "0" * 64, 5)
    assert known.thumbnail == thumbnail(1)
    assert known.keypoints is not None


@pytest.mark.parametrize(
    "hashes", [NewHash(pdq=PDQ), NewHash(phash=PHASH), NewHash(sha256=SHA), NewHash(pdq=PDQ, phash=PHASH)]
)
def test_a_hash_without_its_picture_is_a_reference_like_any_other(library: Library, hashes: NewHash) -> None:
    library.add_hash(hashes, seen(None), TODAY)
    assert library.counts(KEYPOINTS) == (0, 1, 0)
    asked = dataclasses.replace(fingerprint(1).whole, phash=PHASH, pdq=PDQ)
    (known,) = library.near(dataclasses.replace(fingerprint(1), whole=asked), SHA, 5)
    assert (known.width, known.keypoints, known.thumbnail) == (None, None, None)
    assert known.sha256 == hashes.sha256
    assert known.distance.pdq == (0 if hashes.pdq else None)
    assert known.distance.phash == (0 if hashes.phash else None)
    assert known.sightings == library.sightings()
    assert not library.holds(SHA, with_thumbnail=False)


def test_the_picture_of_a_sha256_fills_in_what_the_list_did_not_have(library: Library) -> None:
    photo = a_print(1)
    library.add_hash(NewHash(sha256=photo.sha256), seen("Imke"), TODAY)
    assert library.add_hash(NewHash(sha256=photo.sha256, pdq=PDQ), seen("Imke"), TODAY) is Added.COMPLETED
    assert library.add_photo(photo, seen("Imke"), TODAY) is Added.COMPLETED
    assert library.counts(KEYPOINTS) == (1, 0, 0)
    (known,) = library.near(photo.fingerprint, "0" * 64, 5)
    assert known.keypoints is not None
    assert known.distance.pdq == 0
    assert len(library.sightings()) == 1


def test_a_list_never_overwrites_what_a_picture_says(library: Library) -> None:
    library.add_photo(a_print(1), seen(), TODAY)
    before = stored(library)
    other = NewHash(sha256=a_print(1).sha256, pdq=PDQ, phash=PHASH)
    assert library.add_hash(other, seen(), TODAY) is Added.KNOWN
    assert stored(library) == before


def test_the_same_hash_from_two_lists_is_one(library: Library) -> None:
    library.add_hash(NewHash(pdq=PDQ), seen(None, note="one list"), TODAY)
    library.add_hash(NewHash(pdq=PDQ), seen("Imke"), TODAY)
    library.add_hash(NewHash(pdq=PDQ, phash=PHASH), seen(None), TODAY)
    assert library.counts(KEYPOINTS) == (0, 2, 0)
    assert len(library.sightings()) == 3


# --- names --------------------------------------------------------------------------------


def test_text_that_sqlite_cannot_hold_is_written_out_and_found_again(library: Library) -> None:
    odd = "Ren\udce9 \x00\x1b[31mred\ud800"
    sighting = seen(
        odd, "h\udcff", note=odd, identity_note=odd, page_url=f"https://example.org/{odd}", pages=(odd,)
    )
    assert library.add_photo(a_print(1), sighting, TODAY) is Added.NEW
    assert library.add_photo(a_print(1), sighting, TODAY) is Added.KNOWN
    (found,) = library.sightings(identity=odd)
    assert found.identity
    assert found.identity.name == r"Ren\xe9 red\ud800"
    assert found.identity.handles[0].name == r"h\xff"
    assert checked(library, insta(odd), 1, name=odd) == checked(library, insta(odd), 1, name=odd)
    assert library.cases()[0].name == r"Ren\xe9 red\ud800"


def test_a_name_written_in_two_ways_of_unicode_is_one_name(library: Library) -> None:
    library.add_photo(a_print(1), seen("Jose\u0301"), TODAY)
    library.add_photo(a_print(2), seen("Jos\u00e9 "), TODAY)
    assert len(library.sightings(identity="Jos\u00e9")) == 2


def test_a_name_of_which_nothing_is_left_is_refused(library: Library) -> None:
    with pytest.raises(UsageError, match="empty"):
        library.add_photo(a_print(1), seen("\x00"), TODAY)
    assert not any(stored(library).values())


def test_upper_and_lower_case_of_a_handle_are_the_same(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke", "Imke.Sings"), TODAY)
    library.add_photo(a_print(2), NewSighting(identity="Imke", handles=(insta("imke.sings", "12"),)), TODAY)
    library.add_photo(
        a_print(3), NewSighting(identity="Imke", handles=(insta("imke.sings", None, "x"),)), TODAY
    )
    identity = library.sightings()[0].identity
    assert identity
    assert identity.handles == (insta("Imke.Sings", "12"), insta("imke.sings", None, "x"))


def test_an_account_that_another_library_checked_does_not_become_the_known_owner(library: Library) -> None:
    library.add_photo(a_print(1), seen("Lars", "the.real.lars"), TODAY)
    library.add_photo(a_print(2), seen("Lars", "lars_2015", source=Source.CASE), TODAY)
    library.add_photo(a_print(3), seen("Lars", "lars_2015", source=Source.CASE), TODAY)
    owner, account, again = (one.identity for one in library.sightings())
    assert owner
    assert account
    assert [str(handle) for handle in owner.handles] == ["instagram:the.real.lars"]
    assert owner.id != account.id
    assert account == again


# --- asking -------------------------------------------------------------------------------


def test_only_the_keypoints_of_this_version_are_given_out(library: Library) -> None:
    library.add_photo(a_print(1, keypoints="old/1"), seen(), TODAY)
    assert library.counts(KEYPOINTS) == (1, 0, 1)
    (known,) = library.near(fingerprint(1), "0" * 64, 5)
    assert known.keypoints is None
    assert known.distance.pdq == 0
    (known,) = library.near(fingerprint(1, keypoints="old/1"), "0" * 64, 5)
    assert known.keypoints is not None


def test_the_same_file_is_found_by_its_sha256_alone(library: Library) -> None:
    library.add_photo(a_print(1), seen(), TODAY)
    assert library.near(fingerprint(2), "0" * 64, 5) == ()
    (known,) = library.near(fingerprint(2), a_print(1).sha256, 5)
    assert known.sha256 == a_print(1).sha256
    assert known.distance.pdq is not None
    assert known.distance.pdq > 60


def test_only_photos_that_were_added_before_another_are_named_if_that_is_asked(library: Library) -> None:
    """An audit lays each photo over the earlier ones only, never over itself."""
    for number in (1, 2):
        library.add_photo(a_print(number), seen(), TODAY)
    sha = a_print(2).sha256
    asked = [fingerprint(2), fingerprint(1)]
    named = [[known.sha256 for known in near] for near in library.near_any(asked, sha, 5)]
    assert named == [[sha], [a_print(1).sha256]]
    (own, earlier) = library.near_any(asked, sha, 5, before=library.number_of(sha))
    assert own == ()
    assert [known.sha256 for known in earlier] == [a_print(1).sha256]


def test_a_photo_and_the_pictures_in_it_are_named_by_each_of_them(library: Library) -> None:
    """With their distances from what is asked about; nothing of another photo, and nothing once it is removed."""
    panel = Panel(left=0, top=10, width=100, height=80, confidence=0.5)
    part = PanelPrint(panel=panel, fingerprint=fingerprint(2), thumbnail=thumbnail(2))
    library.add_photo(dataclasses.replace(a_print(1), panels=(part,)), seen(), TODAY)
    library.add_photo(a_print(3), seen(), TODAY)
    (whole,) = library.near(fingerprint(1), "0" * 64, 5)
    (inside,) = library.near(fingerprint(2), "0" * 64, 5)
    for one in (whole, inside):
        beside = library.beside(one, fingerprint(2))
        assert [known.panel for known in beside] == [None, panel]
        assert beside[1].distance.pdq == 0
        assert beside[0].distance.pdq
    library.remove([whole.sightings[0].id])
    assert library.beside(inside, fingerprint(2)) == ()


def test_what_was_written_since_is_found_whoever_wrote_it(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path) as one, Library.open(path) as other:
        assert one.near(fingerprint(1), "0" * 64, 5) == ()
        other.add_photo(a_print(1), seen(), TODAY)
        assert len(one.near(fingerprint(1), "0" * 64, 5)) == 1
        one.add_photo(a_print(2), seen(), TODAY)
        assert len(one.near(fingerprint(2), "0" * 64, 5)) == 1
        assert len(other.near(fingerprint(2), "0" * 64, 5)) == 1
        other.remove([1])
        assert one.near(fingerprint(1), "0" * 64, 5) == ()
        one.rehash(2, fingerprint(3))
        assert one.near(fingerprint(2), "0" * 64, 5) == ()
        assert len(other.near(fingerprint(3), "0" * 64, 5)) == 1


def test_photos_and_their_sightings_are_of_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path) as one, Library.open(path, patience=0.1) as other:
        for number in range(5):
            one.add_photo(a_print(number), seen(f"Person {number}"), TODAY)
        exported = one.photos()
        first = next(exported)
        other.remove([2, 3, 4])
        other.add_photo(a_print(9), seen("Late"), TODAY)
        rest = list(exported)
        assert [len(sightings) for _, sightings in (first, *rest)] == [1] * 5
        assert len(list(one.photos())) == 3


def test_sightings_are_chosen_by_name_and_by_how_they_came(library: Library) -> None:
    """One name can be that of a reference and of an account that was checked."""
    library.add_photo(a_print(1), seen("Lars"), TODAY)
    library.add_photo(a_print(2), seen("Imke"), TODAY)
    library.add_photo(a_print(3), seen(None), TODAY)
    checked(library, insta("lars.x"), 4, name="Lars")
    of = {a_print(number).sha256: number for number in range(1, 5)}

    def chosen(**wanted: Any) -> list[int]:
        return [of[one.photo_sha256 or ""] for one in library.sightings(**wanted)]

    assert chosen() == [1, 2, 3, 4]
    assert chosen(cases=False) == [1, 2, 3]
    assert chosen(identity=" Lars ") == [1, 4]
    assert chosen(identity="Lars", cases=False) == [1]
    assert chosen(identity="Lars", source=Source.CASE) == [4]
    assert chosen(identity="nobody") == []


def test_a_number_that_no_sighting_has_is_told(library: Library) -> None:
    library.add_photo(a_print(1), seen(), TODAY)
    before = stored(library)
    for number in (0, -1, 2, 2**63, -(2**70)):
        with pytest.raises(UsageError, match=str(number)):
            library.sighting(number)
        with pytest.raises(UsageError, match=str(number)):
            library.remove([1, number])
        with pytest.raises(UsageError, match=str(number)):
            library.case_report(number)
        with pytest.raises(UsageError, match=str(number)):
            library.forget([number])
    assert stored(library) == before
    assert library.sighting(1)[1]["keypoints"] == 40


# --- removing and forgetting --------------------------------------------------------------


def test_a_number_given_twice_is_removed_once(library: Library) -> None:
    library.add_photo(a_print(1), seen(), TODAY)
    assert library.remove([1, 1]) == 1
    assert not any(stored(library).values())
    case = checked(library, insta("lars"), 1)
    assert library.forget([case, case]) == 1
    assert not any(stored(library).values())


def test_removing_a_reference_keeps_the_photo_of_a_case_and_the_other_way_round(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke"), TODAY)
    case = checked(library, insta("lars"), 1)
    library.remove([1])
    assert [one.source for one in library.sightings()] == [Source.CASE]
    assert library.near(fingerprint(1), "0" * 64, 5)[0].thumbnail == thumbnail(1)
    library.add_photo(a_print(1), seen("Imke"), TODAY)
    library.forget([case])
    assert [one.source for one in library.sightings()] == [Source.REFERENCE]
    assert library.near(fingerprint(1), "0" * 64, 5)[0].thumbnail == thumbnail(1)
    assert not library.cases()


def test_the_sightings_of_a_case_are_forgotten_with_it_and_not_one_by_one(library: Library) -> None:
    library.add_photo(a_print(1), seen(), TODAY)
    case = checked(library, insta("lars"), 2)
    with pytest.raises(UsageError, match=f"cases forget {case}"):
        library.remove([1, 2])
    assert len(library.sightings()) == 2
    assert len(library.sightings(cases=False)) == 1


@pytest.mark.parametrize("kind", ["case", "reference"])
def test_what_is_forgotten_is_gone_from_the_files_too(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path) as library:
        library.add_photo(a_print(2), seen(), TODAY)
        secret = "the report of Zephyrine"
        if kind == "case":
            case = library.remember(
                insta("zephyrine"),
                "Zephyrine",
                [a_print(1)],
                level=Level.SIMILAR,
                report=secret * 300,
                today=TODAY,
            )
        else:
            library.add_photo(a_print(1), seen("Zephyrine", note=secret), TODAY)
    with Library.open(path) as library:
        library.rehash(2, fingerprint(3))  # so that the log holds pages as well
        if kind == "case":
            library.remember(
                insta("zephyrine"), "Zephyrine", [], level=Level.SIMILAR, report=secret * 200, today=TODAY
            )
        assert remains(tmp_path)
        if kind == "case":
            library.forget([case])
        else:
            library.remove([one.id for one in library.sightings(identity="Zephyrine")])
        assert not remains(tmp_path)
    assert not remains(tmp_path)
    assert thumbnail(2)[500:600] in path.read_bytes()


def remains(folder: Path) -> list[str]:
    """What of photo 1 and its owner still stands in any file of the library."""
    data = b"".join(file.read_bytes() for file in folder.glob("library.sqlite*"))
    picture = thumbnail(1)
    pieces = [picture[start : start + 40] for start in range(0, len(picture) - 40, 200)]
    codes = fingerprint(1).keypoints.codes.tobytes()
    pieces += [codes[:40], codes[-40:], b"ephyrine", a_print(1).sha256.encode()]
    return [repr(piece) for piece in pieces if piece in data]


def test_while_another_program_reads_what_is_forgotten_goes_when_it_is_done(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    with Library.open(path, patience=0.1) as library:
        case = checked(library, insta("zephyrine"), 1)
        with Library.open(path) as other:
            with other._rows.reading():
                assert len(other.sightings()) == 1
                library.forget([case])
                assert len(other.sightings()) == 1
            assert other.sightings() == ()
    assert not remains(tmp_path)


# --- cases --------------------------------------------------------------------------------


def test_an_account_that_is_checked_twice_is_one_case_and_its_photos_are_seen_once(library: Library) -> None:
    first = checked(library, insta("Lars_2015"), 1, 2, today="2026-01-01")
    again = checked(library, insta("lars_2015"), 2, 3, name="Lars B.", today="2026-02-02")
    assert first == again
    (case,) = library.cases()
    assert (case.first_checked_on, case.last_checked_on, case.photos) == ("2026-01-01", "2026-02-02", 3)
    assert (case.name, case.handle) == ("Lars B.", insta("Lars_2015"))
    assert [one.seen_on for one in library.sightings()] == ["2026-01-01", "2026-01-01", "2026-02-02"]
    assert all(one.date_kind is DateKind.CHECKED and one.source is Source.CASE for one in library.sightings())
    assert {one.identity.handles for one in library.sightings() if one.identity} == {(insta("Lars_2015"),)}


@pytest.mark.parametrize(
    ("one", "other"), [("ÄRGER", "ärger"), ("Straße", "STRASSE"), ("Ὀδυσσεύς", "ὈΔΥΣΣΕΎΣ")]
)
def test_case_does_not_count_in_any_alphabet(library: Library, one: str, other: str) -> None:
    assert checked(library, insta(one), 1) == checked(library, insta(other), 1)


def test_another_id_is_another_case(library: Library) -> None:
    first = checked(library, insta("lars", "1"), 1)
    second = checked(library, insta("lars", "2"), 1, today="2026-12-01")
    assert first != second
    assert checked(library, insta("lars", "1"), 1) == first
    assert checked(library, insta("lars", "2"), 1, today="2026-12-01") == second
    # Without an id it is the account that was seen there last.
    assert checked(library, insta("lars"), 1) == second


def test_an_id_that_becomes_known_later_is_kept(library: Library) -> None:
    first = checked(library, insta("lars"), 1)
    assert checked(library, insta("lars", "1"), 1) == first
    assert library.cases()[0].account_id == "1"
    assert checked(library, insta("lars"), 1) == first
    assert library.cases()[0].account_id == "1"
    assert checked(library, insta("lars", "2"), 1) != first


def test_the_same_id_under_another_handle_is_a_second_case_that_shows_the_renaming(library: Library) -> None:
    checked(library, insta("soepkieke", "7"), 1)
    checked(library, insta("lars", "7"), 1)
    assert [case.account_id for case in library.cases()] == ["7", "7"]
    handles = [one.identity.handles for one in library.sightings() if one.identity]
    assert handles == [(insta("soepkieke", "7"),), (insta("lars", "7"),)]


def test_one_handle_on_two_platforms_is_two_accounts(library: Library) -> None:
    accounts = [insta("lars"), insta("lars", None, "tiktok"), insta("lars", None, None)]
    assert len({checked(library, account, 1) for account in accounts}) == 3


def test_an_account_without_a_handle_is_known_by_its_name(library: Library) -> None:
    first = checked(library, None, 1, name="Lars")
    assert checked(library, None, 2, name="Lars ") == first
    assert checked(library, None, 2, name="Imke") != first
    assert checked(library, insta("lars", None, None), 2, name="Lars") != first
    assert library.cases()[0].handle is None
    assert library.cases()[0].photos == 2


def test_a_name_that_cannot_be_shown_is_no_reason_to_forget_an_account(library: Library) -> None:
    checked(library, insta("lars"), 1, name="\u202e")
    checked(library, None, 1, name="\x00")
    assert [case.name for case in library.cases()] == ["lars", "(no name)"]


# --- upkeep -------------------------------------------------------------------------------


@pytest.mark.parametrize("other", [{"keypoints": "old/1"}, {"whole": "old/1"}])
def test_photos_that_another_version_hashed_are_counted_and_named(
    library: Library, other: dict[str, str]
) -> None:
    library.add_photo(a_print(1, **other), seen(), TODAY)
    library.add_photo(a_print(2), seen(), TODAY)
    library.add_hash(NewHash(pdq=PDQ), seen(), TODAY)
    assert library.outdated_count(KEYPOINTS, WHOLE) == 1
    ((number, values),) = library.outdated(KEYPOINTS, WHOLE)
    assert values["thumbnail"] == thumbnail(1)
    library.rehash(number, fingerprint(1))
    assert library.outdated_count(KEYPOINTS, WHOLE) == 0
    assert len(library.near(fingerprint(1), "0" * 64, 5)) == 1


def test_a_photo_that_another_version_hashed_is_not_held_and_is_hashed_when_it_comes_again(
    library: Library,
) -> None:
    library.add_photo(a_print(1, pictured=False, keypoints="old/1"), seen(), TODAY)
    sha256 = a_print(1).sha256
    assert library.holds(sha256, with_thumbnail=False)
    assert not library.holds(sha256, with_thumbnail=False, keypoints=KEYPOINTS)
    assert library.add_photo(a_print(1, pictured=False), seen(), TODAY) is Added.COMPLETED
    assert library.holds(sha256, with_thumbnail=False, keypoints=KEYPOINTS, whole=WHOLE)
    assert library.counts(KEYPOINTS) == (1, 0, 0)


def test_a_sound_library_has_no_damage(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke", "imke"), TODAY)
    library.add_photo(a_print(2, pictured=False), seen(None), TODAY)
    library.add_hash(NewHash(pdq=PDQ), seen(), TODAY)
    checked(library, insta("lars"), 1, 5)
    assert not list(library.damage())


# --- in another process -------------------------------------------------------------------


def test_a_library_travels_as_its_place_and_is_only_read_there(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library.sqlite") as library:
        library.add_photo(a_print(1), seen(), TODAY)
        with pickle.loads(pickle.dumps(library)) as elsewhere:
            assert elsewhere.sightings() == library.sightings()
            with pytest.raises(LibraryReadOnly):
                elsewhere.add_photo(a_print(2), seen(), TODAY)
            library.add_photo(a_print(2), seen(), TODAY)
            assert elsewhere.counts(KEYPOINTS) == (2, 0, 0)


def test_a_library_in_memory_does_not_travel(library: Library) -> None:
    assert not library.on_disk
    with pytest.raises(TypeError, match="in memory"):
        pickle.dumps(library)


def test_every_picture_that_is_compared_is_counted(library: Library) -> None:
    """Photos and the pictures in them that are kept: what a match is held against."""
    assert library.pictures() == 0
    library.add_photo(a_print(1), seen(), TODAY)
    panel = Panel(left=0, top=0, width=50, height=50, shape=PanelShape.RECTANGLE, confidence=0.9)
    inner = PanelPrint(panel=panel, fingerprint=fingerprint(7), thumbnail=thumbnail(7))
    library.add_photo(dataclasses.replace(a_print(2), panels=(inner,)), seen(), TODAY)
    assert library.pictures() == 3
    library.remove([one.id for one in library.sightings()][:1])
    assert library.pictures() == 2


def test_sightings_can_be_forgotten_to_be_made_anew_and_those_of_cases_stay(library: Library) -> None:
    library.add_photo(a_print(1), seen("Imke", handle="imke"), TODAY)
    library.add_photo(a_print(2), seen("Imke"), TODAY)
    library.remember(
        Handle(name="lars"), "Lars", [a_print(3)], level=Level.NOTHING_FOUND, report="{}", today=TODAY
    )
    library.forget_sightings()
    assert [one.source for one in library.sightings()] == [Source.CASE]
    assert library.holds(a_print(1).sha256, with_thumbnail=True), "it need not be measured again"
    library.add_sighting(a_print(1).sha256, seen("Imke"), TODAY)
    (imke,) = [one.identity for one in library.sightings() if one.source is not Source.CASE]
    assert imke is not None and imke.handles == (), "what was known of her is gone"
    library.remove(())
    assert not library.holds(a_print(2).sha256, with_thumbnail=False)
    assert library.holds(a_print(3).sha256, with_thumbnail=True)


def test_the_state_is_another_after_every_change_and_the_same_without_one(tmp_path: Path) -> None:
    with Library.open(tmp_path / "l.sqlite") as library:
        states = [library.state()]
        library.add_photo(a_print(1), seen("Imke"), TODAY)
        states.append(library.state())
        library.add_photo(a_print(1), seen("Imke", handle="imke"), TODAY)
        states.append(library.state())
        library.add_photo(a_print(2), seen("Lars"), TODAY)
        states.append(library.state())
        library.remove([library.sightings()[-1].id])
        assert len(set(states)) == len(states)
        # What was added is gone, so all is as it was before.
        states.append(library.state())
        assert states[-1] == states[-3]
    with Library.open(tmp_path / "l.sqlite") as library:
        assert library.state() == states[-1]
