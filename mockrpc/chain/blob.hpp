// Blocks and coinbase transactions as bytes, and the hashes made from them, laid out as monero
// does (cryptonote_basic.h, crypto/tree-hash.c). What the mock's chain does not have, the public
// key of a coinbase and its view tag, is derived from its output's key. Pure functions, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "mockrpc/chain/block.hpp"

namespace escrowstorm::mockrpc {

// The first block and its coinbase, which are those of mainnet and regtest.
Block first_block();

// The public key in a coinbase's extra field, and the view tag of its output.
Bytes32 transaction_key(const Transaction& transaction);
unsigned char view_tag(const TxOutput& output);

// The extra field as bytes. Of what is no coinbase also the payment id, in clear; for each of
// many outputs the real one would have a key of its own.
std::string coinbase_extra(const Transaction& coinbase, std::uint64_t height);
std::string transaction_extra(const Transaction& transaction);

// Of the rules that the block was made by.
std::uint32_t major_version(const Block& block);
std::uint32_t minor_version(const Block& block);

// REQUIRES: a coinbase. `height` is that of its block.
std::string coinbase_blob(const Transaction& coinbase, std::uint64_t height);
// Of the bytes of a coinbase of version 2.
Bytes32 coinbase_hash(std::string_view blob);

std::string block_blob(const Block& block);
// From all but its own hash.
Bytes32 block_hash(const Block& block);

// Of at least one hash.
Bytes32 tree_hash(std::span<const Bytes32> hashes);

std::uint64_t block_weight(const Block& block);

}  // namespace escrowstorm::mockrpc
