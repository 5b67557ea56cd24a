// What the reader refuses and a JSON Schema can't, or not for all editors alike: each with why.
"use strict";

module.exports = [
  {
    error: /: duplicate key, /,
    why: "a schema sees the value that was read, in which a key stands once; editors tell by themselves",
  },
  {
    error: /^seed: expected a whole number, found a fraction$/,
    why: "2^64 is the same number as the greatest seed to whoever counts in doubles",
  },
  {
    error: /\.until: expected later than "from"/,
    why: "two durations are compared",
  },
  {
    error: /\.up_to: expected (at least "delay"|no more than 1000 times "delay")/,
    why: "two durations are compared",
  },
  {
    error: /^storm\.duration: makes more than 1000000 escrows/,
    why: "a rate is multiplied by a duration",
  },
  {
    error: /^storm\.escrows: the last would come after more than/,
    why: "a rate is multiplied by a number",
  },
  {
    error: /^storm\.escrows: the file of times has only/,
    why: "it is in another file",
  },
  {
    error: /^(storm\.arrivals\.file|fleet\.latency): .*: cannot be read/,
    why: "it is about another file",
  },
  {
    error: /: divides .*: one of them is a count, the other a time$/,
    why: "the pattern knows metrics, not their units",
  },
  {
    error: /: has a (duration|percentage), but /,
    why: "the pattern knows metrics, not their units",
  },
  {
    error: /: has a (selection|role or a phase), but /,
    why: "the pattern knows metrics, not what can be selected of each",
  },
  {
    error: /: has "(role|phase|from|until)" twice$/,
    why: "a pattern of words in any order can't count them",
  },
  {
    error: /: (has "abort", but |can't be missed before the end: with "abort" )/,
    why: "the pattern knows metrics, not which of them can be judged before the end",
  },
  {
    error: /: ends before it begins: /,
    why: "two durations are compared",
  },
];
