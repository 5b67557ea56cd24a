// What the daemon tells of a transaction on its way from a wallet into a block:
//   node daemon.js DAEMON_URL WALLET_URL
"use strict";
const assert = require("node:assert/strict");
const {MoneroKeyImageSpentStatus} = require("monero-ts");
const {Fleet, walletName, COINBASE_UNLOCK_BLOCKS, RING_SIZE} = require("./fleet");
const {step, run, refused} = require("./step");

const {NOT_SPENT, TX_POOL, CONFIRMED} = MoneroKeyImageSpentStatus;

async function checkChain(daemon, height) {
  assert.equal(await daemon.getHeight(), height + 1);
  const last = await daemon.getLastBlockHeader();
  assert.equal(last.getHeight(), height);
  assert.equal(await daemon.getBlockHash(height), last.getHash());
  assert.equal((await daemon.getBlockHeaderByHash(last.getHash())).getHeight(), height);
  const before = await daemon.getBlockHeaderByHeight(height - 1);
  assert.equal(last.getPrevHash(), before.getHash());
  const [one, two] = await daemon.getBlockHeadersByRange(height - 1, height);
  assert.deepEqual([one.getHash(), two.getHash()], [before.getHash(), last.getHash()]);
  await refused(-2, /greater than current top block height/,
      () => daemon.getBlockHeaderByHeight(height + 1));
}

async function checkPooled(daemon, tx) {
  const [pooled] = await daemon.getTxPool();
  assert.equal(pooled.getHash(), tx.getHash());
  assert.equal(pooled.getFee(), tx.getFee());
  const stats = await daemon.getTxPoolStats();
  assert.equal(stats.getNumTxs(), 1);
  const seen = await daemon.getTx(tx.getHash());
  assert.deepEqual([seen.getInTxPool(), seen.getIsConfirmed()], [true, false]);
}

async function checkMined(daemon, tx, height) {
  assert.deepEqual(await daemon.getTxPool(), []);
  const seen = await daemon.getTx(tx.getHash());
  assert.deepEqual([seen.getInTxPool(), seen.getIsConfirmed()], [false, true]);
  assert.equal(seen.getHeight(), height);
  assert.equal(seen.getNumConfirmations(), 1);
  const block = await daemon.getBlockByHeight(height);
  assert.deepEqual(block.getTxHashes(), [tx.getHash()]);
  const header = await daemon.getBlockHeaderByHeight(height);
  assert.equal(header.getNumTxs(), 1);
  assert.equal(block.getMinerTx().getOutputs()[0].getAmount(), header.getReward());
  const sum = await daemon.getMinerTxSum(height, 1);
  assert.equal(sum.getEmissionSum() + sum.getFeeSum(), header.getReward());
  assert.equal(sum.getFeeSum(), tx.getFee());
}

run(async () => {
  const fleet = await Fleet.connect(process.argv.slice(2), 1);
  const {daemon, wallets: [wallet]} = fleet;
  await wallet.createWallet({path: walletName("miner"), password: ""});
  const address = await wallet.getPrimaryAddress();
  const top = await fleet.mine(COINBASE_UNLOCK_BLOCKS + RING_SIZE, address);
  await wallet.sync();
  await step("the chain", () => checkChain(daemon, top));

  const config = {accountIndex: 0, address, amount: 1_000_000n};
  const tx = await wallet.createTx({...config, relay: false});
  const images = tx.getInputs().map((input) => input.getKeyImage().getHex());
  const statuses = async () => new Set(await daemon.getKeyImageSpentStatuses(images));
  assert.deepEqual(await statuses(), new Set([NOT_SPENT]));
  await wallet.relayTx(tx);
  await step("a transaction in the pool", async () => {
    await checkPooled(daemon, tx);
    assert.deepEqual(await statuses(), new Set([TX_POOL]));
  });
  const height = await fleet.mine(1, address);
  await step("the same in a block", async () => {
    await checkMined(daemon, tx, height);
    assert.deepEqual(await statuses(), new Set([CONFIRMED]));
  });
  await step("the pool flushed", async () => {
    await wallet.sync();
    await wallet.createTx({...config, relay: true});
    assert.equal((await daemon.getTxPool()).length, 1);
    await daemon.flushTxPool();
    assert.deepEqual(await daemon.getTxPool(), []);
  });
  await step("what it asks for and what it is", async () => {
    const estimate = await daemon.getFeeEstimate();
    assert.ok(estimate.getFee() > 0n);
    assert.equal((await daemon.getHardForkInfo()).getVersion(), 16);
    assert.ok((await daemon.getVersion()).getNumber() > 0);
  });
});
