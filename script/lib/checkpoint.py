"""Reads the floating-point tensors of a PyTorch checkpoint with the standard library alone.

Both layouts are read: the stream of pickles written before PyTorch 1.6, and the zip archive written since. The
table of tensors goes through `tensor_pickle`, which admits tensors and containers and nothing else; here the numbers
are read, checked against the table and laid out in row-major order. Works on one thread; holds the whole file once.
"""
import array
import io
import math
import struct
import sys
import zipfile

from tensor_pickle import CheckpointError, TableOfTensors, Tensor

LEGACY_MAGIC = 0x1950A86A20F9469CFC6C
LARGEST_TABLE = 16_000_000
"""Bytes; the table of a network with a few hundred tensors takes some 50 kB."""


def read_tensors(path):
    """{name: (shape, array of float32 in row-major order)} of every floating-point tensor; counters are left out."""
    with open(path, "rb") as stream:
        table, storages = (from_zip if zipfile.is_zipfile(stream) else from_legacy)(stream)
    if isinstance(table.get("state_dict"), dict):
        table = table["state_dict"]
    floating = {name: t for name, t in table.items() if isinstance(t, Tensor) and t.storage.code in "fde"}
    if not floating:
        raise CheckpointError("holds no table of tensors")
    return {name: (tensor.shape, row_major(tensor, storages)) for name, tensor in floating.items()}


def from_zip(stream):
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            index = next((n for n in archive.namelist() if n.endswith("/data.pkl") or n == "data.pkl"), None)
            if index is None:
                raise CheckpointError("is a zip archive, but not one written by PyTorch")
            folder = index[:-len("data.pkl")]
            if folder + "byteorder" in archive.namelist() and archive.read(folder + "byteorder") != b"little":
                raise CheckpointError("was written on a big-endian computer, which is not supported")
            if archive.getinfo(index).file_size > LARGEST_TABLE:
                raise CheckpointError("is damaged: its table of tensors is too large")
            table = container_table(TableOfTensors(io.BytesIO(archive.read(index))).read())
            wanted = {t.storage.key: t.storage for t in tensors_in(table)}
            return table, {key: items(s, entry(archive, folder + "data/" + key, s)) for key, s in wanted.items()}
    except (zipfile.BadZipFile, KeyError, EOFError, zipfile.zlib.error) as error:
        raise CheckpointError("is damaged or cut off") from error


def entry(archive, name, storage):
    """Read only if the archive announces exactly the expected size, so that nothing can unpack into gigabytes."""
    if archive.getinfo(name).file_size != byte_count(storage):
        raise CheckpointError("is damaged or cut off")
    return archive.read(name)


def from_legacy(stream):
    stream.seek(0)
    try:
        magic = TableOfTensors(stream).read()
    except CheckpointError as error:
        raise CheckpointError("is not a PyTorch checkpoint") from error
    if magic != LEGACY_MAGIC:
        raise CheckpointError("is not a PyTorch checkpoint")
    TableOfTensors(stream).read()  # The version of the protocol; 1001 is the only one there ever was.
    system = container_table(TableOfTensors(stream).read())
    if system.get("little_endian") is not True:
        raise CheckpointError("was written on a big-endian computer, which is not supported")
    table = container_table(TableOfTensors(stream).read())
    wanted = {t.storage.key: t.storage for t in tensors_in(table)}
    storages = {}
    for key in TableOfTensors(stream).read():
        header = stream.read(8)
        if key not in wanted or len(header) != 8 or struct.unpack("<q", header)[0] != wanted[key].count:
            raise CheckpointError("is damaged or cut off")
        storages[key] = items(wanted[key], stream.read(byte_count(wanted[key])))
    return table, storages


def container_table(value):
    if not isinstance(value, dict):
        raise CheckpointError("holds no table of tensors")
    return value


def tensors_in(table):
    nested = table.get("state_dict")
    values = list(table.values()) + (list(nested.values()) if isinstance(nested, dict) else [])
    return [value for value in values if isinstance(value, Tensor)]


def byte_count(storage):
    return storage.count * struct.calcsize("=" + storage.code)


def items(storage, data):
    """The numbers of one storage, as an array of float32 (or of integers for the counters)."""
    if len(data) != byte_count(storage):
        raise CheckpointError("is damaged or cut off")
    if storage.code == "e":
        return array.array("f", struct.unpack("<%de" % storage.count, data))
    numbers = array.array(storage.code)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return array.array("f", numbers) if storage.code == "d" else numbers


def row_major(tensor, storages):
    """Gathers a strided view. Kernels that came from TensorFlow are stored transposed, so this is the usual case."""
    source = storages.get(tensor.storage.key)
    axes = [(size, stride) for size, stride in zip(tensor.shape, tensor.strides) if size != 1]
    if source is None or tensor.offset + sum((size - 1) * stride for size, stride in axes) >= len(source):
        raise CheckpointError("is damaged: a tensor reaches past its numbers")
    gathered = array.array("f")
    if any(size == 0 or stride == 0 for size, stride in axes) or math.prod(tensor.shape) > len(source):
        raise CheckpointError("is damaged: a tensor does not fit its numbers")
    size, stride = axes.pop() if axes else (1, 1)
    for start in starts(axes, tensor.offset):
        gathered.extend(source[start:start + (size - 1) * stride + 1:stride])
    return gathered


def starts(axes, offset):
    if not axes:
        yield offset
        return
    (size, stride), rest = axes[0], axes[1:]
    for index in range(size):
        yield from starts(rest, offset + index * stride)
