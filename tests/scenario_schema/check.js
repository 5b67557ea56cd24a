// node check.js takes SCHEMA FILE...   every file is taken by the schema
// node check.js agrees SCHEMA NOTES    the schema agrees with the reader about each text of NOTES: a
//   line each, {"text": ..., "errors": [...]} as the reader says them (tests/sim/noted_reader.hpp).
//   What is right for the reader is right for the schema. Each error of the reader is one of the
//   schema's, at the same key, but for what beyond.js lists; and all that is listed there is needed.
// Ends with status 1 and a line for each disagreement.
"use strict";

const fs = require("fs");
const Ajv = require("ajv");
const beyond = require("./beyond.js");

const disagreements = [];

function complain(what) {
  disagreements.push(what);
}

// Strict: a keyword that means nothing is an error. Those named are for editors.
function validatorOf(file) {
  const ajv = new Ajv({allErrors: true, strict: true, strictTypes: false, strictRequired: false});
  ajv.addVocabulary(["allowComments", "patternErrorMessage"]);
  return ajv.compile(JSON.parse(fs.readFileSync(file, "utf8")));
}

// Comments become blanks.
function parse(text) {
  const tokens = /"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[^]*?\*\//g;
  return JSON.parse(text.replace(tokens, (token) => (token[0] === '"' ? token : " ")));
}

// "/faults/0/method" and a key of it as the reader writes them: "faults[0].method.key".
function pathOf(error) {
  const {missingProperty, additionalProperty} = error.params;
  const steps = error.instancePath.split("/").slice(1);
  const names = steps.map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
  const further = missingProperty ?? additionalProperty;
  if (further !== undefined) names.push(further);
  const path = names.map((name) => (/^\d+$/.test(name) ? `[${name}]` : `.${name}`)).join("");
  return path.replace(/^\./, "").replace(/[\u0000-\u001f]/g, "?");
}

// "x.json:2:5: faults[0].until: expected ..." without the place, and its path; "" is the whole.
function readerError(line) {
  const said = line.replace(/^[^:]*:\d+:\d+: /, "");
  const path = /^([^\s:"]+): /.exec(said);
  return {said, path: path ? path[1] : ""};
}

// At the key itself, below it, or of a choice between keys of the section that it is in.
function isAt(error, path) {
  const at = pathOf(error);
  if (path === "" || at === path || at.startsWith(`${path}.`) || at.startsWith(`${path}[`))
    return true;
  return error.keyword === "oneOf" && path.startsWith(at === "" ? "" : `${at}.`);
}

function agree(validate, {text, errors}, used) {
  let value;
  try {
    value = parse(text);
  } catch {
    if (errors.length === 0) complain(`is no JSON here: ${text}`);
    return;  // no JSON at all: every editor says so
  }
  const valid = validate(value);
  if (errors.length === 0) {
    if (!valid)
      for (const error of validate.errors)
        complain(`refused, though right: ${pathOf(error)}: ${error.message}: ${text}`);
    return;
  }
  for (const line of errors) {
    if (/ and \d+ more$/.test(line)) continue;
    const {said, path} = readerError(line);
    const refused = !valid && validate.errors.some((error) => isAt(error, path));
    const excuse = beyond.find(({error}) => error.test(said));
    if (excuse && !refused) used.add(excuse);
    else if (!refused) complain(`taken, though wrong: ${said}: ${text}`);
  }
}

const [what, schema, ...files] = process.argv.slice(2);
const validate = validatorOf(schema);
if (what === "takes") {
  for (const file of files)
    if (!validate(parse(fs.readFileSync(file, "utf8"))))
      for (const error of validate.errors) complain(`${file}: ${pathOf(error)}: ${error.message}`);
} else {
  const notes = fs.readFileSync(files[0], "utf8").split("\n").filter((line) => line !== "");
  const used = new Set();
  for (const line of notes) agree(validate, JSON.parse(line), used);
  for (const each of beyond)
    if (!used.has(each)) complain(`beyond.js lists what nothing needs: ${each.error}`);
  console.log(`${notes.length} texts`);
}
for (const line of disagreements) console.log(line);
process.exitCode = disagreements.length > 0 ? 1 : 0;
