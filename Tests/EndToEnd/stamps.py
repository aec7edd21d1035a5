"""Real pictures for the tests: the stamps of Tux Paint, which Debian packages as tuxpaint-stamps-default."""
from pathlib import Path

ROOT = Path("/usr/share/tuxpaint/stamps")


def photos(folder, count, skip=0):
    """The paths of `count` pictures below a folder of stamps, always the same ones."""
    found = sorted(path for path in (ROOT / folder).rglob("*.png") if is_photo(path))
    assert len(found) >= skip + count, "tuxpaint-stamps-default is not installed: run script/bootstrap --test"
    return found[skip:skip + count]


def is_photo(path):
    """Drawings and the mirrored variants of a stamp are no photos of their own."""
    return "cartoon" not in path.parts and not path.stem.endswith(("_mirror", "_flip"))
