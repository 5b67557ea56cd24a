#!/bin/sh
# fuzz_briefly.sh PROGRAM SEEDS TARGET RUNS: a fixed number of inputs from a fixed seed, nothing kept.
# What makes it fail is printed in base64 as well, to become a test.
set -eu
program=$1 seeds=$2 target=$3 runs=$4
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT
dictionary=
[ ! -f "$seeds/$target.dict" ] || dictionary=-dict=$seeds/$target.dict
"$program" -seed=1 -runs="$runs" -max_len=32768 -timeout=60 -verbosity=0 -print_final_stats=1 \
  -artifact_prefix="$found/" $dictionary "$found" "$seeds/$target"
