"""Writes small PyTorch checkpoints by hand, in both layouts, for the tests of convert-weights.

The pickles are spelled out opcode by opcode, as PyTorch's own writer does it, so the tests need no PyTorch and the
reader is tested against the format and not against itself.
"""
import pickle
import struct
import zipfile

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C


def text(value):
    data = value.encode()
    return b"X" + struct.pack("<I", len(data)) + data


def number(value):
    return b"J" + struct.pack("<i", value)


def numbers(values):
    return b"(" + b"".join(number(value) for value in values) + b"t"


def tensor(key, count, offset, shape, strides, storage="FloatStorage", legacy=True):
    identity = b"(" + text("storage") + b"ctorch\n" + storage.encode() + b"\n" + text(key) + text("cpu") + number(count)
    identity += (b"N" if legacy else b"") + b"tQ"
    return (b"ctorch._utils\n_rebuild_tensor_v2\n(" + identity + number(offset) + numbers(shape) + numbers(strides)
            + b"\x89ccollections\nOrderedDict\n)RtR")


def table(entries):
    """`entries`: [(name, pickled value)]. An ordered dictionary with the attribute that PyTorch adds."""
    body = b"".join(text(name) + value for name, value in entries)
    return b"\x80\x02ccollections\nOrderedDict\n)R(" + body + b"u}" + text("_metadata") + b"}sb."


def row_major_strides(shape):
    strides, step = [], 1
    for size in reversed(shape):
        strides.insert(0, step)
        step *= size
    return strides


def contents(tensors, legacy):
    """The table, and [(key, item count, bytes)] of the storages. `tensors`: {name: (shape, values)}."""
    entries, storages = [], []
    for index, (name, (shape, values)) in enumerate(tensors.items()):
        key = str(1000 + index)
        entries.append((name, tensor(key, len(values), 0, shape, row_major_strides(shape), legacy=legacy)))
        storages.append((key, len(values), struct.pack("<%df" % len(values), *values)))
    return table(entries), storages


def write_legacy(path, pickled, storages):
    system = {"protocol_version": 1001, "little_endian": True, "type_sizes": {"short": 2, "int": 4, "long": 4}}
    with open(path, "wb") as stream:
        for value in (LEGACY_MAGIC, 1001, system):
            stream.write(pickle.dumps(value, protocol=2))
        stream.write(pickled)
        stream.write(pickle.dumps([key for key, _, _ in storages], protocol=2))
        for _, count, data in storages:
            stream.write(struct.pack("<q", count) + data)


def write_zip(path, pickled, storages):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/data.pkl", pickled)
        archive.writestr("archive/byteorder", "little")
        archive.writestr("archive/version", "3\n")
        for key, _, data in storages:
            archive.writestr("archive/data/" + key, data)
