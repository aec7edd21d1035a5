"""One peer in a process of its own: `python -m peers.worker PEER DATA MODELS`.

DATA is the folder that `compare` prepared, MODELS keeps files in the peers' own formats. Says
`{"ready": {"name", "version"}}` or `{"missing": reason}` on the first line, then answers one JSON request a line, in
order, until its input ends.
"""

import importlib
import json
import os
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

from . import networks
from .timing import measure

PEERS = {
    "onnxruntime": ("onnxruntime_peer", "OnnxRuntime"),
    "litert": ("litert_peer", "LiteRt"),
    "openvino": ("openvino_peer", "OpenVino"),
    "ncnn": ("ncnn_peer", "Ncnn"),
    "torch": ("torch_peer", "Torch"),
    "pillow": ("pillow_peer", "PillowOnnxRuntime"),
    "sklearn": ("sklearn_peer", "ScikitLearn"),
}

TOLERANCE = 1e-3
"""Largest difference of a feature from DuetML's that still counts as the same network."""


class Bench:
    """Answers requests; keeps what was loaded, so that only the job itself is measured."""

    def __init__(self, peer, data):
        self.peer, self.data, self.networks, self.runners = peer, data, {}, {}

    def network(self, name):
        if name not in self.networks:
            files = json.loads((self.data / "weights.json").read_text())
            network = networks.read(name, files[name])
            tensors = load_file(self.data / f"{name}.safetensors")
            self.networks[name] = (network, network.normalised(tensors["crops"]), tensors["features"])
        return self.networks[name]

    def crops(self, request):
        """Times the network on a set of crops, after its features were compared with DuetML's."""
        key = tuple(request[part] for part in ("network", "setting", "batch", "threads"))
        if key not in self.runners:
            network, crops, expected = self.network(key[0])
            crops = np.ascontiguousarray(crops[:request["batch"]])
            run = self.peer.runner(network, *key[1:])
            features = np.asarray(run(crops)).reshape(request["batch"], networks.FEATURES)
            self.runners[key] = run, crops, float(np.abs(features - expected[:request["batch"]]).max())
        run, crops, difference = self.runners[key]
        if not difference <= TOLERANCE:
            raise RuntimeError(f"its features differ from DuetML's by up to {difference:.2g}")
        if request["seconds"] == 0:  # loading and comparing was all that was asked for
            return {"times": None, "difference": difference}
        return {"times": measure(lambda: run(crops), request["seconds"]), "difference": difference}

    def answer(self, request):
        if request["job"] == "settings":
            return {"settings": self.peer.settings(request["batch"], request["threads"])}
        if request["job"] == "crops":
            return self.crops(request)
        return self.peer.answer(request, self)


def main(name, data, models):
    # What a library prints of its own goes to stderr; the answers keep the real stdout.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)

    def say(answer):
        answers.write(json.dumps(answer) + "\n")

    try:
        module, kind = PEERS[name]
        peer = getattr(importlib.import_module(f"peers.{module}"), kind)(Path(models))
        say({"ready": {"name": peer.name, "version": peer.version()}})
    except Exception as error:  # whatever keeps a library from loading is the reason why it is missing
        say({"missing": f"{type(error).__name__}: {error}"})
        return
    bench = Bench(peer, Path(data))
    for line in sys.stdin:
        try:
            say(bench.answer(json.loads(line)))
        except Exception as error:  # a peer's own failure belongs into the table, not into a traceback
            say({"error": f"{type(error).__name__}: {error}"})


if __name__ == "__main__":
    main(*sys.argv[1:])
