"""The comparison with other programs, from preparation to tables. Started by script/bench-peers.

Three parts: networks on crops, files to features, and training. All times are taken by the programs themselves, in
turns (see `rounds`).
"""

import argparse
import json
import os
import platform
import time
from datetime import datetime, timezone
from pathlib import Path

import material
import report
import rounds
from contestants import Duet, Failure, start_peer

NETWORK_PEERS = ["onnxruntime", "litert", "openvino", "ncnn", "torch"]


def say(text):
    print(f"[{time.strftime('%H:%M:%S')}] {text}", flush=True)


class Comparison:
    """One run. `plan` holds the seconds of each part; who is missing is kept with the reason."""

    def __init__(self, duet, build, plan, only):
        self.data, self.models, self.plan, self.only = build / "bench-data", build / "bench-models", plan, only
        self.models.mkdir(parents=True, exist_ok=True)
        self.log = open(build / "bench-peers.log", "w")
        self.found, missing = material.weights()
        self.missing = {material.NETWORKS[name]: reason for name, reason in missing.items()}
        say("preparing crops, and DuetML's own features of them")
        self.differences = material.prepare(self.data, duet, self.found)
        self.duet = Duet(duet, self.log)
        self.peers = {}
        self.versions = {}

    def start(self, name, title=None):
        if name not in self.peers and (not self.only or name in self.only):
            try:
                self.peers[name] = start_peer(name, self.data, self.models, self.log)
                self.versions[self.peers[name].name] = self.peers[name].version
            except Failure as failure:
                self.missing[title or name] = str(failure)
                say(f"{name} is not measured: {failure}")
        return self.peers.get(name)

    def own(self, job, **request):
        return lambda seconds: self.duet.times(job=job, seconds=seconds, **request)

    def networks(self):
        start = time.monotonic()
        peers = [peer for peer in map(self.start, NETWORK_PEERS) if peer]
        cells, settings = [], {}
        for network, path in self.found.items():
            for threads in (1, 2):
                for batch in (1, material.BATCH):
                    entries = [rounds.Entry("DuetML", "", self.own(
                        "crops", extractor=network, weights=path, file=str(self.data / f"{network}.safetensors"),
                        key="crops", batch=batch, threads=threads))]
                    for peer in peers:
                        ways = peer.ask(job="settings", batch=batch, threads=threads)["settings"]
                        for setting, words in ways.items():
                            settings.setdefault(peer.name, {})[setting] = words
                            entries.append(rounds.Entry(peer.name, setting, self._crops(
                                peer, network, setting, batch, threads)))
                    cells.append(rounds.Cell(
                        {"network": network, "threads": threads, "batch": batch}, entries,
                        self.plan["set" if batch > 1 else "photo"]))
        self._prepare(cells)
        left = self.plan["networks"] - (time.monotonic() - start)
        count = rounds.run(cells, 1, say, left, *self.plan["rounds"])
        return {"rounds": count, "settings": settings, "cells": [rounds.result(cell) for cell in cells],
                "peak": self.peak(), "differences_to_pytorch": self.differences}

    def _crops(self, peer, network, setting, batch, threads):
        return lambda seconds: peer.times(
            job="crops", network=network, setting=setting, batch=batch, threads=threads, seconds=seconds)

    def _prepare(self, cells):
        """Everybody loads its networks, and features are compared, before the first time is taken."""
        say("loading every network in every program, comparing features")
        for number, cell in enumerate(cells, 1):
            say(f"{number} of {len(cells)}: " + ", ".join(f"{key} {value}" for key, value in cell.labels.items()))
            for entry in cell.entries:
                try:
                    entry.measure(0)
                except Failure as failure:
                    entry.failure = str(failure)
                    say(f"{entry.who} ({entry.setting}) {cell.labels}: {failure}")

    def peak(self):
        """What share of the measured peak one thread of DuetML reaches, by network."""
        return {network: {part: answer[part] for part in ("share", "peak", "isa")}
                for network, path in self.found.items()
                for answer in [self.duet.ask(
                    job="peak", extractor=network, weights=path, seconds=0, key="crops",
                    file=str(self.data / f"{network}.safetensors"))]}

    def files(self):
        pillow = self.start("pillow", "Pillow + onnxruntime")
        if not pillow:
            return None
        say("making photos")
        photos = material.photos(self.data)
        cells = []
        for network, path in self.found.items():
            for threads in (1, 2):
                for kind, paths in photos.items():
                    entries = [rounds.Entry("DuetML", "", self.own(
                        "photos", extractor=network, weights=path, paths=paths, threads=threads))]
                    for setting in ("full", "draft") if kind == "12 megapixels" else ("full",):
                        entries.append(rounds.Entry(pillow.name, setting, self._photos(
                            pillow, network, setting, threads, paths)))
                    labels = {"network": network, "threads": threads, "photos": kind, "count": len(paths)}
                    cells.append(rounds.Cell(labels, entries, self.plan["files_each"]))
        count = rounds.run(cells, 2, say, self.plan["files"], 1, self.plan["rounds"][1])
        return {"rounds": count, "cells": [rounds.result(cell) for cell in cells]}

    def _photos(self, peer, network, setting, threads, paths):
        return lambda seconds: peer.times(
            job="photos", network=network, setting=setting, threads=threads, paths=paths, seconds=seconds)

    def training(self):
        sklearn = self.start("sklearn", "scikit-learn")
        if not sklearn:
            return None
        sets = []
        for photos in self.plan["training"]:
            file = material.training_set(self.data, photos)
            settings = ["unit length, C = 10", "raw, C = 1"] if photos <= 500 else ["unit length, C = 10"]
            entries = [rounds.Entry("DuetML", "standard", self.own("train", file=file))]
            for setting in settings:
                entries.append(rounds.Entry(sklearn.name, setting, self._train(sklearn, file, setting, photos)))
            # libsvm needs half a minute for thousands of photos and is run once; DuetML's time is a median of some nine.
            cell = rounds.Cell({"photos": photos}, entries, self.plan["train_each"] if photos <= 500 else 3.5)
            rounds.run([cell], 3, say, 0 if photos > 500 else self.plan["training_limit"], 1, 9)
            sets.append(rounds.result(cell))
        return {"cells": sets}

    def _train(self, peer, file, setting, photos):
        return lambda seconds: peer.times(
            job="train", file=file, setting=setting, seconds=seconds, warm=photos <= 500)

    def end(self):
        for contestant in [self.duet, *self.peers.values()]:
            contestant.end()


def machine():
    """What the tables depend on, without names that identify the machine."""
    facts = {}
    with open("/proc/cpuinfo") as file:
        for line in file:
            key, _, value = line.partition(":")
            facts.setdefault(key.strip(), value.strip())
    flags = facts.get("flags", "").split()
    vectors = [flag for flag in ("avx2", "fma", "avx512f", "avx512_bf16") if flag in flags]
    return {"processor": facts.get("model name", platform.machine()), "cores": os.cpu_count(), "vectors": vectors,
            "python": platform.python_version()}


PLANS = {
    "full": {"photo": 0.3, "set": 0.6, "networks": 390, "rounds": (3, 9), "files_each": 0.5, "files": 70,
             "training": (500, 5000), "train_each": 0.3, "training_limit": 15},
    "quick": {"photo": 0.1, "set": 0.1, "networks": 40, "rounds": (1, 3), "files_each": 0.1, "files": 10,
              "training": (500,), "train_each": 0.1, "training_limit": 3},
}
"""Seconds of one measurement and of each part; rounds at least and at most; sizes of the training sets."""


def full_path(text):
    return Path(text).resolve()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--duet", type=full_path, required=True, help="the release build of the command line")
    parser.add_argument("--build", type=full_path, required=True, help="where models and photos are kept")
    parser.add_argument("--out", type=full_path, required=True, help="the folder of the results")
    parser.add_argument("--quick", action="store_true", help="a minute or two, for a look; too few rounds to trust")
    parser.add_argument("--only", nargs="*", help="these peers alone")
    parser.add_argument("--parts", nargs="*", default=["networks", "files", "training"])
    parser.add_argument("--not-installed", nargs="*", default=[], metavar="NAME=REASON")
    arguments = parser.parse_args()
    start, load = time.monotonic(), os.getloadavg()[0]
    plan = PLANS["quick" if arguments.quick else "full"]
    comparison = Comparison(arguments.duet, arguments.build, plan, arguments.only)
    results = {"date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"), "quick": arguments.quick,
               "machine": machine()}
    try:
        for part in arguments.parts:
            say(f"--- {part}")
            results[part] = getattr(comparison, part)()
    finally:
        comparison.end()
    comparison.missing.update(item.split("=", 1) for item in arguments.not_installed)
    results |= {"versions": comparison.versions, "missing": comparison.missing,
                "load": {"before": load, "after": os.getloadavg()[0]}, "minutes": (time.monotonic() - start) / 60}
    arguments.out.mkdir(parents=True, exist_ok=True)
    (arguments.out / "peers.json").write_text(json.dumps(results, indent=1) + "\n")
    (arguments.out / "peers.md").write_text(report.markdown(results))
    say(f"{results['minutes']:.1f} minutes; tables: {arguments.out / 'peers.md'}")


if __name__ == "__main__":
    main()
