#!/usr/bin/env python3
"""Set up and start the project with nothing but Python and pip.

python3 dev.py run [OPTIONS]     install what is needed and serve the shipped data
python3 dev.py test              install the test tools and run every check
python3 dev.py test --fast       run the quick tests, which call functions of every module
python3 dev.py test --slow       run all other tests
python3 dev.py test --faults     run the long series of trials in full, and nothing else
python3 dev.py test OPTIONS      run pytest with these options, also beside one of those above
python3 dev.py check             check format, style and types only
python3 dev.py install           only set up, so that .venv/bin/orgmodel works
python3 dev.py bench [NAME...]   run the benchmarks
python3 dev.py texts             bring the Danish catalogues up to date with the code
python3 dev.py lock              write the lock files anew from pyproject.toml; needs uv
python3 dev.py lowest [OPTIONS]  run the tests with the lowest versions that pyproject.toml allows, in an
                                 environment that is thrown away; needs uv; options go to pytest
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
# The environment may be deleted and recreated, even if this file is run from inside it.
OUTSIDE = getattr(sys, "_base_executable", None) or sys.executable
LOCKS = {"run": ROOT / "requirements.txt", "dev": ROOT / "requirements-dev.txt"}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
CHECKS: tuple[tuple[str | Path, ...], ...] = (
    (PYTHON, "-m", "ruff", "format", "--check", "."),
    (PYTHON, "-m", "ruff", "check", "."),
    (PYTHON, "-m", "mypy"),
)
# The programs with which tests open exported files, by Debian package.
READERS = {"libreoffice-impress": "soffice", "poppler-utils": "pdftotext", "graphviz": "dot"}
CARLITO = Path("/usr/share/fonts/truetype/crosextra/Carlito-Regular.ttf")
# Each process has its own browser and takes half a gigabyte.
MOST_WORKERS = 8
OLDEST_PYTHON = (3, 11)
OLDEST_PIP_WITH_PYTHON_OPTION = (22, 3)


def main(arguments: list[str]) -> int:
    """Run one command and return its exit status."""
    # Terminals show escapes for characters outside their encoding, also in child processes.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    encoding = os.environ.get("PYTHONIOENCODING", "").partition(":")[0]
    os.environ["PYTHONIOENCODING"] = f"{encoding}:backslashreplace"
    command, *rest = arguments or ["help"]
    commands = {
        "run": run,
        "test": test,
        "check": check,
        "install": install,
        "bench": bench,
        "texts": texts,
        "lock": lock,
        "lowest": lowest,
    }
    if command not in commands:
        print(__doc__)
        return 0 if command in {"help", "-h", "--help"} else 2
    return commands[command](rest)


def run(options: list[str]) -> int:
    """Serve the shipped data."""
    ensure_environment("run")
    return call(BIN / "orgmodel", "serve", *options)


def install(_options: list[str]) -> int:
    """Install only."""
    ensure_environment("run")
    print(f"ready: {BIN / 'orgmodel'}")
    return 0


def test(options: list[str]) -> int:
    """Check format, style and types, then run the tests; with options, run only pytest."""
    ensure_environment("dev")
    browser = ensure_programs()
    if browser:
        os.environ["ORGMODEL_BROWSER"] = browser
    pytest: tuple[str | Path, ...] = (PYTHON, "-m", "pytest")
    if options:
        # A few selected tests are fastest in one process.
        if {"--fast", "--slow", "--faults"} & set(options):
            options = [*side_by_side(), *options]
        return call(*pytest, *options)
    return run_all(
        *CHECKS,
        # Coverage doubles the time of tests, and the fast tests run nearly every line.
        (*pytest, *side_by_side(), "--fast", "--cov", "--cov-report=term:skip-covered"),
        (PYTHON, ROOT / "tests" / "touched.py"),
        (*pytest, *side_by_side(), "--slow"),
    )


def check(_options: list[str]) -> int:
    """Check format, style and types."""
    ensure_environment("dev")
    return run_all(*CHECKS)


def run_all(*steps: tuple[str | Path, ...]) -> int:
    """Run all commands, print which failed, and return 1 if any did."""
    failed = [step for step in steps if call(*step)]
    for step in failed:
        print(f"failed: {' '.join(str(part) for part in step)}", file=sys.stderr)
    return 1 if failed else 0


def side_by_side() -> tuple[str, ...]:
    """Return the options with which pytest uses all cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return ("-n", str(min(cores or 1, MOST_WORKERS)), "--dist", "worksteal")


def bench(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    ensure_environment("dev")
    browser = ensure_programs()
    if browser:
        os.environ["ORGMODEL_BROWSER"] = browser
    folder = ROOT / "tests" / "benchmarks"
    names = names or sorted(path.stem for path in folder.glob("bench_*.py"))
    return max((call(PYTHON, "-m", f"tests.benchmarks.{name}") for name in names), default=0)


def texts(_options: list[str]) -> int:
    """Add new texts to the Danish catalogues, and remove unused ones."""
    ensure_environment("dev")
    return call(PYTHON, ROOT / "tests" / "catalogues.py")


def lock(_options: list[str]) -> int:
    """Resolve the newest versions that pyproject.toml allows, for all platforms, with hashes."""
    import tomllib  # noqa: PLC0415 - missing in old Pythons, which need to reach the version check

    common = ("--universal", "--generate-hashes", "--no-header", "--python-version", "3.11", "-q")
    # Without --no-deps, old pips in hash mode require dependencies with an extra to be pinned so.
    extras = "--no-strip-extras"
    compiler = (uv(), "pip", "compile", *common, extras, "pyproject.toml", "--upgrade")
    run_lock, dev_lock = LOCKS["run"].name, LOCKS["dev"].name
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    without = [f"--no-emit-package={name}" for name in project["tool"]["orgmodel"]["run-without"]]
    require(*compiler, "--group", "build", *without, "-o", run_lock)
    require(*compiler, "--group", "dev", "-c", run_lock, "-o", dev_lock)
    ensure_environment("dev")
    return call(PYTHON, ROOT / "tests" / "locks.py")


def lowest(options: list[str]) -> int:
    """Run the tests that need no browser with the lowest allowed versions of all dependencies."""
    with tempfile.TemporaryDirectory() as folder:
        pins, environment = Path(folder) / "pins.txt", Path(folder) / "environment"
        lowest_pins = ("--resolution", "lowest-direct", "--group", "dev", "-o", pins)
        require(uv(), "pip", "compile", "-q", "pyproject.toml", *lowest_pins, "-p", OUTSIDE)
        require(uv(), "venv", "-q", "-p", OUTSIDE, environment)
        python = environment / PYTHON.relative_to(VENV)
        into = (uv(), "pip", "install", "-q", "-p", python, "--no-deps")
        require(*into, "-r", pins)
        require(*into, "--no-build-isolation", "--editable", ROOT)
        # The lock files have other versions.
        skipped = ("-m", "not browser", "--ignore", "tests/test_locks.py")
        return call(python, "-m", "pytest", *skipped, *options)


def uv() -> str:
    """Return the path of uv, which resolves versions."""
    return shutil.which("uv") or stop("this needs uv: install it first (pipx install uv)")


def ensure_environment(kind: str) -> None:
    """Create or update .venv, unless it already matches the lock file of `kind`."""
    if sys.version_info < OLDEST_PYTHON:
        stop("Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    stamp = VENV / "installed"
    installed = stamp.read_text(encoding="utf-8") if PYTHON.exists() and stamp.exists() else ""
    # The test environment includes all run-time dependencies, so it is sufficient for `run`.
    if installed in {fingerprint(kind), fingerprint("dev")}:
        return
    print(f"setting up {VENV} ...", flush=True)
    # An interrupted installation has no stamp and is repeated.
    stamp.unlink(missing_ok=True)
    # Both lock files have the same run-time versions, so test tools can be added.
    is_new = installed != fingerprint("run")
    quiet = ("install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore")
    pip = (*environment_with_pip(is_new=is_new), *quiet, "--no-deps")
    require(*pip, "--require-hashes", "-r", LOCKS[kind])
    if is_new:
        require(*pip, "--no-build-isolation", "--editable", ROOT)
    stamp.write_text(fingerprint(kind), encoding="utf-8")


def fingerprint(kind: str) -> str:
    """Return a hash of everything that the environment of `kind` depends on."""
    parts = [LOCKS[kind].read_bytes(), (ROOT / "pyproject.toml").read_bytes()]
    parts += [kind.encode(), sys.version.encode(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def environment_with_pip(*, is_new: bool) -> list[str | Path]:
    """Create an empty environment if requested; return the pip command that installs into it.

    Debian's Python lacks ensurepip, so the environment is created without pip and filled by the
    pip of this Python; the environment gets its own pip only if that one is too old.
    """
    if is_new:
        shutil.rmtree(VENV, ignore_errors=True)
    asks = "import pip; print(pip.__version__)"
    version = subprocess.run([OUTSIDE, "-c", asks], capture_output=True, text=True, check=False)
    number = tuple(int(part) for part in re.findall("[0-9]+", version.stdout)[:2])
    if number >= OLDEST_PIP_WITH_PYTHON_OPTION:
        if is_new:
            require(OUTSIDE, "-m", "venv", "--without-pip", VENV)
        return [OUTSIDE, "-m", "pip", "--python", PYTHON]
    if not is_new:
        return [PYTHON, "-m", "pip"]
    made = subprocess.run(
        [OUTSIDE, "-m", "venv", VENV], capture_output=True, text=True, check=False
    )
    if made.returncode:
        stop("pip is missing: install it first (on Debian: apt-get install python3-pip)")
    return [PYTHON, "-m", "pip"]


def ensure_programs() -> str | None:
    """Return the path of a Chromium browser, after installing all programs that tests need.

    If this user may not install them, a message says what to install; with CI set that is a
    failure, otherwise the tests that need them are skipped.
    """
    wanted = missing_packages()
    if wanted and shutil.which("apt-get"):
        install_packages(wanted)
        wanted = missing_packages()
    if not wanted:
        return find_browser()
    advice = f"some tests need {' and '.join(wanted)}: install them first"
    advice += f" (on Debian: apt-get install {' '.join(wanted)})"
    if os.environ.get("CI"):
        stop(advice)
    print(f"{advice}; until then these tests are skipped", file=sys.stderr)
    return None


def missing_packages() -> list[str]:
    """Return the Debian packages that the tests still need."""
    missing = [] if find_browser() else ["chromium"]
    missing += [package for package, program in READERS.items() if not shutil.which(program)]
    # Slides use Calibri; this font has the same widths where Calibri is not installed.
    if not CARLITO.exists() and shutil.which("apt-get"):
        missing.append("fonts-crosextra-carlito")
    # Playwright ships the browser's driver, but not the system library that it needs.
    if call(PYTHON, "-m", "playwright", "--version", quiet=True):
        missing.append("libatomic1")
    return missing


def find_browser() -> str | None:
    """Return the first Chromium browser on the search path."""
    named = os.environ.get("ORGMODEL_BROWSER")
    if named and Path(named).exists():
        return named
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def install_packages(names: list[str]) -> None:
    """Install Debian packages as root, or through sudo if it needs no password."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        prefix: list[str] = []
    elif shutil.which("sudo") and call("sudo", "-n", "true", quiet=True) == 0:
        prefix = ["sudo", "-n"]
    else:
        return
    print(f"installing {', '.join(names)} ...", flush=True)
    environment = ("env", "DEBIAN_FRONTEND=noninteractive")
    apt = (*prefix, *environment, "apt-get", "-qq", "-o", "Dpkg::Use-Pty=0")
    call(*apt, "update", quiet=True)
    call(*apt, "install", "--yes", "--no-install-recommends", *names, quiet=True)


def call(*command: str | Path, quiet: bool = False) -> int:
    """Run a command in the project's folder and return its exit status."""
    output = subprocess.DEVNULL if quiet else None
    parts = [str(part) for part in command]
    try:
        return subprocess.run(
            parts, cwd=ROOT, check=False, stdout=output, stderr=output
        ).returncode
    except KeyboardInterrupt:
        return 130


def require(*command: str | Path) -> None:
    """Run a command that must succeed."""
    if status := call(*command):
        stop(f"failed with status {status}: {' '.join(str(part) for part in command)}")


def stop(reason: str) -> NoReturn:
    """Exit with an error message."""
    print(f"dev.py: {reason}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
