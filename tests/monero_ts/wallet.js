// One wallet's file, from its creation to the second time it is opened; takes no daemon.
"use strict";
const assert = require("node:assert/strict");
const {walletName} = require("./fleet");
const {refused} = require("./step");

async function useWallet(wallet, name) {
  await wallet.createWallet({path: walletName(name), password: "own"});
  const address = await wallet.getPrimaryAddress();
  assert.match(await wallet.prepareMultisig(), /^Multisigx/);
  await wallet.setAttribute("who", name);
  await wallet.close(true);
  await refused(-13, /^No wallet file$/, () => wallet.getHeight());
  await wallet.openWallet(walletName(name), "own");
  assert.equal(await wallet.getPrimaryAddress(), address);
  assert.equal(await wallet.getAttribute("who"), name);
  await wallet.close(true);
}

module.exports = {useWallet};
