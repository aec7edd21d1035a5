#!/usr/bin/env python3
"""How good and how honest the classifiers are: ours against scikit-learn's, on the same photos and splits.

Needs numpy and scikit-learn (pip install numpy scikit-learn), a built `duet` with its extractor, and the photos.

    benchmarks/calibration.py --photos ../shared/photos [--duet .build/release/duet] [--repeats 30] [--seed 0]

Ours goes through `duet evaluate`; the others get the features of `duet features` and the splits of the same
seed, so that every row of a table was tested on the same photos.
"""
import argparse
import json
import pathlib
import struct
import subprocess
import tempfile

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC

BINS = 15
HOLD_OUT = 50
MASK = (1 << 64) - 1


class SplitMix64:
    """The engine's generator of random numbers."""

    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        mixed = self.state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & MASK
        return mixed ^ (mixed >> 31)

    def permutation(self, count):
        order = list(range(count))
        for last in range(count - 1, 0, -1):
            other = (self.next() * (last + 1)) >> 64
            order[last], order[other] = order[other], order[last]
        return order


def read_features(path):
    data = pathlib.Path(path).read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    entry = json.loads(data[8:8 + length])["features"]
    start, end = entry["data_offsets"]
    return np.frombuffer(data[8 + length:][start:end], "<f4").reshape(entry["shape"]).astype(np.float64)


def photos_of(folder):
    categories = sorted(p for p in folder.iterdir() if p.is_dir())
    return [sorted(p for p in c.iterdir() if p.is_file()) for c in categories]


def splits(counts, per_category, repeats, seed):
    random = SplitMix64(seed)
    for _ in range(repeats):
        training, testing, start = [], [], 0
        for count in counts:
            order = [start + i for i in random.permutation(count)]
            border = max(per_category, HOLD_OUT)
            border = border if count > border else per_category
            training += order[:per_category]
            testing += order[border:]
            start += count
        yield np.array(training), np.array(testing)


def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_loss(probabilities, labels):
    own = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(own, 1e-15)).mean()


def calibration_error(probabilities, labels):
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
    return sum(abs((right[place == b] * 1.0 - confidence[place == b]).sum()) for b in range(BINS)) / len(labels)


def support_vectors():
    return SVC(C=10, gamma="scale", decision_function_shape="ovr")


def platt(train, labels, test):
    return SVC(C=1, gamma="scale", probability=True, random_state=0).fit(train, labels).predict_proba(test)


def tempered(train, labels, test):
    """One-vs-rest values of an SVC, softmax with the temperature of the least held-out log loss."""
    folds = np.zeros(len(labels), int)
    for category in np.unique(labels):
        rows = np.flatnonzero(labels == category)
        folds[rows] = np.arange(len(rows)) % 5
    held = np.zeros((len(labels), len(np.unique(labels))))
    for fold in np.unique(folds):
        out = folds == fold
        held[out] = support_vectors().fit(train[~out], labels[~out]).decision_function(train[out])
    grid = np.exp(np.linspace(np.log(0.02), np.log(5), 200))
    best = min(grid, key=lambda t: log_loss(softmax(held / t), labels))
    return softmax(support_vectors().fit(train, labels).decision_function(test) / best)


def logistic(train, labels, test):
    return LogisticRegression(C=100, max_iter=2000).fit(train, labels).predict_proba(test)


def measure(method, features, labels, chosen):
    answers, truths, accuracies = [], [], []
    for training, testing in chosen:
        probabilities = method(features[training], labels[training], features[testing])
        answers.append(probabilities)
        truths.append(labels[testing])
        accuracies.append((probabilities.argmax(axis=1) == labels[testing]).mean())
    probabilities, truth = np.concatenate(answers), np.concatenate(truths)
    return np.mean(accuracies), calibration_error(probabilities, truth), log_loss(probabilities, truth)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--photos", type=pathlib.Path, required=True)
    parser.add_argument("--duet", default=".build/release/duet")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--per-category", type=int, nargs="+", default=[5, 20])
    options = parser.parse_args()
    print(f"{'photos':12}{'n':>4}  {'classifier':32}{'accuracy':>9}{'ECE':>8}{'log loss':>10}")
    for folder in sorted(p for p in options.photos.iterdir() if p.is_dir()):
        categories = photos_of(folder)
        labels = np.repeat(np.arange(len(categories)), [len(c) for c in categories])
        with tempfile.TemporaryDirectory() as scratch:
            out = f"{scratch}/features.safetensors"
            paths = [str(p) for c in categories for p in c]
            subprocess.run([options.duet, "features", *paths, "--out", out], check=True, capture_output=True)
            raw = read_features(out)
            project = f"{scratch}/photos.duet"
            subprocess.run([options.duet, "train", str(folder), "--out", project], check=True, capture_output=True)
            unit = raw / np.linalg.norm(raw, axis=1, keepdims=True)
            for n in options.per_category:
                chosen = list(splits([len(c) for c in categories], n, options.repeats, options.seed))
                rows = [
                    ("scikit-learn SVC, Platt, raw", measure(platt, raw, labels, chosen)),
                    ("scikit-learn SVC, Platt, unit", measure(platt, unit, labels, chosen)),
                    ("scikit-learn SVC, temperature", measure(tempered, unit, labels, chosen)),
                    ("scikit-learn logistic, C = 100", measure(logistic, unit, labels, chosen)),
                ]
                for kind in ["paper", "svm", "standard"]:
                    answer = subprocess.run(
                        [options.duet, "evaluate", project, "--json", "--per-category", str(n), "--repeats",
                         str(options.repeats), "--seed", str(options.seed), "--classifier", kind],
                        check=True, capture_output=True, text=True)
                    report = json.loads(answer.stdout)
                    rows.append((f"duet, {kind}", (report["accuracy"], report["ece"], report["log_loss"])))
                for name, (accuracy, error, loss) in rows:
                    print(f"{folder.name:12}{n:4}  {name:32}{accuracy:9.3f}{error:8.3f}{loss:10.3f}", flush=True)


if __name__ == "__main__":
    main()
