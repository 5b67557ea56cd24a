// One spend of an escrow: one role creates it, another signs, any submits; then it is mined and what
// all three wallets say of it is checked.
"use strict";
const assert = require("node:assert/strict");
const {MoneroTxSet} = require("monero-ts");
const {UNLOCK_BLOCKS} = require("./fleet");
const {refused} = require("./step");

async function checkDescription(wallet, txset, tx, before) {
  const described = await wallet.describeTxSet(new MoneroTxSet({multisigTxHex: txset}));
  const [seen] = described.getTxs();
  assert.equal(seen.getFee(), tx.getFee());
  assert.equal(seen.getRingSize(), 16);
  assert.equal(seen.getInputSum() - seen.getOutputSum(), tx.getFee());
  assert.ok(seen.getInputSum() <= before);
  const [to] = tx.getOutgoingTransfer().getDestinations();
  const [told] = seen.getOutgoingTransfer().getDestinations();
  assert.equal(told.getAddress(), to.getAddress());
  assert.equal(told.getAmount(), to.getAmount());
  assert.equal(seen.getChangeAmount(), seen.getInputSum() - to.getAmount() - tx.getFee());
}

// Signed by the creator alone it is worth nothing; with a second signature it is a transaction.
async function signAndSubmit(escrow, roles, txset) {
  await refused(-35, /already signed by this private key/,
      () => escrow[roles.creator].signMultisigTxHex(txset));
  await refused(-33, /Not enough signers/,
      () => escrow[roles.submitter].submitMultisigTxHex(txset));
  const signed = await escrow[roles.signer].signMultisigTxHex(txset);
  const [hash] = signed.getTxHashes();
  assert.match(hash, /^[0-9a-f]{64}$/);
  const hex = signed.getSignedMultisigTxHex();
  assert.deepEqual(await escrow[roles.submitter].submitMultisigTxHex(hex), [hash]);
  return hash;
}

async function checkPending(wallet, hash, amount, fee, before) {
  const [tx] = await wallet.getTxs({isConfirmed: false});
  assert.equal(tx.getHash(), hash);
  assert.equal(tx.getOutgoingAmount(), amount);
  assert.equal(tx.getFee(), fee);
  assert.deepEqual(await wallet.getBalances(), [before - amount - fee, 0n]);
}

async function checkConfirmed(wallet, hash, amount, fee, before) {
  const rest = before - amount - fee;
  assert.deepEqual(await wallet.getBalances(), [rest, rest]);
  const tx = await wallet.getTx(hash);
  assert.equal(tx.getOutgoingAmount(), amount);
  assert.equal(tx.getFee(), fee);
  assert.equal(tx.getNumConfirmations(), UNLOCK_BLOCKS);
  const outputs = await wallet.getOutputs({isSpent: false});
  assert.deepEqual(outputs.map((output) => output.getAmount()), rest ? [rest] : []);
}

async function settle(fleet, escrow, own, roles, create) {
  const [before] = await escrow.buyer.getBalances();
  const tx = await create(escrow[roles.creator]);
  const fee = tx.getFee();
  const amount = tx.getOutgoingAmount();
  assert.ok(fee > 0n && amount + fee <= before);
  assert.equal(tx.getInputs().length, 1);
  assert.equal(await escrow[roles.creator].getBalance(), before);  // nothing has been sent yet
  const txset = tx.getTxSet().getMultisigTxHex();
  for (const wallet of escrow.wallets) await checkDescription(wallet, txset, tx, before);

  const hash = await signAndSubmit(escrow, roles, txset);
  await checkPending(escrow[roles.submitter], hash, amount, fee, before);
  await fleet.mine(UNLOCK_BLOCKS, own.shop);
  await escrow.sync();
  for (const wallet of escrow.wallets) await checkConfirmed(wallet, hash, amount, fee, before);
  return {hash, amount, fee};
}

module.exports = {settle};
