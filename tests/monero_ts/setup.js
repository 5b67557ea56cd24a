// Three wallets become one, which is what it was when its files are opened again on other wallet
// RPCs; takes no daemon:
//   node setup.js WALLET_URL WALLET_URL WALLET_URL
"use strict";
const {connectToWalletRpc} = require("monero-ts");
const {Escrow} = require("./escrow");
const {step, run} = require("./step");

run(async () => {
  const urls = process.argv.slice(2);
  const [first, second, third] = await Promise.all(urls.map((url) => connectToWalletRpc(url)));
  const escrow = new Escrow("setup", [first, second, third]);
  await step("set-up", () => escrow.setUp());
  await step("reopened elsewhere", async () => {
    await escrow.closeWallets();
    escrow.use([second, third, first]);
    await escrow.openWallets();
    await escrow.checkGroup();
    await escrow.closeWallets();
  });
});
