"""Records of labels and values, whose labels are translated -> the account's name in each.

The 2026 layout: ``{"label": "Gebruikersnaam", "value": "imke.dorsman"}``. The label of the name is found without its
language: it is the one whose values are the names in the links. Where nothing tells it apart, that is an error, never
a guess: a display name taken for an account would accuse a stranger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from fakeprofile.accounts.documents import node_in
from fakeprofile.accounts.instagram.links import name_in_link
from fakeprofile.accounts.wording import cleaned, handle_name, repaired

_USERNAME = frozenset(
    [
        "username user name",
        "gebruikersnaam",
        "benutzername",
        "nutzername",
        "nom d’utilisateur",
        "nom d'utilisateur",
        "nombre de usuario",
        "nome de usuário",
        "nome de utilizador",
        "nome utente",
        "nazwa użytkownika",
        "имя пользователя",
        "ユーザーネーム",
        "사용자 이름",
        "用户名",
        "kullanıcı adı",
        "username",
        "brukernavn",
        "brugernavn",
        "användarnamn",
        "käyttäjänimi",
    ]
)
_NAME = frozenset(
    [
        "name",
        "naam",
        "nom",
        "nombre",
        "nome",
        "imię i nazwisko",
        "имя",
        "名前",
        "이름",
        "姓名",
        "ad",
        "navn",
        "namn",
        "nimi",
    ]
)

Pair = tuple[str, str]
Named = tuple[str | None, str | None]
"""The account's name and the name that it shows, as far as they are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    pairs: tuple[Pair, ...]
    linked: str | None
    """The account that a link among the values leads to."""


def named_by_labels(records: Sequence[Sequence[object]]) -> list[Named]:
    """Whom each record names, in their order.

    Args:
        records: of each the ``label_values``: objects with ``label``, ``value`` and perhaps ``href``.

    Raises:
        ValueError: which label is that of the name cannot be told; one line for the user.
    """
    rows = [_row(record) for record in records]
    if not rows:
        return []
    label = _name_label(rows)
    called = _shown_label(rows, label)
    return [_named(row, label, called) for row in rows]


def is_username_label(label: str) -> bool:
    """Whether the label says "user name" in a language that is known here."""
    return label.strip().casefold() in _USERNAME


def _row(record: Sequence[object]) -> _Row:
    pairs: list[Pair] = []
    linked = None
    for one in record:
        node = node_in(one)
        label, value, href = (node.get(key) for key in ("label", "value", "href"))
        for text in (value, href):
            linked = linked or (name_in_link(text) if isinstance(text, str) else None)
        if isinstance(label, str) and isinstance(value, str) and "://" not in value:
            pairs.append((repaired(label).strip().casefold(), value.strip()))
    return _Row(pairs=tuple(pairs), linked=linked)


def _name_label(rows: list[_Row]) -> str | None:
    """The label of the account's name; None if every record has a link that names it.

    Raises:
        ValueError: it cannot be told apart.
    """
    labels = Counter(label for row in rows for label, _ in row.pairs)
    known = [label for label in labels if label in _USERNAME]
    if len(known) == 1:
        return known[0]
    agreeing = [label for label in labels if _agrees(rows, label)]
    if len(agreeing) == 1:
        return agreeing[0]
    if all(row.linked for row in rows):
        return None
    shaped = [label for label in labels if _holds_names(rows, label)]
    if len(shaped) == 1 and len(rows) > 1:
        return shaped[0]
    raise ValueError(
        f"its {len(rows):,} records name no account in a way that is known here (which of their labels is the user name "
        "cannot be told): ask Instagram for the export again, in English or as HTML"
    )


def _agrees(rows: list[_Row], label: str) -> bool:
    """Whether the values of the label are the names in the links, wherever there are both."""
    both = [(dict(row.pairs)[label], row.linked) for row in rows if row.linked and label in dict(row.pairs)]
    return bool(both) and all(value.casefold() == linked.casefold() for value, linked in both)


def _holds_names(rows: list[_Row], label: str) -> bool:
    """Whether every record has the label, and an account could be called like each value, none twice."""
    values = [dict(row.pairs).get(label, "") for row in rows]
    names = {name.casefold() for value in values if (name := handle_name(value, "instagram"))}
    return len(names) == len(rows)


def _shown_label(rows: list[_Row], name_label: str | None) -> str | None:
    """The label of the name that an account shows: one that is known, else the only one that is left."""
    labels = {label for row in rows for label, _ in row.pairs} - {name_label}
    known = labels & _NAME
    if len(known) == 1:
        return known.pop()
    return labels.pop() if len(labels) == 1 and name_label is not None else None


def _named(row: _Row, name_label: str | None, shown_label: str | None) -> Named:
    values = dict(row.pairs)
    name = row.linked or handle_name(values.get(name_label or "", ""), "instagram")
    called = values.get(shown_label or "", "")
    return name, cleaned(called) if called else None
