// What a wallet RPC refuses, on an escrow that has a deposit and has not been synced: codes and
// words are the real one's.
"use strict";
const assert = require("node:assert/strict");
const {refused} = require("./step");

async function checkRefusals(escrow) {
  const {buyer, vendor, arbiter} = escrow;
  await refused(-16, /^No transaction created$/,
      () => buyer.createTx({accountIndex: 0, address: escrow.address, amount: 1_000_000n}));
  await assert.rejects(
      () => buyer.createTx({accountIndex: 0, address: "nowhere", amount: 1n}),
      /Invalid destination address/);
  await refused(-33, /more participants/, () => buyer.importMultisigHex([]));
  await refused(-1, /Bad multisig info file magic/, () => buyer.importMultisigHex(["00"]));
  await refused(-28, /already multisig/, () => vendor.prepareMultisig());
  await refused(-32601, /^Method not found$/,
      () => vendor.getRpcConnection().sendJsonRequest("no_such_method", {}));
  await refused(-21, /already exists/,
      () => vendor.createWallet({path: escrow.path("vendor"), password: ""}));

  // A wallet that is open elsewhere, one that is not there, a wrong password: what was open stays.
  await refused(-1, /^Failed to open wallet/,
      () => arbiter.openWallet(escrow.path("buyer"), escrow.password("buyer")));
  await refused(-1, /^Failed to open wallet/, () => arbiter.openWallet("nobody's", ""));
  assert.equal(await arbiter.getAttribute("escrow"), `${escrow.id}/arbiter`);

  await arbiter.close(true);
  await refused(-13, /^No wallet file$/, () => arbiter.getHeight());
  await refused(-13, /^No wallet file$/, () => arbiter.exportMultisigHex());
  await refused(-1, /^Failed to open wallet/,
      () => arbiter.openWallet(escrow.path("arbiter"), "wrong"));
  await arbiter.openWallet(escrow.path("arbiter"), escrow.password("arbiter"));
}

module.exports = {checkRefusals};
