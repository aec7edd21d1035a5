"""The tensors that each network must have, by name and shape, up to its global average pool.

The two tables are written out from the published architectures: EfficientNet-Lite0 (Tan & Le 2019, the Lite variant
without squeeze-and-excitation) and MobileNetV2 1.0 (Sandler et al. 2018) under torchvision's names.
"""

LITE0_STAGES = [(1, 3, 1, 16), (2, 3, 6, 24), (2, 5, 6, 40), (3, 3, 6, 80), (3, 5, 6, 112), (4, 5, 6, 192),
                (1, 3, 6, 320)]
"""Blocks, kernel size, expansion, output channels."""

MOBILENET_STAGES = [(1, 1, 16), (2, 6, 24), (3, 6, 32), (4, 6, 64), (3, 6, 96), (3, 6, 160), (1, 6, 320)]
"""Blocks, expansion, output channels."""

STEM_CHANNELS = 32
FEATURES = 1280


def batch_norm(name, channels):
    return {name + "." + part: (channels,) for part in ("weight", "bias", "running_mean", "running_var")}


def efficientnet_lite0():
    table = {"_conv_stem.weight": (STEM_CHANNELS, 3, 3, 3), **batch_norm("_bn0", STEM_CHANNELS)}
    channels, index = STEM_CHANNELS, 0
    for blocks, kernel, expansion, out in LITE0_STAGES:
        for _ in range(blocks):
            block, wide = "_blocks.%d." % index, channels * expansion
            if expansion != 1:
                table[block + "_expand_conv.weight"] = (wide, channels, 1, 1)
                table.update(batch_norm(block + "_bn0", wide))
            table[block + "_depthwise_conv.weight"] = (wide, 1, kernel, kernel)
            table.update(batch_norm(block + "_bn1", wide))
            table[block + "_project_conv.weight"] = (out, wide, 1, 1)
            table.update(batch_norm(block + "_bn2", out))
            channels, index = out, index + 1
    table["_conv_head.weight"] = (FEATURES, channels, 1, 1)
    table.update(batch_norm("_bn1", FEATURES))
    return table


def mobilenet_v2():
    table = {"features.0.0.weight": (STEM_CHANNELS, 3, 3, 3), **batch_norm("features.0.1", STEM_CHANNELS)}
    channels, index = STEM_CHANNELS, 1
    for blocks, expansion, out in MOBILENET_STAGES:
        for _ in range(blocks):
            block, wide, layer = "features.%d.conv." % index, channels * expansion, 0
            if expansion != 1:
                table[block + "0.0.weight"] = (wide, channels, 1, 1)
                table.update(batch_norm(block + "0.1", wide))
                layer = 1
            table[block + "%d.0.weight" % layer] = (wide, 1, 3, 3)
            table.update(batch_norm(block + "%d.1" % layer, wide))
            table[block + "%d.weight" % (layer + 1)] = (out, wide, 1, 1)
            table.update(batch_norm(block + "%d" % (layer + 2), out))
            channels, index = out, index + 1
    table["features.%d.0.weight" % index] = (FEATURES, channels, 1, 1)
    table.update(batch_norm("features.%d.1" % index, FEATURES))
    return table


NETWORKS = {"efficientnet_lite0": efficientnet_lite0, "mobilenet_v2": mobilenet_v2}


def mismatch(network, shapes):
    """Why `shapes` ({name: shape}) are not those of `network`, in words that finish "The file X ...", or None."""
    for name, shape in NETWORKS[network]().items():
        if name not in shapes:
            return "does not hold the network %s: the tensor %s is missing" % (network, name)
        if tuple(shapes[name]) != shape:
            return "does not hold the network %s: the tensor %s has the shape %s instead of %s" % (
                network, name, list(shapes[name]), list(shape))
    return None
