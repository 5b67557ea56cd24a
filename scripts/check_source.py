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
    (r"\b(steady_clock|system_clock|high_resolution_clock)\b", "time comes from Clock",
     {"base/real_clock.hpp", "base/real_clock.cpp"}),
    (r"\b(clock_gettime|gettimeofday|std::time|::time)\s*\(", "time comes from Clock",
     {"base/http/response.cpp"}),  # Last-Modified is a date of the wall clock
    (r"\bstd::random_device\b|\b(getrandom|randombytes_\w+|srand|rand)\s*\(|\bstd::mt19937",
     "chance comes from RandomStream", set()),
    (r"\b(getentropy|RAND_bytes)\s*\(", "chance comes from RandomStream",
     {"base/http/digest.cpp",      # nonces, which guard a password and steer nothing
      "coordinator/secrets/system_entropy.cpp",  # passwords and salts: nobody may guess them
      "sim/process/entropy.cpp",   # names that no earlier run has used on a live fleet
      "mockrpc/cli/serve.cpp"}),   # a seed where none is given: two fleets may share a folder
    (r"\bstd::(\w+_distribution|shuffle|sample)\b", "the standard library's differ between vendors",
     set()),
    (r"\b(system|popen)\s*\(", "no shell is built from input", set()),
]
HEAVY = r"#include <(boost/beast|boost/json|nlohmann/json\.hpp|CLI/|openssl/)"
# Headers of one or two .cpp files beside them.
HEAVY_INTERNAL = {"base/epee/read_params.hpp", "base/epee/stored_json.hpp",
                  "base/http/tls_stream.hpp"}
BRACE_IN_AWAIT = r"co_await[^;]*[\[{]"
OPERATOR = r"&&|\|\||\?"
AWAIT_AS_OPERAND = rf"({OPERATOR})\s*!?\s*co_await"
# Parameters may have parentheses of their own, one deep.
LAMBDA_COROUTINE = (r"\[[^\]\n]+\]\s*(\((?:[^()]|\([^()]*\))*\)\s*)?(mutable\s*)?(noexcept\s*)?"
                    r"->\s*(\w+::)*[Aa]waitable\b[^{;]*\{")
SKIPPED_TEST = r"\bGTEST_SKIP\b|\bDISABLED_\w|(EXPECT|ASSERT)_TRUE\(true\)"
# A few milliseconds between two looks at another process are all right.
REAL_SLEEP = (r"\bsleep_for\s*\((?!std::chrono::milliseconds\([1-5]\)\))|\b(usleep|nanosleep)\s*\("
              r"|\bthis_thread::sleep_until\b|[^_]\bsleep\s*\(\d")
# What the reader's tests read is what the schema is held against (tests/scenario_schema).
READ_UNNOTED = r"\bparse_scenario\s*\("
UNNOTED_TESTS = {"tests/sim/scenario_override_test.cpp",  # of values that are in no file
                 "tests/sim/scenario_arrivals_test.cpp",  # the same, once
                 "tests/sim/scenario_fuzz_test.cpp"}      # too many
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


def end_of_brackets(code, begin):
    """Behind the bracket that closes what was opened before `begin`."""
    depth, end = 1, begin
    while depth and end < len(code):
        depth += (code[end] in "([{") - (code[end] in ")]}")
        end += 1
    return end


def line_at(code, position):
    return code.count("\n", 0, position) + 1


def awaits_in_conditions(code):
    """The lines of if, for, while and switch that await between their parentheses."""
    for match in re.finditer(r"\b(if|for|while|switch)\s*\(", code):
        if "co_await" in code[match.end():end_of_brackets(code, match.end())]:
            yield line_at(code, match.start())


def awaits_before_operators(code):
    """The lines of `co_await f() && y` and the like: an operator behind what is awaited."""
    for match in re.finditer(r"\bco_await\b", code):
        at = match.end()
        while at < len(code) and code[at] not in ")]};,":
            if re.match(OPERATOR, code[at:at + 2]):
                yield line_at(code, match.start())
                break
            at = end_of_brackets(code, at + 1) if code[at] in "([{" else at + 1


def awaits_in_braces(code):
    """The lines of `S{co_await f(), 1}`: in a block the statement would end before the brace."""
    for match in re.finditer(r"\bco_await\b", code):
        at = match.end()
        while at < len(code) and code[at] not in "{};":
            at = end_of_brackets(code, at + 1) if code[at] in "([" else at + 1
        if code[at:at + 1] == "}":
            yield line_at(code, match.start())


def lambda_coroutines(code):
    """The lines of coroutines whose frames refer to a lambda's captures, which may be gone."""
    for match in re.finditer(LAMBDA_COROUTINE, code):
        if re.search(r"\bco_(await|return|yield)\b",
                     code[match.end():end_of_brackets(code, match.end())]):
            yield line_at(code, match.start())


def unlayered_includes(layer, text):
    """What a file of this layer may not include, with its line."""
    for match in re.finditer(r'^\s*#\s*include\s*[<"]([^>"]+)', text, flags=re.M):
        parts = match.group(1).split("/")
        if ".." in parts or "." in parts:
            yield line_at(text, match.start(1)), "an include by a relative path: name it from the root"
        elif len(parts) > 1 and parts[0] in {*LAYERS, "tests", "bench"} - LAYERS[layer]:
            yield line_at(text, match.start(1)), f"{layer} may not include {parts[0]}"


def breaches_of(path, text):
    """Yields (line, what) for one file; `path` is relative to the root, with slashes."""
    layer = path.split("/")[0]
    code = strip_comments(text)
    def find(pattern, what, within=code):
        for match in re.finditer(pattern, within):
            yield line_at(within, match.start()), what

    if layer in LAYERS:
        yield from unlayered_includes(layer, text)
        for pattern, why, allowed in BANNED:
            if path not in allowed:
                yield from find(pattern, f"banned call: {why}")
        if path.endswith(".hpp") and path not in HEAVY_INTERNAL:
            yield from find(HEAVY, "heavy header in a header: include it in a .cpp file")
    if layer == "tests":
        yield from find(SKIPPED_TEST, "a test that is skipped or can't fail")
        yield from find(REAL_SLEEP, "a real sleep in a test: use virtual time")
    if path.startswith("tests/sim/scenario_") and path not in UNNOTED_TESTS:
        yield from find(READ_UNNOTED, "use read_noted(), so that the schema is held against it")
    yield from find(BRACE_IN_AWAIT, "a brace or lambda in a co_await expression: g++ 12 miscompiles it")
    yield from find(AWAIT_AS_OPERAND, "co_await as an operand: g++ 12 miscompiles it")
    for line in awaits_in_conditions(code):
        yield line, "co_await in a condition: g++ 12 miscompiles it"
    for line in awaits_before_operators(code):
        yield line, "co_await as an operand: g++ 12 miscompiles it"
    for line in awaits_in_braces(code):
        yield line, "co_await between braces: g++ 12 miscompiles it"
    for line in lambda_coroutines(code):
        yield line, "a capturing lambda as a coroutine: pass parameters"
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


def needless_exceptions(root):
    """The files that are excepted from a rule and keep it, or are gone."""
    rules = [(allowed, pattern) for pattern, _, allowed in BANNED] + [(HEAVY_INTERNAL, HEAVY)]
    for allowed, pattern in rules:
        for path in sorted(allowed):
            file = root / path
            if not file.exists() or not re.search(pattern, strip_comments(file.read_text())):
                yield f"{path}: excepted from a rule that it keeps, see scripts/check_source.py"


CANARIES = [
    ("base/a.cpp", '#include "mockrpc/x.hpp"\n', '#include "base/x.hpp"\n'),
    ("base/b.cpp", '#include <mockrpc/x.hpp>\n', '#include <base/x.hpp>\n'),
    ("base/c.cpp", '#include "../mockrpc/x.hpp"\n', '#include <sys/socket.h>\n'),
    ("mockrpc/a.cpp", '#include "coordinator/x.hpp"\n', '#include "base/x.hpp"\n'),
    ("coordinator/a.cpp", '#include "mockrpc/x.hpp"\n', '#include "coordinator/x.hpp"\n'),
    ("coordinator/b.cpp", "auto t = std::chrono::steady_clock::now();\n", "auto t = clock.now();\n"),
    ("coordinator/c.cpp", "using C = std::chrono::steady_clock;\n", "using C = escrowstorm::Clock;\n"),
    ("sim/a.cpp", "std::random_device d;\n", "// std::random_device is not used\n"),
    ("sim/b.cpp", "std::uniform_int_distribution<int> d;\n", "distribution.draw(random);\n"),
    ("sim/c.cpp", 'std::system("ls");\n', "boost::system::error_code e;\n"),
    ("sim/d.cpp", "getentropy(&x, 8);\n", "entropy(x);\n"),
    ("sim/e.cpp", "gettimeofday(&t, 0);\n", "clock.now();\n"),
    ("sim/f.cpp", "co_await call(Agg{1});\n", "co_await call(std::move(agg));\n"),
    ("sim/g.cpp", "co_await f([] {});\n", "co_await f(); int a[2];\n"),
    ("sim/ga.cpp", "while (co_await f()) {}\n", "while (empty()) co_await f();\n"),
    ("sim/gb.cpp", "x = ready && co_await f();\n", "x = co_await f();\n"),
    ("sim/gc.cpp", "x = co_await f(1) && y;\n", "x = co_await f(a && b);\n"),
    ("sim/gd.cpp", "x = co_await f() ? a : b;\n", "x = co_await f(); y = x ? a : b;\n"),
    ("sim/ge.cpp", "for (; co_await f();) {}\n", "for (; x;) co_await f();\n"),
    ("sim/gf.cpp", "Agg a{co_await f(), 1};\n", "void g() { co_await f(); }\n"),
    ("sim/gg.cpp", "return S{1, co_await f()};\n", "if (x) {\n  y = co_await f(1, 2);\n}\n"),
    ("sim/gh.cpp", "[c](X x) -> Awaitable<void> { co_await f(x); }\n",
     "[](X x) -> Awaitable<void> { co_await f(x); }\n"),
    ("sim/gi.cpp", "g([this, c]() mutable -> asio::awaitable<int> {\n  co_return c;\n});\n",
     "g([this](X x) -> Awaitable<int> { return f(this, x); });\n"),
    ("sim/h.hpp", "#pragma once\n#include <nlohmann/json.hpp>\n",
     "#pragma once\n#include <nlohmann/json_fwd.hpp>\n"),
    ("sim/i.hpp", "int x;\n", "#pragma once\nint x;\n"),
    ("sim/j.cpp", "// TO" "DO: later\n", "// done\n"),
    ("sim/k.cpp", "int x;\n" * (LINES_MAX + 1), "int x;\n"),
    ("tests/a.cpp", "GTEST_SKIP();\n", "EXPECT_TRUE(ready);\n"),
    ("tests/b.cpp", "std::this_thread::sleep_for(1s);\n",
     "std::this_thread::sleep_for(std::chrono::milliseconds(2));\n"),
    ("tests/sim/scenario_a_test.cpp", "parse_scenario(text, file);\n", "read_noted(text);\n"),
    ("tests/c.cpp", "std::this_thread::sleep_until(t);\n", "clock.sleep_until(t);\n"),
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
    with tempfile.TemporaryDirectory() as folder:
        if not list(needless_exceptions(pathlib.Path(folder))):
            wrong.append("an exception for a file that is gone should be found")
    return wrong


def main():
    arguments = sys.argv[1:]
    if arguments in (["-h"], ["--help"]):
        print(__doc__.strip())
        return 0
    if arguments not in ([], ["--self-test"]):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    root = pathlib.Path(__file__).resolve().parent.parent
    found = self_test() if arguments else [*check(root), *needless_exceptions(root)]
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
