// What nobody may read in anything that a run leaves: collected from the mock's ledger and the
// coordinator's records, as they come, and looked for in texts.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "coordinator/store/escrow_store.hpp"
#include "mockrpc/fleet/ledger.hpp"

namespace escrowstorm::sim {

class SecretHunt final : public mockrpc::Ledger {
 public:
  enum class Kind : unsigned char {
    password,
    key_message,  // of the key exchange
    sync_info,    // what export_multisig_info gives out
    txset,
    secret_key,
    seed,     // words, or what query_key shows of a multisig wallet
    address,  // no secret, but not for a log
  };

  void executed(const mockrpc::LedgerEntry& entry) override;
  void dropped(TimePoint at, std::uint32_t instance, std::optional<CallFor> whom,
               const walletrpc::Request& request) override;
  void killed(TimePoint, std::uint32_t, std::string_view) override {}

  void durable(const coordinator::EscrowRecord& record);

  std::size_t count(Kind kind) const;

  // A part of some secret that stands in `text`; nothing: none. Parts shorter than `part_bytes`
  // are not looked for: an address may be shown by its first ten characters.
  static constexpr std::size_t part_bytes = 24;
  std::string found_in(std::string_view text) const { return found_in(text, {}); }
  std::string found_in(std::string_view text, const std::set<Kind>& but) const;

 private:
  void add(Kind kind, std::string secret);
  void add_fields_of(const walletrpc::Request& request);
  void add_fields_of(const walletrpc::Answer& answer);
  void add_keys_of(const mockrpc::LedgerEntry& entry);
  friend struct FieldsOfACall;

  std::map<std::string, Kind> secrets_;
};

}  // namespace escrowstorm::sim
