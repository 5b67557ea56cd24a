// An ordinary wallet, as those who pay and are paid have one, and its twin restored from the seed:
//   node customer.js DAEMON_URL WALLET_URL WALLET_URL
// Stops the second wallet RPC at the end.
"use strict";
const assert = require("node:assert/strict");
const {MoneroWalletListener} = require("monero-ts");
const {Fleet, walletName, UNLOCK_BLOCKS, COINBASE_UNLOCK_BLOCKS, RING_SIZE} = require("./fleet");
const {step, run, refused} = require("./step");

const XMR = 1_000_000_000_000n;

async function create(fleet, wallet) {
  await wallet.createWallet({path: walletName("own"), password: "old"});
  assert.equal(await wallet.isViewOnly(), false);
  assert.match(await wallet.getPrivateViewKey(), /^[0-9a-f]{64}$/);
  const address = await wallet.getPrimaryAddress();
  const blocks = COINBASE_UNLOCK_BLOCKS + RING_SIZE;
  const height = await fleet.mine(blocks, address);
  await wallet.sync();
  const mined = await fleet.daemon.getBlockHeadersByRange(height - blocks + 1, height);
  const sum = (headers) => headers.reduce((all, header) => all + header.getReward(), 0n);
  const unlocked = mined.slice(0, 1 + RING_SIZE);  // the next block may spend them
  assert.deepEqual(await wallet.getBalances(), [sum(mined), sum(unlocked)]);
  return address;
}

async function restore(original, wallet) {
  const seed = await original.getSeed();
  assert.equal(seed.split(" ").length, 25);
  await wallet.createWallet({path: walletName("twin"), password: "", seed, restoreHeight: 0});
  assert.equal(await wallet.getPrimaryAddress(), await original.getPrimaryAddress());
  await checkTwins(original, wallet);
}

async function checkTwins(wallet, twin) {
  await wallet.sync();
  await twin.sync();
  assert.deepEqual(await twin.getBalances(), await wallet.getBalances());
  const hashes = async (of) => (await of.getTxs()).map((tx) => tx.getHash()).sort();
  assert.deepEqual(await hashes(twin), await hashes(wallet));
}

// Created first and relayed later: until then nothing has happened.
async function relayLater(fleet, wallet, address) {
  const before = await wallet.getBalance();
  const savings = await wallet.createAccount("savings");
  assert.equal(savings.getIndex(), 1);
  const tx = await wallet.createTx({
    accountIndex: 0,
    address: savings.getPrimaryAddress(),
    amount: 3n * XMR,
    relay: false,
  });
  assert.equal(await wallet.getBalance(), before);
  assert.deepEqual(await wallet.relayTxs([tx]), [tx.getHash()]);
  await wallet.sync();
  assert.equal(await wallet.getBalance(), before - tx.getFee());
  await fleet.mine(UNLOCK_BLOCKS, address);
  await wallet.sync();
  assert.deepEqual(await wallet.getBalances(1), [3n * XMR, 3n * XMR]);
  const accounts = await wallet.getAccounts();
  assert.deepEqual(accounts.map((account) => account.getBalance())[1], 3n * XMR);
}

// Two recipients in a transaction that may be split, then all that is left of the account.
async function emptyAccount(fleet, wallet, twin, address) {
  const other = (await wallet.createSubaddress(0, "other")).getAddress();
  const destinations = [{address, amount: XMR}, {address: other, amount: XMR / 2n}];
  const [split] = await wallet.createTxs({accountIndex: 1, destinations, relay: true});
  assert.equal(split.getOutgoingAmount(), XMR + XMR / 2n);
  await fleet.mine(UNLOCK_BLOCKS, address);
  await checkTwins(wallet, twin);
  const rest = 3n * XMR - split.getOutgoingAmount() - split.getFee();
  assert.deepEqual(await wallet.getBalances(1), [rest, rest]);
  assert.deepEqual(await wallet.getBalances(0, 1), [XMR / 2n, XMR / 2n]);

  const [swept] = await wallet.sweepUnlocked({accountIndex: 1, address, relay: true});
  assert.equal(swept.getOutgoingAmount() + swept.getFee(), rest);
  await fleet.mine(UNLOCK_BLOCKS, address);
  await checkTwins(wallet, twin);
  assert.deepEqual(await wallet.getBalances(1), [0n, 0n]);
}

// A listener, which monero-ts feeds from what it asks the wallet RPC for at each sync.
async function listen(fleet, wallet, address) {
  const heard = {blocks: 0, balances: []};
  const listener = new (class extends MoneroWalletListener {
    async onNewBlock() { heard.blocks += 1; }
    async onBalancesChanged(balance) { heard.balances.push(balance); }
  })();
  await wallet.addListener(listener);
  await wallet.sync();
  await fleet.mine(2, address);
  await wallet.sync();
  await wallet.removeListener(listener);
  assert.equal(heard.blocks, 2);
  assert.equal(heard.balances.at(-1), await wallet.getBalance());
}

async function changePassword(wallet) {
  await refused(-22, /^Invalid original password\.$/, () => wallet.changePassword("wrong", "new"));
  await wallet.changePassword("old", "new");
  await wallet.close(true);
  await refused(-1, /^Failed to open wallet/, () => wallet.openWallet(walletName("own"), "old"));
  await wallet.openWallet(walletName("own"), "new");
}

async function withoutDaemon(wallet, daemonUrl) {
  const before = await wallet.getBalances();
  await wallet.setDaemonConnection();
  await assert.rejects(() => wallet.sync(), /Wallet is not connected to daemon/);
  assert.deepEqual(await wallet.getBalances(), before);
  await wallet.setDaemonConnection(daemonUrl);
  await wallet.rescanBlockchain();
  await wallet.sync();
  assert.deepEqual(await wallet.getBalances(), before);
}

run(async () => {
  const urls = process.argv.slice(2);
  const fleet = await Fleet.connect(urls, 2);
  const [wallet, twin] = fleet.wallets;
  const address = await step("an ordinary wallet", () => create(fleet, wallet));
  await step("its twin", () => restore(wallet, twin));
  await step("relayed later", () => relayLater(fleet, wallet, address));
  await step("an account emptied", () => emptyAccount(fleet, wallet, twin, address));
  await step("a listener", () => listen(fleet, wallet, address));
  await step("another password", () => changePassword(wallet));
  await step("without a daemon, and again with one", () => withoutDaemon(wallet, urls[0]));
  await step("what is refused", async () => {
    const pay = (accountIndex, amount) => wallet.createTx({accountIndex, address, amount});
    await refused(-17, /^not enough money$/, () => pay(0, 100_000n * XMR));
    await refused(-14, /out of bound/, () => wallet.createSubaddress(9, "nobody's"));
  });
  await step("stopped", () => twin.stop());
});
