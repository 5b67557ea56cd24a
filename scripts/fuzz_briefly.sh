#!/bin/sh
# fuzz_briefly.sh PROGRAM SEEDS TARGET RUNS: a fixed number of inputs from a fixed seed. Nothing is
# kept but an input that breaks something, in SEEDS/../broken, as its last lines say.
set -eu
program=$1 seeds=$2 target=$3 runs=$4
found=$(mktemp -d)
mkdir -p "$seeds/../broken"
trap 'rm -rf "$found"' EXIT
dictionary=
[ ! -f "$seeds/$target.dict" ] || dictionary=-dict=$seeds/$target.dict
"$program" -seed=1 -runs="$runs" -max_len=32768 -timeout=60 -verbosity=0 -print_final_stats=1 \
  -artifact_prefix="$seeds/../broken/$target-" $dictionary "$found" "$seeds/$target"
