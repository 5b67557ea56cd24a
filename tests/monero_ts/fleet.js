// The fleet a script is given: the daemon's URL, then those of the wallet RPCs. Nothing here knows
// what answers behind them.
"use strict";
const {connectToDaemonRpc, connectToWalletRpc} = require("monero-ts");

const UNLOCK_BLOCKS = 10;
const COINBASE_UNLOCK_BLOCKS = 60;
const RING_SIZE = 16;

class Fleet {
  static async connect([daemonUrl, ...walletUrls], instances) {
    if (walletUrls.length !== instances) {
      throw new Error(`usage: DAEMON_URL and the URLs of ${instances} wallet RPCs`);
    }
    const fleet = new Fleet();
    // Not in a worker thread, where errors lose their type.
    fleet.daemon = await connectToDaemonRpc({server: daemonUrl, proxyToWorker: false});
    fleet.wallets = await Promise.all(walletUrls.map((url) => connectToWalletRpc(url)));
    return fleet;
  }

  // Mines so many blocks to `address`; returns the height of the last.
  async mine(blocks, address) {
    const connection = await this.daemon.getRpcConnection();
    const answer = await connection.sendJsonRequest(
        "generateblocks", {amount_of_blocks: blocks, wallet_address: address});
    return answer.result.height;
  }
}

// Of this run, so that a fleet may have seen others.
const runId = `${process.pid}-${Date.now().toString(36)}`;
const walletName = (name) => `${runId}-${name}`;

module.exports = {Fleet, walletName, UNLOCK_BLOCKS, COINBASE_UNLOCK_BLOCKS, RING_SIZE};
