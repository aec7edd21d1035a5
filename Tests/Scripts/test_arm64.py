"""That the kernels compile, without a warning, for a processor that has none of the vector paths: 64-bit ARM."""
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

KERNELS = Path(__file__).resolve().parents[2] / "Sources" / "CKernels"
HEADERS = Path("/usr/aarch64-linux-gnu/include")


def clang():
    """The compiler that comes with Swift, which is the one that compiles the kernels for the app."""
    swift = shutil.which("swift")
    beside = Path(swift).resolve().parent / "clang" if swift else None
    return str(beside) if beside and beside.exists() else shutil.which("clang")


@unittest.skipUnless(HEADERS.is_dir(), "needs the Debian package libc6-dev-arm64-cross")
class Arm64Test(unittest.TestCase):
    def compile(self, source):
        command = [
            clang(), "--target=aarch64-linux-gnu", "-isystem", str(HEADERS), f"-I{KERNELS / 'include'}", f"-I{KERNELS}",
            "-std=gnu11", "-O3", "-Wall", "-Wextra", "-Werror", "-c", str(source), "-o", "/dev/null"]
        return subprocess.run(command, capture_output=True, text=True)

    def test_every_kernel_compiles_without_a_warning(self):
        sources = sorted(KERNELS.glob("*.c"))
        self.assertGreater(len(sources), 5)
        for source in sources:
            with self.subTest(source.name):
                result = self.compile(source)
                self.assertEqual(result.returncode, 0, result.stderr)

    def test_a_kernel_without_a_portable_path_is_noticed(self):
        text = (KERNELS / "resample.c").read_text()
        broken = re.sub(r"#if defined\(__x86_64__\)", "#if 1", text)
        self.assertNotEqual(broken, text)
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "resample.c"
            source.write_text(broken)
            self.assertNotEqual(self.compile(source).returncode, 0)


if __name__ == "__main__":
    unittest.main()
