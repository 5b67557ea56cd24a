// Wallet RPCs for whoever asked first, each to one at a time: all of what was asked for or none.
"use strict";

class Leases {
  constructor(wallets) {
    this.free = [...wallets];
    this.waiting = [];
  }

  async with(count, act) {
    const wallets = await new Promise((granted) => {
      this.waiting.push({count, granted});
      this.grant();
    });
    try {
      return await act(wallets);
    } finally {
      this.free.push(...wallets);
      this.grant();
    }
  }

  grant() {
    while (this.waiting.length > 0 && this.waiting[0].count <= this.free.length) {
      const {count, granted} = this.waiting.shift();
      granted(this.free.splice(0, count));
    }
  }
}

module.exports = {Leases};
