// An escrow service on nine wallet RPCs: six escrows are set up, funded and settled, three at once.
// A set-up and a settlement each lease three wallet RPCs, whichever are free, for themselves alone;
// in between an escrow is nothing but files.
//   node service.js DAEMON_URL WALLET_URL...
"use strict";
const assert = require("node:assert/strict");
const {Escrow} = require("./escrow");
const {Fleet, walletName, UNLOCK_BLOCKS, COINBASE_UNLOCK_BLOCKS, RING_SIZE} = require("./fleet");
const {Leases} = require("./leases");
const {step, run} = require("./step");

const ESCROWS = 6;
const DEPOSIT = 2_000_000_000_000n;

// How each escrow ends: who creates and who signs the spend, and whether the vendor is paid.
const OUTCOMES = [
  {creator: "buyer", signer: "vendor", toVendor: true},
  {creator: "arbiter", signer: "vendor", toVendor: true},
  {creator: "arbiter", signer: "buyer", toVendor: false},
];

async function setUp(leases, escrow) {
  await leases.with(3, async (wallets) => {
    escrow.use(wallets);
    await escrow.createWallets();
    await escrow.exchangeKeys();
    await escrow.closeWallets();
  });
}

async function settle(leases, escrow, outcome, addresses) {
  await leases.with(3, async (wallets) => {
    escrow.use(wallets);
    await escrow.openWallets();
    assert.equal(await escrow.arbiter.getAttribute("escrow"), `${escrow.id}/arbiter`);
    assert.equal(await escrow.arbiter.getPrimaryAddress(), escrow.address);
    assert.deepEqual(await escrow.shareMultisigInfo(), [1, 1, 1]);
    for (const wallet of wallets) assert.deepEqual(await wallet.getBalances(), [DEPOSIT, DEPOSIT]);
    const address = outcome.toVendor ? addresses.shop : addresses.customer;
    const [tx] = await escrow[outcome.creator].sweepUnlocked({address, relay: false});
    assert.equal(tx.getOutgoingAmount() + tx.getFee(), DEPOSIT);
    const signed = await escrow[outcome.signer].signMultisigTxHex(
        tx.getTxSet().getMultisigTxHex());
    const hex = signed.getSignedMultisigTxHex();
    [escrow.settledBy] = await escrow[outcome.signer].submitMultisigTxHex(hex);
    escrow.paid = tx.getOutgoingAmount();
    await escrow.closeWallets();
  });
}

async function createOwnWallets(fleet, [customer, shop]) {
  await customer.createWallet({path: walletName("customer"), password: ""});
  await shop.createWallet({path: walletName("shop"), password: ""});
  const addresses = {
    customer: await customer.getPrimaryAddress(),
    shop: await shop.getPrimaryAddress(),
  };
  await fleet.mine(1, addresses.customer);
  await fleet.mine(COINBASE_UNLOCK_BLOCKS + RING_SIZE, addresses.shop);
  await customer.close(true);
  await shop.close(true);
  return addresses;
}

// All deposits in one transaction.
async function payAll(escrows, wallet) {
  await wallet.openWallet(walletName("customer"), "");
  await wallet.sync();
  const before = await wallet.getBalance();
  const destinations = escrows.map((escrow) => ({address: escrow.address, amount: DEPOSIT}));
  const tx = await wallet.createTx({accountIndex: 0, destinations, relay: true});
  assert.equal(tx.getOutgoingAmount(), DEPOSIT * BigInt(escrows.length));
  assert.equal(await wallet.getBalance(), before - tx.getOutgoingAmount() - tx.getFee());
  await wallet.close(true);
}

// Each settlement has arrived once, where it was meant to.
async function checkArrived(escrows, name, wallet) {
  await wallet.openWallet(walletName(name), "");
  await wallet.sync();
  for (const escrow of escrows) {
    const tx = await wallet.getTx(escrow.settledBy);
    assert.equal(tx.getIncomingAmount(), escrow.paid);
  }
  await wallet.close(true);
}

run(async () => {
  const fleet = await Fleet.connect(process.argv.slice(2), 9);
  const leases = new Leases(fleet.wallets);
  const addresses = await leases.with(2, (wallets) => createOwnWallets(fleet, wallets));
  const escrows = Array.from({length: ESCROWS}, (_, i) => new Escrow(`service-${i}`, []));
  const outcomeOf = (i) => OUTCOMES[i % OUTCOMES.length];

  await step(`${ESCROWS} set-ups`, async () => {
    await Promise.all(escrows.map((escrow) => setUp(leases, escrow)));
    assert.equal(new Set(escrows.map((escrow) => escrow.address)).size, ESCROWS);
  });
  await step("deposits", async () => {
    await leases.with(1, ([wallet]) => payAll(escrows, wallet));
    await fleet.mine(UNLOCK_BLOCKS, addresses.shop);
  });
  await step("settlements", async () => {
    await Promise.all(escrows.map((escrow, i) => settle(leases, escrow, outcomeOf(i), addresses)));
    await fleet.mine(UNLOCK_BLOCKS, addresses.shop);
  });
  await step("who was paid", () => leases.with(2, async ([first, second]) => {
    const paidToVendor = (_, i) => outcomeOf(i).toVendor;
    const refunded = (_, i) => !outcomeOf(i).toVendor;
    await checkArrived(escrows.filter(paidToVendor), "shop", first);
    await checkArrived(escrows.filter(refunded), "customer", second);
  }));
});
