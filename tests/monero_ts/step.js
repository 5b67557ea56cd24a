// One line for each step that passed, so that the last line before a failure says where it was, and
// what is asserted in more than one script.
"use strict";
const assert = require("node:assert/strict");
const {MoneroRpcError} = require("monero-ts");

async function step(what, act) {
  try {
    const result = await act();
    console.log(`ok: ${what}`);
    return result;
  } catch (error) {
    console.log(`FAILED: ${what}`);
    throw error;
  }
}

// Runs `main` as the program: exit status 1 and the reason when it throws.
function run(main) {
  main().then(
      () => process.exit(0),
      (error) => {
        console.error(error.stack);  // not its parameters: a txset is long
        process.exit(1);
      });
}

// `call` is answered with this error of the wallet RPC's.
async function refused(code, message, call) {
  await assert.rejects(call, (error) => {
    assert.ok(error instanceof MoneroRpcError, error);
    assert.equal(error.getCode(), code, error.message);
    assert.match(error.message, message);
    return true;
  });
}

module.exports = {step, run, refused};
