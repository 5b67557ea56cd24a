// A wallet RPC that asks for a login lets in whoever has it and nobody else:
//   node login.js WALLET_URL USER PASSWORD
"use strict";
const {connectToWalletRpc} = require("monero-ts");
const {step, run, refused} = require("./step");
const {useWallet} = require("./wallet");

run(async () => {
  const [url, user, password] = process.argv.slice(2);
  await step("a login is asked for", async () => {
    const nobody = await connectToWalletRpc(url);
    await refused(401, /Unauthorized/, () => nobody.getVersion());
    const stranger = await connectToWalletRpc(url, user, `not ${password}`);
    await refused(401, /Unauthorized/, () => stranger.getVersion());
  });
  await step("who has it is let in",
      async () => useWallet(await connectToWalletRpc(url, user, password), "login"));
});
