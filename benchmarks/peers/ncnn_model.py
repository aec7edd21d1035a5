"""A network in ncnn's two files: layers as text (`.param`), and weights as raw floats (`.bin`)."""

MAGIC = 7767517
CLIP = 3
"""ncnn's activation type for a clamp between two numbers."""


def write(network, path):
    """Writes `path` (.param) and the weights beside it (.bin): blob `crops` to blob `features`, one photo."""
    lines, weights, blobs = [], [], 0

    def layer(kind, inputs, outputs, parameters=()):
        nonlocal blobs
        blobs += len(outputs)
        name = f"layer{len(lines)}"
        lines.append(" ".join([kind, name, str(len(inputs)), str(len(outputs)), *inputs, *outputs, *parameters]))

    layer("Input", [], ["crops"])
    tensor = "crops"
    for place, block in enumerate(network.blocks):
        kept = None
        if block.residual:  # a blob may be read once; whoever needs it twice splits it
            kept, begin = f"kept{place}", f"begin{place}"
            layer("Split", [tensor], [kept, begin])
            tensor = begin
        for number, convolution in enumerate(block.layers):
            before, after = convolution.pads
            parameters = [
                f"0={convolution.outputs}", f"1={convolution.kernel}", f"3={convolution.stride}",
                f"4={before}", f"14={before}", f"15={after}", f"16={after}", "5=1", f"6={convolution.weight.size}"]
            if convolution.groups > 1:
                parameters.append(f"7={convolution.groups}")
            if convolution.relu6:
                parameters += [f"9={CLIP}", "-23310=2,0.0,6.0"]
            result = f"c{place}_{number}"
            layer("ConvolutionDepthWise" if convolution.groups > 1 else "Convolution", [tensor], [result], parameters)
            weights += [b"\0\0\0\0", convolution.weight.tobytes(), convolution.bias.tobytes()]  # 0: plain f32
            tensor = result
        if block.residual:
            layer("BinaryOp", [kept, tensor], [f"sum{place}"], ["0=0"])
            tensor = f"sum{place}"
    layer("Pooling", [tensor], ["features"], ["0=1", "4=1"])
    path.with_suffix(".bin").write_bytes(b"".join(weights))
    path.write_text("\n".join([str(MAGIC), f"{len(lines)} {blobs}", *lines]) + "\n")
