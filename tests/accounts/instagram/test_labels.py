"""The label of the user name is found in any language, or not guessed."""

from __future__ import annotations

import pytest

from fakeprofile.accounts.instagram.labels import named_by_labels

PEOPLE = [("imke.dorsman", "Imke Dorsman"), ("lars.2011xx", "lars"), ("milan_vdb_", "milan")]


def records(labels: tuple[str, str], *, linked: bool) -> list[list[object]]:
    url = [
        [{"label": "URL", "value": f"https://www.instagram.com/{name}"}] if linked else []
        for name, _ in PEOPLE
    ]
    return [
        [*link, {"label": labels[0], "value": called}, {"label": labels[1], "value": name}]
        for link, (name, called) in zip(url, PEOPLE, strict=True)
    ]


@pytest.mark.parametrize("linked", [True, False])
@pytest.mark.parametrize(
    "labels",
    [
        ("Name", "Username"),
        ("Naam", "Gebruikersnaam"),
        ("Nombre", "Nombre de usuario"),
        ("Ð\u0098Ð¼Ñ\u008f", "Ð\u0098Ð¼Ñ\u008f Ð¿Ð¾Ð»ÑŒÐ·Ð¾Ð²Ð°Ñ\u0082ÐµÐ»Ñ\u008f"),
        ("Όνομα", "Χρήστης"),
    ],
)
def test_the_user_name_is_found_in_any_language(labels: tuple[str, str], linked: bool) -> None:
    assert named_by_labels(records(labels, linked=linked)) == [(name, called) for name, called in PEOPLE]


def test_what_cannot_be_told_apart_is_an_error_and_no_guess() -> None:
    both = [[{"label": "X", "value": name}, {"label": "Y", "value": f"{name}x"}] for name, _ in PEOPLE]
    with pytest.raises(ValueError, match="3 records name no account"):
        named_by_labels(both)


def test_one_record_alone_tells_nothing_of_its_labels() -> None:
    with pytest.raises(ValueError, match="cannot be told"):
        named_by_labels([[{"label": "Χρήστης", "value": "lars"}, {"label": "Όνομα", "value": "Lars de Wit"}]])


def test_records_without_anything_name_nobody_or_are_an_error() -> None:
    assert named_by_labels([]) == []
    with pytest.raises(ValueError, match="2 records"):
        named_by_labels([[], [None, 3, {"label": 1}]])
