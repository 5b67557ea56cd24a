// A 2-of-3 escrow: three wallets, a role each, each open on a wallet RPC of its own.
"use strict";
const assert = require("node:assert/strict");
const {walletName} = require("./fleet");

const ROLES = ["buyer", "vendor", "arbiter"];

class Escrow {
  constructor(id, wallets) {
    this.id = id;
    this.use(wallets);
  }

  // The wallet RPCs that the three wallets are, or will be, open on.
  use(wallets) {
    this.wallets = wallets;
    ROLES.forEach((role, i) => this[role] = wallets[i]);
  }

  path(role) { return walletName(`${this.id}-${role}`); }
  password(role) { return `${role}'s of ${this.id}`; }

  // What `act(wallet, role)` returns for each role; all three at once.
  all(act) { return Promise.all(this.wallets.map((wallet, i) => act(wallet, ROLES[i]))); }

  // Like `all`, with the values that the two others have in `values`.
  allWithOthers(values, act) {
    return Promise.all(this.wallets.map(
        (wallet, i) => act(wallet, values.filter((_, j) => j !== i), ROLES[i])));
  }

  createWallets() {
    return this.all(async (wallet, role) => {
      await wallet.createWallet({path: this.path(role), password: this.password(role)});
      await wallet.setAttribute("escrow", `${this.id}/${role}`);
    });
  }

  // The three wallets become one; its address is kept here.
  async exchangeKeys() {
    let messages = await this.all((wallet) => wallet.prepareMultisig());
    messages = await this.allWithOthers(
        messages, (wallet, others, role) => wallet.makeMultisig(others, 2, this.password(role)));
    this.placeholder = await this.buyer.getPrimaryAddress();
    const between = await this.exchangeOnce(messages);
    for (const result of between) assert.equal(result.getAddress(), undefined);
    const last = await this.exchangeOnce(between.map((result) => result.getMultisigHex()));
    this.address = last[0].getAddress();
    for (const result of last) assert.equal(result.getAddress(), this.address);
  }

  exchangeOnce(messages) {
    return this.allWithOthers(
        messages,
        (wallet, others, role) => wallet.exchangeMultisigKeys(others, this.password(role)));
  }

  // All of the set-up, with what must hold on the way.
  async setUp() {
    await this.createWallets();
    for (const wallet of this.wallets) {
      assert.equal((await wallet.getMultisigInfo()).getIsMultisig(), false);
    }
    await this.exchangeKeys();
    await this.checkGroup();
    assert.notEqual(this.placeholder, this.address);
  }

  async checkGroup() {
    await this.all(async (wallet, role) => {
      const info = await wallet.getMultisigInfo();
      assert.deepEqual([info.getIsMultisig(), info.getIsReady()], [true, true]);
      assert.deepEqual([info.getThreshold(), info.getNumParticipants()], [2, 3]);
      assert.equal(await wallet.getPrimaryAddress(), this.address);
      assert.equal(await wallet.getAttribute("escrow"), `${this.id}/${role}`);
    });
  }

  sync() { return this.all((wallet) => wallet.sync()); }

  // Each learns from the others what it needs to spend; answers how many outputs each learnt of.
  // An import into a wallet that has not been refreshed since it was opened is lost on 0.18.0.0.
  async shareMultisigInfo() {
    await this.sync();
    const infos = await this.all((wallet) => wallet.exportMultisigHex());
    return this.allWithOthers(infos, (wallet, others) => wallet.importMultisigHex(others));
  }

  closeWallets() { return this.all((wallet) => wallet.close(true)); }

  openWallets() {
    return this.all((wallet, role) => wallet.openWallet(this.path(role), this.password(role)));
  }
}

module.exports = {Escrow, ROLES};
