"""Real pictures for the tests: the stamps of Tux Paint, which Debian packages as tuxpaint-stamps-default."""
import json
from pathlib import Path

ROOT = Path("/usr/share/tuxpaint/stamps")


def photos(folder, count, skip=0):
    """The paths of `count` pictures below a folder of stamps, always the same ones."""
    found = sorted(path for path in (ROOT / folder).rglob("*.png") if is_photo(path))
    assert len(found) >= skip + count, "tuxpaint-stamps-default is not installed: run script/bootstrap --test"
    return found[skip:skip + count]


def demo_animals():
    """The pictures that the demo's story has for its third category."""
    recipe = json.loads((Path(__file__).resolve().parents[2] / "data" / "demo" / "recipe.json").read_text())
    return [Path(recipe["folder"]) / photo for photo in recipe["surprise"]["photos"]]


def is_photo(path):
    """Drawings and the mirrored variants of a stamp are no photos of their own."""
    return "cartoon" not in path.parts and not path.stem.endswith(("_mirror", "_flip"))
