"""What script/convert-weights reads, what it refuses, and that it leaves nothing behind when it does."""
import json
import os
import random
import struct
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import checkpoints

PROJECT = Path(__file__).resolve().parents[2]
SCRIPT = PROJECT / "script" / "convert-weights"
sys.path.insert(0, str(PROJECT / "script" / "lib"))
from checkpoint import read_tensors  # noqa: E402
from networks import NETWORKS  # noqa: E402


def small_numbers(network):
    """{name: (shape, values)} for every tensor of a network, each filled with its own constant; the first counts up."""
    tensors = {}
    for index, (name, shape) in enumerate(NETWORKS[network]().items()):
        count = 1
        for size in shape:
            count *= size
        tensors[name] = (shape, list(range(count)) if index == 0 else [index / 4] * count)
    return tensors


class ConvertWeights(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.source, self.target = self.folder / "weights.pth", self.folder / "out" / "weights.safetensors"

    def convert(self, network="efficientnet_lite0"):
        return subprocess.run([sys.executable, SCRIPT, self.source, self.target, "--network", network],
                              capture_output=True, text=True, cwd=self.folder)

    def assert_refused(self, because, network="efficientnet_lite0"):
        result = self.convert(network)
        self.assertEqual(result.returncode, 1)
        self.assertIn(because, result.stderr)
        self.assertEqual(result.stderr.count("\n"), 1, "one sentence, no traceback: " + result.stderr)
        self.assertTrue(result.stderr.startswith("The file %s " % self.source))
        left = os.listdir(self.target.parent) if self.target.parent.exists() else []
        self.assertEqual(left, [])

    def read_back(self):
        data = self.target.read_bytes()
        length = struct.unpack_from("<Q", data)[0]
        header = json.loads(data[8:8 + length])
        self.assertEqual((8 + length) % 8, 0)
        header.pop("__metadata__")
        self.assertEqual(len(data), 8 + length + max(t["data_offsets"][1] for t in header.values()))
        return header, data[8 + length:]

    def assert_holds(self, tensors):
        header, body = self.read_back()
        self.assertEqual(set(header), set(tensors))
        for name, (shape, values) in tensors.items():
            self.assertEqual(header[name]["dtype"], "F32")
            self.assertEqual(header[name]["shape"], list(shape))
            start, end = header[name]["data_offsets"]
            self.assertEqual(end - start, 4 * len(values))
            self.assertEqual(list(struct.unpack("<%df" % len(values), body[start:end])), values)

    def test_reads_the_old_stream_of_pickles(self):
        tensors = small_numbers("efficientnet_lite0")
        checkpoints.write_legacy(self.source, *checkpoints.contents(tensors, legacy=True))
        result = self.convert()
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assert_holds(tensors)
        self.assertEqual(os.listdir(self.target.parent), [self.target.name])

    def test_reads_the_zip_archive(self):
        tensors = small_numbers("mobilenet_v2")
        checkpoints.write_zip(self.source, *checkpoints.contents(tensors, legacy=False))
        result = self.convert("mobilenet_v2")
        self.assertEqual((result.returncode, result.stderr), (0, ""))
        self.assert_holds(tensors)

    def test_check_tells_whole_files_from_cut_off_ones(self):
        checkpoints.write_legacy(self.source, *checkpoints.contents(small_numbers("efficientnet_lite0"), legacy=True))
        self.assertEqual(self.convert().returncode, 0)
        command = [sys.executable, SCRIPT, "--check", self.target, "--network", "efficientnet_lite0"]
        self.assertEqual(subprocess.run(command, capture_output=True).returncode, 0)
        os.truncate(self.target, self.target.stat().st_size - 4)
        result = subprocess.run(command, capture_output=True, text=True)
        self.assertEqual(result.returncode, 1)
        self.assertIn("cut off", result.stderr)

    def test_the_wrong_network_is_refused(self):
        checkpoints.write_zip(self.source, *checkpoints.contents(small_numbers("mobilenet_v2"), legacy=False))
        self.assert_refused("does not hold the network efficientnet_lite0")

    def test_a_wrong_shape_is_refused_by_name(self):
        tensors = small_numbers("efficientnet_lite0")
        tensors["_bn1.bias"] = ((2,), [0, 0])
        checkpoints.write_legacy(self.source, *checkpoints.contents(tensors, legacy=True))
        self.assert_refused("_bn1.bias has the shape [2] instead of [1280]")

    def test_numbers_that_are_not_finite_are_refused(self):
        tensors = small_numbers("efficientnet_lite0")
        tensors["_bn0.weight"] = ((32,), [float("nan")] + [1] * 31)
        checkpoints.write_legacy(self.source, *checkpoints.contents(tensors, legacy=True))
        self.assert_refused("_bn0.weight holds numbers that are not finite")

    def test_a_pickle_that_runs_a_command_is_refused_and_does_not_run(self):
        trace = self.folder / "trace"
        for write in (checkpoints.write_legacy, checkpoints.write_zip):
            pickled = b"\x80\x02cposix\nsystem\n(" + checkpoints.text("touch %s" % trace) + b"tR."
            write(self.source, pickled, [])
            self.assert_refused("asks to run posix.system")
        self.assertFalse(trace.exists())

    def test_an_opcode_that_tables_of_tensors_never_use_is_refused(self):
        checkpoints.write_zip(self.source, b"\x80\x02(Vx\ni__main__\nThing\n.", [])
        self.assert_refused("asks for something other than tensors")

    def test_files_cut_off_anywhere_are_refused(self):
        chance = random.Random(7)
        for write, legacy in ((checkpoints.write_legacy, True), (checkpoints.write_zip, False)):
            write(self.source, *checkpoints.contents(small_numbers("efficientnet_lite0"), legacy))
            whole = self.source.read_bytes()
            for length in [0, 5, 200, len(whole) - 1] + [chance.randrange(len(whole)) for _ in range(4)]:
                self.source.write_bytes(whole[:length])
                self.assert_refused(" is ")

    def test_other_files_are_refused(self):
        self.source.write_text("not weights at all")
        self.assert_refused("is not a PyTorch checkpoint")

    def test_a_file_that_is_not_there_is_named(self):
        result = self.convert()
        self.assertEqual(result.returncode, 1)
        self.assertEqual(result.stderr, "The file %s could not be used: No such file or directory.\n" % self.source)


class Tensors(unittest.TestCase):
    """Views into storages: what the published Lite0 weights are made of."""

    def read(self, pickled, values, code="f"):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.pth"
            data = struct.pack("<%d%s" % (len(values), code), *values)
            checkpoints.write_zip(path, pickled, [("k", len(values), data)])
            return {name: (shape, list(flat)) for name, (shape, flat) in read_tensors(path).items()}

    def one(self, count, offset, shape, strides, storage="FloatStorage"):
        return checkpoints.table([("t", checkpoints.tensor("k", count, offset, shape, strides, storage, legacy=False))])

    def test_a_transposed_view_is_laid_out_in_row_major_order(self):
        # Six numbers stored as 3 x 2 and looked at as 2 x 3.
        self.assertEqual(self.read(self.one(6, 0, (2, 3), (1, 2)), [0, 1, 2, 3, 4, 5]),
                         {"t": ((2, 3), [0, 2, 4, 1, 3, 5])})

    def test_an_offset_and_axes_of_one(self):
        self.assertEqual(self.read(self.one(6, 2, (1, 2, 1), (9, 2, 7)), [0, 1, 2, 3, 4, 5]),
                         {"t": ((1, 2, 1), [2, 4])})

    def test_half_and_double_become_single_precision(self):
        self.assertEqual(self.read(self.one(2, 0, (2,), (1,), "HalfStorage"), [0.5, -2], "e"),
                         {"t": ((2,), [0.5, -2])})
        self.assertEqual(self.read(self.one(2, 0, (2,), (1,), "DoubleStorage"), [0.5, -2], "d"),
                         {"t": ((2,), [0.5, -2])})

    def test_a_view_past_the_end_or_larger_than_its_storage_is_refused(self):
        for offset, shape, strides in ((1, (6,), (1,)), (0, (2, 3), (4, 1)), (0, (3, 3), (1, 1)), (-1, (2,), (1,))):
            with self.assertRaisesRegex(Exception, "is damaged"):
                self.read(self.one(6, offset, shape, strides), [0, 1, 2, 3, 4, 5])

    def test_counters_are_left_out(self):
        pickled = checkpoints.table([
            ("t", checkpoints.tensor("k", 2, 0, (2,), (1,), legacy=False)),
            ("n", checkpoints.tensor("k2", 1, 0, (), (), "LongStorage", legacy=False))])
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "t.pth"
            checkpoints.write_zip(path, pickled, [("k", 2, struct.pack("<2f", 1, 2)), ("k2", 1, struct.pack("<q", 9))])
            self.assertEqual(list(read_tensors(path)), ["t"])


if __name__ == "__main__":
    unittest.main()
