"""A network as a TensorFlow Lite file, written with the schema classes that come with the LiteRT package.

Maps are [n, rows, columns, channels]. Symmetric padding with stride 2 becomes a PAD before a VALID convolution, which
XNNPACK merges again; all other padding is SAME.
"""

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema

from .networks import FEATURES, SIDE

OPERATORS = {name: getattr(schema.BuiltinOperator, name) for name in
             ("CONV_2D", "DEPTHWISE_CONV_2D", "ADD", "MEAN", "PAD")}


class _Graph:
    def __init__(self):
        self.tensors, self.operators = [], []
        self.buffers = [schema.BufferT()]  # the first buffer is the empty one, by convention

    def tensor(self, shape, values=None, kind=schema.TensorType.FLOAT32):
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.name, tensor.buffer = list(shape), kind, f"t{len(self.tensors)}", 0
        if values is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
            tensor.buffer = len(self.buffers)
            self.buffers.append(buffer)
        self.tensors.append(tensor)
        return len(self.tensors) - 1

    def integers(self, values):
        values = np.asarray(values, np.int32)
        return self.tensor(values.shape, values, schema.TensorType.INT32)

    def operator(self, kind, inputs, shape, options):
        operator = schema.OperatorT()
        operator.opcodeIndex = list(OPERATORS).index(kind)
        operator.inputs, operator.outputs = inputs, [self.tensor(shape)]
        operator.builtinOptionsType = getattr(schema.BuiltinOptions, type(options).__name__[:-1])
        operator.builtinOptions = options
        self.operators.append(operator)
        return operator.outputs[0]

    def shape(self, tensor):
        return self.tensors[tensor].shape

    def convolution(self, layer, tensor):
        batch, side, _, channels = self.shape(tensor)
        same = max(0, (-(-side // layer.stride) - 1) * layer.stride + layer.kernel - side)
        is_same = layer.pads == (same // 2, same - same // 2)
        if not is_same:
            amounts = self.integers([[0, 0], list(layer.pads), list(layer.pads), [0, 0]])
            padded = side + sum(layer.pads)
            tensor = self.operator("PAD", [tensor, amounts], [batch, padded, padded, channels], schema.PadOptionsT())
        depthwise = layer.groups > 1
        weight = layer.weight.transpose((1, 2, 3, 0) if depthwise else (0, 2, 3, 1))
        options = schema.DepthwiseConv2DOptionsT() if depthwise else schema.Conv2DOptionsT()
        options.padding = schema.Padding.SAME if is_same else schema.Padding.VALID
        options.strideW = options.strideH = layer.stride
        options.dilationWFactor = options.dilationHFactor = 1
        if depthwise:
            options.depthMultiplier = 1
        activation = schema.ActivationFunctionType
        options.fusedActivationFunction = activation.RELU6 if layer.relu6 else activation.NONE
        side = -(-side // layer.stride)
        return self.operator(
            "DEPTHWISE_CONV_2D" if depthwise else "CONV_2D",
            [tensor, self.tensor(weight.shape, weight), self.tensor(layer.bias.shape, layer.bias)],
            [batch, side, side, layer.outputs], options)


def write(network, path, batch):
    """Writes the network for sets of exactly `batch` photos: [batch, 224, 224, 3] to [batch, 1280]."""
    graph = _Graph()
    first = tensor = graph.tensor([batch, SIDE, SIDE, 3])
    for block in network.blocks:
        start = tensor
        for layer in block.layers:
            tensor = graph.convolution(layer, tensor)
        if block.residual:
            tensor = graph.operator("ADD", [start, tensor], graph.shape(start), schema.AddOptionsT())
    mean = schema.ReducerOptionsT()
    mean.keepDims = False
    tensor = graph.operator("MEAN", [tensor, graph.integers([1, 2])], [batch, FEATURES], mean)

    subgraph = schema.SubGraphT()
    subgraph.tensors, subgraph.operators, subgraph.name = graph.tensors, graph.operators, network.name
    subgraph.inputs, subgraph.outputs = [first], [tensor]
    model = schema.ModelT()
    model.version, model.subgraphs, model.buffers = 3, [subgraph], graph.buffers
    model.operatorCodes = []
    for code in OPERATORS.values():
        operator = schema.OperatorCodeT()
        operator.builtinCode = operator.deprecatedBuiltinCode = code
        operator.version = 1
        model.operatorCodes.append(operator)
    builder = flatbuffers.Builder(1 << 24)
    builder.Finish(model.Pack(builder), b"TFL3")
    path.write_bytes(bytes(builder.Output()))
