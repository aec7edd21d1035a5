#!/usr/bin/env python3
"""How close are the features of an imported photo to those of the photo itself, decoded in full?

An import decodes a JPEG at a smaller scale, keeps a copy of at most 1,024 pixels, and computes features from that
copy. The reference takes no short cut: Pillow decodes the whole file, turns it upright, resizes the shorter side to 256
(antialiased: bilinear for MobileNetV2, bicubic for EfficientNet-Lite) and cuts out the middle 224 x 224; the same
network looks at those pixels. The cosine between the two vectors is printed: the least, percentiles, and the photos
that are furthest off. Exits 1 where one is below the limit.

Needs Pillow and numpy, and a built `duet`:
    swift build -c release --product duet
    benchmarks/feature_fidelity.py PHOTO_FOLDER [--extractor mobilenet_v2 --weights FILE]
"""

import argparse
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile

import numpy
from PIL import Image, ImageOps

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHORT_SIDE, CROP = 256, 224
FILTERS = {"mobilenet_v2": Image.Resampling.BILINEAR}
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff"}


def crop(path, resampling):
    """[224, 224, 3] bytes as the network's authors prepare a photo, from all of its pixels."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    width, height = image.size
    if width <= height:
        size = (SHORT_SIDE, SHORT_SIDE * height // width)
    else:
        size = (SHORT_SIDE * width // height, SHORT_SIDE)
    # round() takes halves to the even number, as torchvision's CenterCrop does.
    left, top = (round((side - CROP) / 2) for side in size)
    return numpy.asarray(image.resize(size, resampling).crop((left, top, left + CROP, top + CROP)))


def write_bytes_tensor(path, name, array):
    """A safetensors file with one tensor of bytes."""
    header = json.dumps({name: {"dtype": "U8", "shape": list(array.shape), "data_offsets": [0, array.nbytes]}}).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + array.tobytes())


def read_features(path):
    """The tensor `features` of a safetensors file, in double precision."""
    data = pathlib.Path(path).read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    entry = json.loads(data[8 : 8 + length])["features"]
    start, end = entry["data_offsets"]
    values = numpy.frombuffer(data[8 + length + start : 8 + length + end], dtype="<f4")
    return values.reshape(entry["shape"]).astype("f8")


def cosines(a, b):
    return (a * b).sum(1) / (numpy.linalg.norm(a, axis=1) * numpy.linalg.norm(b, axis=1))


def measure(photos, options, folder):
    """Cosines of all photos, in their order."""
    environment = dict(os.environ)
    if options.weights:
        store = folder / "duetml" / "extractors"
        store.mkdir(parents=True)
        (store / f"{options.extractor}.safetensors").symlink_to(pathlib.Path(options.weights).resolve())
        environment["XDG_DATA_HOME"] = str(folder)
    resampling = FILTERS.get(options.extractor, Image.Resampling.BICUBIC)
    write_bytes_tensor(folder / "crops", "crops", numpy.stack([crop(photo, resampling) for photo in photos]))
    chosen = ["--extractor", options.extractor]

    def duet(*arguments):
        subprocess.run([options.duet, *map(str, arguments), *chosen], env=environment, check=True, stdout=sys.stderr)

    duet("forward", folder / "crops", "--key", "crops", "--out", folder / "reference")
    duet("features", *photos, "--out", folder / "imported")
    return cosines(read_features(folder / "imported"), read_features(folder / "reference"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path, help="photos in it and below it are taken")
    parser.add_argument("--extractor", default="efficientnet_lite0")
    parser.add_argument("--weights", help="a weights file to use instead of the installed one")
    parser.add_argument("--duet", default=ROOT / ".build" / "release" / "duet")
    parser.add_argument("--limit", type=float, default=0.999)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    photos = sorted(path for path in options.folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not photos:
        parser.error(f"there are no photos in {options.folder}")
    with tempfile.TemporaryDirectory(prefix="duetml-fidelity-") as folder:
        found = measure(photos, options, pathlib.Path(folder))
    below = int((found < options.limit).sum())
    result = {"extractor": options.extractor, "photos": len(photos), "below_limit": below, "min": float(found.min())}
    result.update({f"p{share:g}": float(numpy.percentile(found, share)) for share in (0.1, 1, 5, 50)})
    if options.json:
        print(json.dumps(result))
    else:
        print("  ".join(f"{name} {value:.6f}" if isinstance(value, float) else f"{name} {value}"
                        for name, value in result.items()))
        for index in numpy.argsort(found)[:5]:
            print(f"  {found[index]:.6f}  {photos[index]}")
    sys.exit(1 if below else 0)


if __name__ == "__main__":
    main()
