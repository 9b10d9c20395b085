"""``python -m fakeprofile`` is the same as ``fakeprofile``."""

from fakeprofile.cli import run

if __name__ == "__main__":
    raise SystemExit(run())
