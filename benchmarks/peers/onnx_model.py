"""A network as an ONNX file: convolutions with explicit padding, clips, additions, and a global mean."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .networks import FEATURES, SIDE

OPSET, IR_VERSION = 17, 8


class _Graph:
    def __init__(self):
        self.nodes, self.constants, self.count = [], [], 0
        self.low, self.high = self.constant(np.float32(0)), self.constant(np.float32(6))

    def name(self):
        self.count += 1
        return f"t{self.count}"

    def constant(self, values):
        name = self.name()
        self.constants.append(numpy_helper.from_array(np.asarray(values), name))
        return name

    def node(self, kind, inputs, **attributes):
        output = self.name()
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def convolution(self, layer, tensor):
        before, after = layer.pads
        tensor = self.node(
            "Conv", [tensor, self.constant(layer.weight), self.constant(layer.bias)], group=layer.groups,
            kernel_shape=[layer.kernel] * 2, strides=[layer.stride] * 2, pads=[before, before, after, after])
        return self.node("Clip", [tensor, self.low, self.high]) if layer.relu6 else tensor


def write(network, path, batch):
    """Writes the network for sets of exactly `batch` photos: `crops` [batch, 3, 224, 224] to `features`."""
    graph = _Graph()
    tensor = "crops"
    for block in network.blocks:
        start = tensor
        for layer in block.layers:
            tensor = graph.convolution(layer, tensor)
        if block.residual:
            tensor = graph.node("Add", [start, tensor])
    tensor = graph.node("GlobalAveragePool", [tensor])
    graph.nodes.append(helper.make_node("Flatten", [tensor], ["features"], axis=1))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes, network.name,
            [helper.make_tensor_value_info("crops", TensorProto.FLOAT, [batch, 3, SIDE, SIDE])],
            [helper.make_tensor_value_info("features", TensorProto.FLOAT, [batch, FEATURES])], graph.constants),
        opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
