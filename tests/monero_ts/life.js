// The life of one escrow, as a service written with monero-ts would carry it out:
//   node life.js DAEMON_URL WALLET_URL WALLET_URL WALLET_URL
"use strict";
const assert = require("node:assert/strict");
const {DEPOSIT, deposit} = require("./deposit");
const {Escrow} = require("./escrow");
const {Fleet, walletName, COINBASE_UNLOCK_BLOCKS, RING_SIZE} = require("./fleet");
const {checkRefusals} = require("./refusals");
const {settle} = require("./settle");
const {step, run} = require("./step");

const PRICE = 1_250_000_000_000n;

// Wallets of one's own: the customer's has money, the shop's is where the vendor is paid.
async function createOwnWallets(fleet) {
  const [first, second] = fleet.wallets;
  await first.createWallet({path: walletName("customer"), password: "customer's"});
  await second.createWallet({path: walletName("shop"), password: "shop's"});
  const customer = await first.getPrimaryAddress();
  const shop = await second.getPrimaryAddress();
  assert.notEqual(customer, shop);
  await second.close(true);

  const height = await fleet.mine(1, customer);
  await fleet.mine(COINBASE_UNLOCK_BLOCKS + RING_SIZE, shop);
  await first.sync();
  const reward = (await fleet.daemon.getBlockHeaderByHeight(height)).getReward();
  assert.deepEqual(await first.getBalances(), [reward, reward]);
  assert.equal(await first.getHeight(), await fleet.daemon.getHeight());

  const [tx] = await first.getTxs();
  assert.equal(tx.getIsMinerTx(), true);
  assert.equal(tx.getIncomingAmount(), reward);
  assert.equal(tx.getHeight(), height);
  assert.equal(tx.getNumConfirmations(), COINBASE_UNLOCK_BLOCKS + RING_SIZE + 1);
  await first.close(true);
  return {customer, shop, reward};
}

async function reopen(escrow, txHashes) {
  await escrow.closeWallets();
  for (const wallet of escrow.wallets) assert.equal(await wallet.isClosed(), true);
  await escrow.openWallets();
  await escrow.checkGroup();
  await escrow.all(async (wallet) => {
    assert.equal(await wallet.getAttribute("nothing"), undefined);
    assert.deepEqual(await wallet.getBalances(), [0n, 0n]);
    const seen = (await wallet.getTxs()).map((tx) => tx.getHash());
    assert.deepEqual(seen.sort(), [...txHashes].sort());
    assert.equal((await wallet.getSubaddress(0, 1)).getLabel(), "deposit");
  });
}

// What arrived, in the wallets of those who were paid.
async function checkPaid(wallet, name, txHash, amount) {
  await wallet.openWallet(walletName(name), `${name}'s`);
  await wallet.sync();
  const tx = await wallet.getTx(txHash);
  assert.equal(tx.getIncomingAmount(), amount);
  assert.equal(tx.getIsLocked(), false);
  await wallet.close(true);
}

run(async () => {
  const fleet = await Fleet.connect(process.argv.slice(2), 3);
  const escrow = new Escrow("life", fleet.wallets);
  await step("three wallet RPCs of one version", async () => {
    const versions = await Promise.all(fleet.wallets.map((wallet) => wallet.getVersion()));
    for (const version of versions) assert.deepEqual(version, versions[0]);
  });
  const own = await step("a customer with money", () => createOwnWallets(fleet));
  await step("set-up", () => escrow.setUp());
  const deposited = await step("deposit", () => deposit(fleet, escrow, own));
  await step("what is refused before the sync", () => checkRefusals(escrow));
  await step("sync", async () => assert.deepEqual(await escrow.shareMultisigInfo(), [1, 1, 1]));
  const paid = await step("the price to the vendor", () => settle(
      fleet, escrow, own, {creator: "buyer", signer: "vendor", submitter: "arbiter"},
      (wallet) => wallet.createTx({accountIndex: 0, address: own.shop, amount: PRICE})));
  assert.equal(paid.amount, PRICE);
  await step("sync again", async () => assert.deepEqual(await escrow.shareMultisigInfo(), [2, 2, 2]));
  const refund = await step("the rest back to the customer", () => settle(
      fleet, escrow, own, {creator: "arbiter", signer: "buyer", submitter: "buyer"},
      async (wallet) => (await wallet.sweepUnlocked({address: own.customer, relay: false}))[0]));
  assert.equal(paid.amount + paid.fee + refund.amount + refund.fee, DEPOSIT);
  await step("close and reopen", () => reopen(escrow, [deposited, paid.hash, refund.hash]));
  await step("who was paid", async () => {
    await escrow.closeWallets();
    await checkPaid(escrow.arbiter, "shop", paid.hash, paid.amount);
    await checkPaid(escrow.vendor, "customer", refund.hash, refund.amount);
  });
});
