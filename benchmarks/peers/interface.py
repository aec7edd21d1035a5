"""What every peer is: a name, a version, and settings, each of which makes a function from crops to features."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from .networks import FEATURES


class Peer:
    """A program that runs networks. Subclasses import their library in `__init__`, so that its absence is one error."""

    name = ""
    """As the table calls it."""

    def __init__(self, folder):
        """`folder` is where model files may be written and found again."""
        self.folder = folder

    def version(self):
        raise NotImplementedError

    def settings(self, batch, threads):
        """The ways worth measuring for sets of `batch` photos on `threads` threads: {name: how, in words}."""
        raise NotImplementedError

    def runner(self, network, setting, batch, threads):
        """A function from [batch, 3, 224, 224] f32 to features [batch, 1280], all loading done."""
        raise NotImplementedError

    def model(self, network, ending, batch, write):
        """The network's file in this peer's format, written by `write(network, path, batch)` if missing."""
        path = self.folder / f"{network.name}-{network.digest}-{batch}.{ending}"
        if not path.exists():
            unfinished = path.with_name("unfinished-" + path.name)
            write(network, unfinished, batch)
            unfinished.rename(path)
        return path


def one_photo_a_thread(make, threads):
    """Runs a set photo by photo, `threads` at a time, each thread with a one-photo function from `make()` of its own."""
    functions = [make() for _ in range(threads)]
    pool = ThreadPoolExecutor(threads) if threads > 1 else None

    def run(crops):
        features = np.empty((len(crops), FEATURES), np.float32)
        lock, places = threading.Lock(), itertools.count()

        def work(function):
            while True:
                with lock:
                    place = next(places)
                if place >= len(crops):
                    return
                features[place] = np.asarray(function(crops[place:place + 1])).reshape(FEATURES)

        if pool is None:
            work(functions[0])
        else:
            list(pool.map(work, functions))
        return features

    return run
