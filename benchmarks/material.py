"""What the comparison works on: weights, crops with DuetML's features, photo files, and features to train on.

Everything is made from fixed seeds in a folder below `build`. Real crops come from the project's reference data where
it is there (`$DUETML_SHARED`, or `../shared` beside the project); else they are made as well.
"""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image
from safetensors.numpy import load_file, save_file

PROJECT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("DUETML_SHARED") or PROJECT.parent / "shared")
NETWORKS = {"mobilenet_v2": "MobileNetV2", "efficientnet_lite0": "EfficientNet-Lite0"}
BATCH = 32
CATEGORIES = 10
PHOTO_SIZES = {"12 megapixels": ((4032, 3024), 6), "640 x 480": ((640, 480), 24)}
"""Size, and how many different files."""


def weights():
    """{network: path} of what is installed, and {network: reason} of what is not."""
    data = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share"
    folders = [os.environ.get("DUETML_EXTRACTORS"), Path(data) / "duetml/extractors", "/usr/share/duetml/extractors"]
    found, missing = {}, {}
    for name in NETWORKS:
        places = [Path(folder) / f"{name}.safetensors" for folder in folders if folder]
        places.append(SHARED / "models" / f"{name}_dequantised.safetensors")
        path = next((place for place in places if place.exists()), None)
        if path:
            found[name] = str(path)
        else:
            missing[name] = f"its weights are not installed: duet extractor install {name}"
    return found, missing


def crops(name):
    """[32, 224, 224, 3] bytes: the reference crops, turned and mirrored, or smooth random pictures."""
    reference = SHARED / "reference" / "features.safetensors"
    if reference.exists():
        real = load_file(reference)["crop_bicubic_u8" if name == "efficientnet_lite0" else "crop_bilinear_u8"]
        turned = [real, real[:, :, ::-1], real[:, ::-1], real[:, ::-1, ::-1]]
        return np.ascontiguousarray(np.concatenate(turned)[:BATCH])
    random = np.random.default_rng(5)
    coarse = random.integers(0, 256, (BATCH, 14, 14, 3), np.uint8)
    return np.stack([np.asarray(Image.fromarray(one).resize((224, 224), Image.Resampling.BICUBIC)) for one in coarse])


def prepare(folder, duet, found):
    """Crops with DuetML's features for each network, and the list of weights, into `folder`.

    Returns {network: largest difference to PyTorch's features in the reference data}, where that is there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "weights.json").write_text(json.dumps(found))
    differences = {}
    for name, path in found.items():
        file, out = folder / f"{name}.safetensors", folder / f"{name}-features.safetensors"
        save_file({"crops": crops(name)}, file)
        subprocess.run(
            [duet, "forward", file, "--key", "crops", "--out", out, "--extractor", name, "--weights", path, "--json"],
            check=True, stdout=subprocess.DEVNULL)
        features = load_file(out)["features"]
        save_file({"crops": crops(name), "features": features}, file)
        reference = SHARED / "reference" / "features.safetensors"
        if reference.exists():
            expected = load_file(reference)[f"{name}_features"]
            differences[name] = float(np.abs(features[:len(expected)] - expected).max())
    return differences


def photos(folder):
    """{kind: paths} of JPEG files of quality 90: shapes at all scales and a little noise, as cameras see them."""
    paths = {}
    for kind, ((width, height), count) in PHOTO_SIZES.items():
        paths[kind] = [folder / f"{width}x{height}-{number}.jpg" for number in range(count)]
        for seed, path in enumerate(paths[kind]):
            if not path.exists():
                _picture(width, height, seed).save(path, quality=90)
    return {kind: [str(path) for path in files] for kind, files in paths.items()}


def _picture(width, height, seed):
    random = np.random.default_rng(seed)
    values = np.full((height, width, 3), 128, np.float32)
    for cells, strength in ((4, 50), (16, 30), (64, 15), (256, 8)):
        coarse = random.normal(128, strength, (cells * 3 // 4, cells, 3)).clip(0, 255).astype(np.uint8)
        smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
        values += np.asarray(smooth, np.float32) - 128
    values += random.normal(0, 3, (height, width, 1)).astype(np.float32)
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def training_set(folder, photos_count):
    """A file of `features` [n, 1280] and `labels` [n] like those of photos: overlapping clouds of few dimensions."""
    path = folder / f"training-{photos_count}.safetensors"
    if not path.exists():
        random = np.random.default_rng(7)
        labels = np.arange(photos_count) % CATEGORIES
        centres = random.normal(0, 0.11, (CATEGORIES, 1280))
        directions = random.normal(0, 40 ** -0.5, (40, 1280))
        features = (np.abs(random.normal(0, 0.4, 1280)) + 0.1 + centres[labels]
                    + 0.35 * random.normal(size=(photos_count, 40)) @ directions
                    + 0.15 * random.normal(size=(photos_count, 1280)))
        save_file({"features": features.clip(0).astype(np.float32), "labels": labels.astype(np.int64)}, path)
    return str(path)
