"""Records of labels and values, whose labels are translated -> the account's name in each.

The 2026 layout: ``{"label": "Gebruikersnaam", "value": "imke.dorsman"}``. The label of the name is found without its
language: it is the one whose values are the names in the links. Where nothing tells it apart, that is an error, never
a guess: a display name taken for an account would accuse a stranger.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """Which labels of the records of a list are those of names."""

    name: str | None
    """That of the account's name; None if the links name every account."""
    shown: str | None
    """That of the name that the account shows; None if it is not known."""

    def named(self, record: Sequence[object]) -> Named:
        """Whom a record names."""
        row = _row(record)
        values = dict(row.pairs)
        name = row.linked or handle_name(values.get(self.name or "", ""), "instagram")
        called = values.get(self.shown or "", "")
        return name, cleaned(called) if called else None


@dataclass(slots=True)
class _Met:
    """What was met under one label."""

    both: bool = False
    """Whether a record with it has a link too."""
    agrees: bool = True
    """Whether all those links lead to whom it names."""
    names: int = 0
    """How many records have a value there that an account could be called like."""


def named_by_labels(records: Sequence[Sequence[object]]) -> list[Named]:
    """Whom each record names, in their order.

    Args:
        records: of each the ``label_values``: objects with ``label``, ``value`` and perhaps ``href``.

    Raises:
        ValueError: which label is that of the name cannot be told; one line for the user.
    """
    labels = labels_of(records)
    return [labels.named(record) for record in records]


def labels_of(records: Iterable[Sequence[object]]) -> Labels:
    """Which labels are those of names, by all records.

    Args:
        records: as for ``named_by_labels``; gone through once or twice, and not held.

    Raises:
        ValueError: which label is that of the name cannot be told; one line for the user.
    """
    rows = linked = 0
    met: dict[str, _Met] = {}
    for row in map(_row, records):
        linked += row.linked is not None
        for label, value in dict(row.pairs).items():
            one = met.setdefault(label, _Met())
            # One that a record had no name under is out: most texts need not be looked at.
            one.names += one.names == rows and handle_name(value, "instagram") is not None
            if row.linked is not None:
                one.both = True
                one.agrees = one.agrees and value.casefold() == row.linked.casefold()
        rows += 1
    name = _name_label(met, records, rows=rows, linked=linked)
    return Labels(name=name, shown=_shown_label(met, name))


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


def _name_label(
    met: dict[str, _Met], records: Iterable[Sequence[object]], *, rows: int, linked: int
) -> str | None:
    """The label of the account's name; None if every record has a link that names it.

    Raises:
        ValueError: it cannot be told apart.
    """
    known = [label for label in met if label in _USERNAME]
    if len(known) == 1:
        return known[0]
    agreeing = [label for label, one in met.items() if one.both and one.agrees]
    if len(agreeing) == 1:
        return agreeing[0]
    if linked == rows:
        return None
    shaped = [label for label, one in met.items() if one.names == rows and _differ(records, label)]
    if len(shaped) == 1 and rows > 1:
        return shaped[0]
    raise ValueError(
        f"its {rows:,} records name no account in a way that is known here (which of their labels is the user name "
        "cannot be told): ask Instagram for the export again, in English or as HTML"
    )


def _differ(records: Iterable[Sequence[object]], label: str) -> bool:
    """Whether no two records have the same name under the label, which all have."""
    # The texts themselves would be all that is held of a list.
    names: set[int] = set()
    for number, row in enumerate(map(_row, records)):
        names.add(hash((handle_name(dict(row.pairs)[label], "instagram") or "").casefold()))
        if len(names) <= number:
            return False
    return True


def _shown_label(met: dict[str, _Met], name_label: str | None) -> str | None:
    """The label of the name that an account shows: one that is known, else the only one that is left."""
    labels = set(met) - {name_label}
    known = labels & _NAME
    if len(known) == 1:
        return known.pop()
    return labels.pop() if len(labels) == 1 and name_label is not None else None
