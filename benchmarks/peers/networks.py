"""The two networks as folded convolutions, read from the safetensors files that DuetML itself reads.

Written from the published tables, apart from the project's own description of the networks, so that both check each
other: features that agree were computed by the same network.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

SIDE = 224
FEATURES = 1280

LITE0 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (2, 5, 2, 6, 40), (3, 3, 2, 6, 80), (3, 5, 1, 6, 112), (4, 5, 2, 6, 192),
         (1, 3, 1, 6, 320)]
MOBILENET_V2 = [(1, 3, 1, 1, 16), (2, 3, 2, 6, 24), (3, 3, 2, 6, 32), (4, 3, 2, 6, 64), (3, 3, 1, 6, 96),
                (3, 3, 2, 6, 160), (1, 3, 1, 6, 320)]
"""Blocks, kernel, stride of the first one, expansion, output channels."""


@dataclass
class Convolution:
    """A convolution with its batch normalisation folded in. `weight` is [outputs, inputs / groups, k, k]."""

    weight: np.ndarray
    bias: np.ndarray
    stride: int
    pads: tuple
    """Zeros before and after, the same for rows and columns."""
    groups: int
    relu6: bool

    @property
    def kernel(self):
        return self.weight.shape[2]

    @property
    def outputs(self):
        return self.weight.shape[0]


@dataclass
class Block:
    """Convolutions one after the other; with `residual` the input is added to the result."""

    layers: list
    residual: bool


@dataclass
class Network:
    """Blocks one after the other, then the mean over the last map: [n, 3, 224, 224] to [n, 1280]."""

    name: str
    blocks: list
    mean: np.ndarray
    deviation: np.ndarray
    digest: str = ""
    """Names its weights, so that files made from others are not taken for its own."""

    def normalised(self, crops):
        """[n, 224, 224, 3] bytes as the network's input, [n, 3, 224, 224]."""
        values = (crops.astype(np.float64) - self.mean) / self.deviation
        return np.ascontiguousarray(values.astype(np.float32).transpose(0, 3, 1, 2))

    @property
    def multiply_adds(self):
        """Of one forward pass, padding included."""
        count, side = 0, SIDE
        for block in self.blocks:
            for layer in block.layers:
                side = -(-side // layer.stride)
                count += side * side * layer.weight.size
        return count


class _Reader:
    """Reads and folds convolutions, keeping track of the map's side for TensorFlow's padding."""

    def __init__(self, path, epsilon, same):
        self.tensors = load_file(path)
        self.epsilon, self.same, self.side = epsilon, same, SIDE

    def pads(self, kernel, stride):
        if not self.same:
            return (kernel // 2, kernel // 2)
        total = max(0, (-(-self.side // stride) - 1) * stride + kernel - self.side)
        return (total // 2, total - total // 2)

    def convolution(self, weight, norm, stride=1, relu6=True, depthwise=False):
        gain, shift, mean, variance = (
            self.tensors[f"{norm}.{part}"].astype(np.float64)
            for part in ("weight", "bias", "running_mean", "running_var"))
        scale = gain / np.sqrt(variance + self.epsilon)
        folded = self.tensors[weight].astype(np.float64) * scale[:, None, None, None]
        layer = Convolution(
            folded.astype(np.float32), (shift - mean * scale).astype(np.float32), stride,
            self.pads(folded.shape[2], stride), folded.shape[0] if depthwise else 1, relu6)
        self.side = -(-self.side // stride)
        return layer


def _lite0_names(index, expands):
    block = f"_blocks.{index}."
    return [(block + weight, block + f"_bn{norm}") for norm, weight in enumerate(
        ["_expand_conv.weight", "_depthwise_conv.weight", "_project_conv.weight"])][0 if expands else 1:]


def _mobilenet_names(index, expands):
    block = f"features.{index + 1}.conv."
    places = [("0.0", "0.1"), ("1.0", "1.1"), ("2", "3")] if expands else [("0.0", "0.1"), ("1", "2")]
    return [(f"{block}{weight}.weight", block + norm) for weight, norm in places]


def _read(name, path):
    if name == "efficientnet_lite0":
        reader, stages, names = _Reader(path, 1e-3, same=True), LITE0, _lite0_names
        stem, head = ("_conv_stem.weight", "_bn0"), ("_conv_head.weight", "_bn1")
        mean, deviation = np.full(3, 127.0), np.full(3, 128.0)
    else:
        reader, stages, names = _Reader(path, 1e-5, same=False), MOBILENET_V2, _mobilenet_names
        stem, head = ("features.0.0.weight", "features.0.1"), ("features.18.0.weight", "features.18.1")
        mean, deviation = np.array([0.485, 0.456, 0.406]) * 255, np.array([0.229, 0.224, 0.225]) * 255
    blocks = [Block([reader.convolution(*stem, stride=2)], False)]
    inputs = blocks[0].layers[0].outputs
    for count, _, first_stride, expansion, outputs in stages:
        for repeat in range(count):
            stride = 1 if repeat else first_stride
            expand, *rest = [None, *names(len(blocks) - 1, False)] if expansion == 1 else names(len(blocks) - 1, True)
            layers = [reader.convolution(*expand)] if expand else []
            layers.append(reader.convolution(*rest[0], stride=stride, depthwise=True))
            layers.append(reader.convolution(*rest[1], relu6=False))
            blocks.append(Block(layers, stride == 1 and inputs == outputs))
            inputs = outputs
    blocks.append(Block([reader.convolution(*head)], False))
    return Network(name, blocks, mean, deviation)


def read(name, path):
    """The network `name` with the weights of the safetensors file at `path`. Raises KeyError with a missing tensor."""
    network = _read(name, path)
    if network.blocks[-1].layers[0].outputs != FEATURES:
        raise ValueError(f"{path} does not give {FEATURES} features")
    network.digest = hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]
    return network
