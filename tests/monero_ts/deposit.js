// The customer pays into an escrow: what its three wallets say of the money while it waits in the
// pool, in its block, and when it can be spent.
"use strict";
const assert = require("node:assert/strict");
const {walletName, UNLOCK_BLOCKS} = require("./fleet");

const DEPOSIT = 5_000_000_000_000n;

// The same on all three, so that any of them can say where to pay.
async function createDepositAddress(escrow) {
  const addresses = await escrow.all((wallet) => wallet.createSubaddress(0, "deposit"));
  for (const deposit of addresses) {
    assert.equal(deposit.getAddress(), addresses[0].getAddress());
    assert.equal(deposit.getIndex(), 1);
  }
  const found = await escrow.arbiter.getAddressIndex(addresses[0].getAddress());
  assert.deepEqual([found.getAccountIndex(), found.getIndex()], [0, 1]);
  return addresses[0].getAddress();
}

// The customer's wallet opens on the buyer's wallet RPC; the escrow's wallet there waits in its file.
async function pay(fleet, escrow, own, to) {
  const wallet = fleet.wallets[0];
  await wallet.close(true);
  await wallet.openWallet(walletName("customer"), "customer's");
  await wallet.sync();
  const tx = await wallet.createTx({accountIndex: 0, address: to, amount: DEPOSIT, relay: true});
  assert.match(tx.getHash(), /^[0-9a-f]{64}$/);
  assert.ok(tx.getFee() > 0n);
  assert.equal(tx.getOutgoingAmount(), DEPOSIT);
  assert.equal(await wallet.getBalance(), own.reward - DEPOSIT - tx.getFee());
  assert.equal(await wallet.getUnlockedBalance(), 0n);
  const [sent] = await wallet.getTxs({isConfirmed: false});
  assert.equal(sent.getHash(), tx.getHash());
  assert.equal(sent.getInTxPool(), true);
  assert.equal(sent.getOutgoingTransfer().getDestinations()[0].getAddress(), to);
  await wallet.close(true);
  await wallet.openWallet(escrow.path("buyer"), escrow.password("buyer"));
  return tx;
}

async function checkUnconfirmed(wallet, tx) {
  await wallet.sync();
  assert.deepEqual(await wallet.getBalances(), [DEPOSIT, 0n]);
  const [seen] = await wallet.getTxs({isConfirmed: false});
  assert.equal(seen.getHash(), tx.getHash());
  assert.equal(seen.getFee(), tx.getFee());
  assert.equal(seen.getIncomingAmount(), DEPOSIT);
  assert.equal(seen.getIncomingTransfers()[0].getSubaddressIndex(), 1);
  assert.deepEqual(await wallet.getOutputs(), []);
}

async function checkConfirmed(wallet, tx, blocks) {
  await wallet.sync();
  const unlocked = blocks < UNLOCK_BLOCKS ? 0n : DEPOSIT;
  assert.deepEqual(await wallet.getBalances(), [DEPOSIT, unlocked]);
  assert.deepEqual(await wallet.getBalances(0, 1), [DEPOSIT, unlocked]);
  const left = UNLOCK_BLOCKS - blocks;
  assert.deepEqual(await wallet.getNumBlocksToUnlock(), [left, left]);

  const seen = await wallet.getTx(tx.getHash());
  assert.equal(seen.getNumConfirmations(), blocks);
  assert.equal(seen.getIsLocked(), blocks < UNLOCK_BLOCKS);
  const outputs = await wallet.getOutputs({isSpent: false});
  assert.equal(outputs.length, 1);
  assert.equal(outputs[0].getAmount(), DEPOSIT);
  assert.equal(outputs[0].getSubaddressIndex(), 1);
  assert.equal(outputs[0].getKeyImage(), undefined);  // nobody alone can know it
  assert.equal(await wallet.isMultisigImportNeeded(), true);

  const [primary, deposit] = await wallet.getSubaddresses(0);
  assert.deepEqual([primary.getIsUsed(), primary.getBalance()], [false, 0n]);
  assert.deepEqual([deposit.getIsUsed(), deposit.getBalance()], [true, DEPOSIT]);
  assert.equal(deposit.getLabel(), "deposit");
}

async function deposit(fleet, escrow, own) {
  const to = await createDepositAddress(escrow);
  const tx = await pay(fleet, escrow, own, to);
  for (const wallet of [escrow.vendor, escrow.arbiter]) await checkUnconfirmed(wallet, tx);
  await fleet.mine(1, own.shop);
  for (const wallet of escrow.wallets) await checkConfirmed(wallet, tx, 1);
  await fleet.mine(UNLOCK_BLOCKS - 1, own.shop);
  for (const wallet of escrow.wallets) await checkConfirmed(wallet, tx, UNLOCK_BLOCKS);
  return tx.getHash();
}

module.exports = {DEPOSIT, deposit};
