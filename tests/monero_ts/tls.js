// A wallet RPC behind TLS, with a certificate of its own making:
//   NODE_TLS_REJECT_UNAUTHORIZED=0 node tls.js WALLET_URL
"use strict";
const {connectToWalletRpc} = require("monero-ts");
const {step, run} = require("./step");
const {useWallet} = require("./wallet");

run(async () => {
  const [url] = process.argv.slice(2);
  await step("a wallet over TLS", async () => useWallet(await connectToWalletRpc(url), "tls"));
});
