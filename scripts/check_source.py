#!/usr/bin/env python3
"""Rules of the house that no compiler holds. Prints a line for each breach; exit status 1 if any.

  check_source.py              checks the tree this script stands in
  check_source.py --self-test  shows every rule a file that breaks it, and one that does not
"""
import pathlib
import re
import sys
import tempfile

LAYERS = {
    "base": {"base"},
    "mockrpc": {"mockrpc", "base"},
    "coordinator": {"coordinator", "base"},
    "sim": {"sim", "base", "mockrpc", "coordinator"},
}

# What may be used only in the files named, each with its reason.
BANNED = [
    (r"\b(steady_clock|system_clock|high_resolution_clock)::now\b", "time comes from Clock",
     {"base/real_clock.cpp"}),
    (r"\b(clock_gettime|gettimeofday|std::time|::time)\s*\(", "time comes from Clock",
     {"base/http/response.cpp"}),  # Last-Modified is a date of the wall clock
    (r"\bstd::random_device\b|\b(getrandom|randombytes_\w+|srand|rand)\s*\(|\bstd::mt19937",
     "chance comes from RandomStream", set()),
    (r"\b(getentropy|RAND_bytes)\s*\(", "chance comes from RandomStream",
     {"base/http/digest.cpp",      # nonces, which guard a password and steer nothing
      "sim/process/entropy.cpp",   # names that no earlier run has used on a live fleet
      "mockrpc/cli/serve.cpp"}),   # a seed where none is given: two fleets may share a folder
    (r"\bstd::(\w+_distribution|shuffle|sample)\b", "the standard library's differ between vendors",
     set()),
    (r"\b(system|popen)\s*\(", "no shell is built from input", set()),
]
HEAVY = r"#include <(boost/beast|boost/json|nlohmann/json\.hpp|CLI/|openssl/)"
# Headers of one or two .cpp files beside them.
HEAVY_INTERNAL = {"base/epee/read_params.hpp", "base/epee/stored_json.hpp", "base/http/session.hpp",
                  "base/http/tls_stream.hpp", "sim/conformance/transcript_step.hpp"}
BRACE_IN_AWAIT = r"co_await[^;]*[\[{]"
AWAIT_AS_OPERAND = r"(&&|\|\||\?)\s*!?\s*co_await"
SKIPPED_TEST = r"\bGTEST_SKIP\b|\bDISABLED_\w|(EXPECT|ASSERT)_TRUE\(true\)"
# A few milliseconds between two looks at another process are all right.
REAL_SLEEP = (r"\bsleep_for\s*\((?!std::chrono::milliseconds\([1-5]\)\))|\b(usleep|nanosleep)\s*\("
              r"|[^_]\bsleep\s*\(\d")
LEFT_OVER = r"\b(TODO|FIXME|XXX|HACK)\b"
LINES_MAX = 400


def strip_comments(text):
    """Comments and the insides of strings become blanks; lines keep their numbers."""
    pattern = r'//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'
    def blank(match):
        found = match.group(0)
        kept = '""' if found.startswith('"') else " "
        return kept + "\n" * found.count("\n")
    return re.sub(pattern, blank, text, flags=re.S)


def awaits_in_conditions(code):
    """The lines of if, while and switch whose condition awaits."""
    for match in re.finditer(r"\b(if|while|switch)\s*\(", code):
        depth, end = 1, match.end()
        while depth and end < len(code):
            depth += {"(": 1, ")": -1}.get(code[end], 0)
            end += 1
        if "co_await" in code[match.end():end]:
            yield code.count("\n", 0, match.start()) + 1


def breaches_of(path, text):
    """Yields (line, what) for one file; `path` is relative to the root, with slashes."""
    layer = path.split("/")[0]
    code = strip_comments(text)
    def find(pattern, what, within=code):
        for match in re.finditer(pattern, within):
            yield within.count("\n", 0, match.start()) + 1, what

    if layer in LAYERS:
        for match in re.finditer(r'^#include "([a-z]+)/', text, flags=re.M):
            if match.group(1) not in LAYERS[layer]:
                line = text.count("\n", 0, match.start()) + 1
                yield line, f"{layer} may not include {match.group(1)}"
        for pattern, why, allowed in BANNED:
            if path not in allowed:
                yield from find(pattern, f"banned call: {why}")
        if path.endswith(".hpp") and path not in HEAVY_INTERNAL:
            yield from find(HEAVY, "heavy header in a header: include it in a .cpp file")
    if layer == "tests":
        yield from find(SKIPPED_TEST, "a test that is skipped or can't fail")
        yield from find(REAL_SLEEP, "a real sleep in a test: use virtual time")
    yield from find(BRACE_IN_AWAIT, "a brace or lambda in a co_await expression: g++ 12 miscompiles it")
    yield from find(AWAIT_AS_OPERAND, "co_await as an operand: g++ 12 miscompiles it")
    for line in awaits_in_conditions(code):
        yield line, "co_await in a condition: g++ 12 miscompiles it"
    yield from find(LEFT_OVER, "left for later", within=text)
    if text.count("\n") > LINES_MAX:
        yield LINES_MAX, f"over {LINES_MAX} lines: more than one concept?"
    if path.endswith(".hpp") and "#pragma once" not in text:
        yield 1, "no #pragma once"


def check(root):
    found = []
    for layer in [*LAYERS, "tests", "bench"]:
        for file in sorted((root / layer).rglob("*.[ch]pp")):
            path = file.relative_to(root).as_posix()
            for line, what in breaches_of(path, file.read_text(encoding="utf-8")):
                found.append(f"{path}:{line}: {what}")
    return found


CANARIES = [
    ("base/a.cpp", '#include "mockrpc/x.hpp"\n', '#include "base/x.hpp"\n'),
    ("mockrpc/a.cpp", '#include "coordinator/x.hpp"\n', '#include "base/x.hpp"\n'),
    ("coordinator/a.cpp", '#include "mockrpc/x.hpp"\n', '#include "coordinator/x.hpp"\n'),
    ("coordinator/b.cpp", "auto t = std::chrono::steady_clock::now();\n", "auto t = clock.now();\n"),
    ("sim/a.cpp", "std::random_device d;\n", "// std::random_device is not used\n"),
    ("sim/b.cpp", "std::uniform_int_distribution<int> d;\n", "distribution.draw(random);\n"),
    ("sim/c.cpp", 'std::system("ls");\n', "boost::system::error_code e;\n"),
    ("sim/d.cpp", "getentropy(&x, 8);\n", "entropy(x);\n"),
    ("sim/e.cpp", "gettimeofday(&t, 0);\n", "clock.now();\n"),
    ("sim/f.cpp", "co_await call(Agg{1});\n", "co_await call(std::move(agg));\n"),
    ("sim/g.cpp", "co_await f([] {});\n", "co_await f(); int a[2];\n"),
    ("sim/ga.cpp", "while (co_await f()) {}\n", "while (empty()) co_await f();\n"),
    ("sim/gb.cpp", "x = ready && co_await f();\n", "x = co_await f();\n"),
    ("sim/h.hpp", "#pragma once\n#include <nlohmann/json.hpp>\n",
     "#pragma once\n#include <nlohmann/json_fwd.hpp>\n"),
    ("sim/i.hpp", "int x;\n", "#pragma once\nint x;\n"),
    ("sim/j.cpp", "// TO" "DO: later\n", "// done\n"),
    ("sim/k.cpp", "int x;\n" * (LINES_MAX + 1), "int x;\n"),
    ("tests/a.cpp", "GTEST_SKIP();\n", "EXPECT_TRUE(ready);\n"),
    ("tests/b.cpp", "std::this_thread::sleep_for(1s);\n",
     "std::this_thread::sleep_for(std::chrono::milliseconds(2));\n"),
]


def self_test():
    wrong = []
    for path, bad, good in CANARIES:
        for text, expected in ((bad, True), (good, False)):
            with tempfile.TemporaryDirectory() as folder:
                root = pathlib.Path(folder)
                (root / path).parent.mkdir(parents=True)
                (root / path).write_text(text, encoding="utf-8")
                if bool(check(root)) != expected:
                    wrong.append(f"{path}: {text[:60]!r} should {'' if expected else 'not '}be found")
    return wrong


def main():
    found = self_test() if "--self-test" in sys.argv else check(
        pathlib.Path(__file__).resolve().parent.parent)
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
