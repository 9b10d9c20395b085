"""The map in the design holds: modules import downwards, and each outside thing has one owner."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "fakeprofile"
FLOORS: tuple[tuple[str, ...], ...] = (
    ("starting", "version", "errors", "records", "settings"),
    ("photo", "panels", "fingerprint", "avatar", "overlap", "calibration", "provenance"),
    ("alignment", "strength", "edits", "identity", "dating", "cliques"),
    ("timeline", "pagedate", "signs", "groups", "changes", "watch", "chain"),
    ("verdict", "report"),
    ("net",),
    ("references", "search", "fetch", "archive", "accounts"),
    ("tools", "workers", "testing"),
    ("online", "views"),
    ("proof",),
    ("moments",),
    ("match", "enroll"),
    ("gallery", "looks"),
    ("leads",),
    ("places",),
    ("public",),
    ("check", "patrol", "history"),
    ("audit",),
    ("bench",),
    ("api",),
    ("__init__", "__main__", "cli"),
)
OWNERS = {
    "sqlite3": ("references", "accounts.shelf"),
    "requests": ("net",),
    "urllib3": ("net",),
    "imagehash": ("bench.speed",),
    "pdqhash": ("bench.speed",),
    "faiss": ("references.index", "alignment"),
    "click": ("cli",),
}
LATE = {
    "cattrs", "cv2", "faiss", "imagehash", "lxml", "pdqhash", "PIL", "pillow_heif", "platformdirs", "rapidfuzz", "rich",
    "matplotlib", "threadpoolctl", "fakeprofile.bench", "requests", "urllib3", "fakeprofile.net.adapter",
    "tldextract", "defusedxml", "c2pa", "openpyxl", "fcntl",
}  # fmt: skip
"""Heavy packages, which may be imported inside the function that needs them. The bench draws: its modules have
Pillow at their top; ``fcntl`` is not there on every system."""
LONGEST = 400
LONG = {
    "api": "every function that programs may call, each with what it takes: one list",
    "records": "one list of all records in travelling order: apart, nobody could read them in one go",
    "references.library": "one class, one connection, one section for each thing that is asked of it",
}
MODULES = {
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts): path for path in sorted(PACKAGE.rglob("*.py"))
}


def room_of(module: str) -> str:
    """The first part of a name: the room on the map."""
    return module.split(".", maxsplit=1)[0]


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imports_in(module: str) -> Iterator[tuple[str, bool]]:
    """Every absolute name that is imported, and whether that stands at the top of the file."""
    tree = tree_of(module)
    top = {id(node) for node in tree.body}
    for block in tree.body:
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING":
            top |= {id(node) for node in block.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, id(node) in top) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module} imports relatively"
            for name in node.names:
                inner = f"{node.module}.{name.name}".removeprefix("fakeprofile.")
                is_module = inner in MODULES or f"{inner}.__init__" in MODULES
                yield (f"fakeprofile.{inner}" if is_module else str(node.module)), id(node) in top


def test_every_module_stands_on_one_floor() -> None:
    rooms = [room for floor in FLOORS for room in floor]
    assert sorted(rooms) == sorted({room_of(module) for module in MODULES})


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_lower_floors_or_its_own_folder(module: str) -> None:
    room = room_of(module)
    for name, _ in imports_in(module):
        if not name.startswith("fakeprofile"):
            continue
        other = room_of(name.removeprefix("fakeprofile").removeprefix(".") or "__init__")
        own_folder = other == room and (PACKAGE / room).is_dir()
        door = module == "__main__" and other == "cli"
        assert own_folder or door or floor_of(other) < floor_of(room), f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_imports_stand_at_the_top_except_those_of_heavy_packages(module: str) -> None:
    late = {
        next((own for own in LATE if name.startswith("fakeprofile.") and name.startswith(own)), room_of(name))
        for name, at_top in imports_in(module)
        if not at_top
    }
    assert late <= LATE


@pytest.mark.parametrize(("package", "owners"), OWNERS.items())
def test_each_outside_package_has_one_owner(package: str, owners: tuple[str, ...]) -> None:
    users = {module for module in MODULES for name, _ in imports_in(module) if room_of(name) == package}
    strangers = {
        module for module in users if not any(f"{module}.".startswith(f"{owner}.") for owner in owners)
    }
    assert not strangers


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_prints_exits_and_reads_the_environment(module: str) -> None:
    if room_of(module) in ("cli", "__main__"):
        return
    # Processes find in their environment how many threads to start: libraries read it while they are loaded.
    # Before the command line is there, nothing else can end the program.
    hands_on = {"workers.worker": {"os.environ"}, "starting": {"os._exit"}}.get(module, set())
    used = {ast.unparse(node) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute)}
    called = {
        ast.unparse(node.func)
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"print", "exit", "quit", "input"}
    forbidden = {"sys.exit", "sys.stdout", "sys.stderr", "os.environ", "os.getenv", "os._exit"}
    assert not used & (forbidden - hands_on)


@pytest.mark.parametrize("module", MODULES)
def test_no_module_asserts(module: str) -> None:
    assert not [node.lineno for node in ast.walk(tree_of(module)) if isinstance(node, ast.Assert)]


@pytest.mark.parametrize("module", MODULES)
def test_every_module_says_in_a_docstring_what_it_is(module: str) -> None:
    assert ast.get_docstring(tree_of(module))


def test_a_file_is_long_only_with_a_reason() -> None:
    long = {module for module, path in MODULES.items() if len(path.read_text("utf-8").splitlines()) > LONGEST}
    assert long <= set(LONG)
