#!/usr/bin/env python3
"""Plants a defect into a copy of the program, builds it, and looks how soon explore finds it.

  planted.py BUILD_DIR     all of them
  planted.py BUILD_DIR N   the first N

Each file NAME.patch beside this one is a defect; its first line says within how many seeds of which
scenario in scenarios/storms/ it must be found, and by which invariant: by one of several where the
defect has several consequences, since which comes first is the seeds' affair. The program without a
defect must pass the same seeds: a search that cries wolf proves nothing. The product has no hook for
this.

BUILD_DIR is a build of the tree as it is, whose compiler and kind the copy is built with.
"""
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
COPIED = ["base", "mockrpc", "coordinator", "sim", "cmake", "docs", "scenarios", "CMakeLists.txt"]
SEEDS_WITHOUT_DEFECT = {"rough": 1000, "rough-life": 1000}  # the scenarios that there are
INVARIANT_VIOLATED = 4
HEAD = re.compile(r"found within (\d+) seeds of ([\w-]+) by (\w+(?: or \w+)*): (.+)")


def run(command, **more):
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, **more)


def must(command, **more):
    done = run(command, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(str(word) for word in command)}: exit {done.returncode}\n"
                 f"{done.stdout[-4000:]}{done.stderr[-4000:]}")
    return done.stdout


def cached(build, name):
    for line in (build / "CMakeCache.txt").read_text().splitlines():
        if line.startswith(name + ":"):
            return line.split("=", 1)[1]
    return ""


class Copy:
    """The tree in a folder of its own, built as often as it is changed."""

    def __init__(self, folder, build):
        self.tree = folder / "tree"
        self.tree.mkdir()
        for name in COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, self.tree / name)
            else:
                shutil.copy(source, self.tree / name)
        # Where a preset would build it: a compiler cache then knows what was compiled before.
        self.build = self.tree / "build" / "release"
        same = [f"-D{name}={cached(build, name)}" for name in
                ("CMAKE_BUILD_TYPE", "CMAKE_CXX_COMPILER", "CMAKE_UNITY_BUILD")]
        must(["cmake", "-G", "Ninja", "-S", self.tree, "-B", self.build, *same,
              "-DESCROWSTORM_TESTS=OFF", "-DESCROWSTORM_BENCH=OFF"])

    def make(self):
        must(["cmake", "--build", self.build, "--target", "escrowstorm"])

    def patch(self, file, *flags):
        must(["patch", "-p1", "--no-backup-if-mismatch", *flags, "-i", file], cwd=self.tree)

    def explore(self, scenario, seeds, out):
        return run([self.build / "bin" / "escrowstorm", "explore",
                    self.tree / f"scenarios/storms/{scenario}.json", "--seeds", seeds, "--jobs", 2,
                    "--quiet", "--out", out], cwd=self.tree)


class Defect:
    """What the first line of a patch says."""

    def __init__(self, patch):
        said = HEAD.fullmatch(patch.read_text().splitlines()[0])
        if not said:
            sys.exit(f"{patch}: the first line must say: "
                     "found within N seeds of SCENARIO by INVARIANT [or INVARIANT ...]: WHAT")
        self.patch = patch
        self.seeds = int(said[1])
        self.scenario = said[2]
        self.invariants = said[3].split(" or ")
        self.what = said[4]
        if self.seeds > SEEDS_WITHOUT_DEFECT.get(self.scenario, 0):
            sys.exit(f"{patch}: of {self.scenario} {self.seeds} seeds are never run without a defect")


def passes_without_defect(copy, scenario, seeds, folder):
    clean = copy.explore(scenario, seeds, folder / f"clean-{scenario}")
    print(f"no defect: exit {clean.returncode} after {seeds} seeds of {scenario}", flush=True)
    if clean.returncode != 0:
        print(clean.stdout + clean.stderr)
    return clean.returncode == 0


def is_found(copy, defect, folder):
    copy.patch(defect.patch)
    copy.make()
    found = copy.explore(defect.scenario, defect.seeds, folder / defect.patch.stem)
    copy.patch(defect.patch, "-R")
    said = re.search(r"^violated +(\w+) at seed (\d+)", found.stdout, re.M)
    good = found.returncode == INVARIANT_VIOLATED and said and said[1] in defect.invariants
    print(f"{'found' if good else 'NOT AS EXPECTED'}: {defect.what}: " +
          (f"{said[1]} at seed {said[2]} of {defect.seeds} of {defect.scenario}" if said else
           f"exit {found.returncode}, nothing in {defect.seeds} seeds of {defect.scenario}"),
          flush=True)
    if not good:
        print(found.stdout[-3000:] + found.stderr[-3000:])
    return good


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    patches = sorted(HERE.glob("*.patch"))[:int(sys.argv[2]) if len(sys.argv) > 2 else None]
    defects = [Defect(patch) for patch in patches]
    with tempfile.TemporaryDirectory(prefix="escrowstorm-planted-") as folder:
        folder = pathlib.Path(folder)
        copy = Copy(folder, build)
        copy.make()
        good = [passes_without_defect(copy, scenario, seeds, folder)
                for scenario, seeds in SEEDS_WITHOUT_DEFECT.items()]
        good += [is_found(copy, defect, folder) for defect in defects]
    print(f"{sum(good)} of {len(good)} as expected")
    return 0 if all(good) and defects else 1


if __name__ == "__main__":
    sys.exit(main())
