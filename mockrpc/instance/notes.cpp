// Notes on transactions, kept in the open wallet's cache file.
#include <optional>
#include <vector>

#include "mockrpc/answer_room.hpp"
#include "mockrpc/instance/methods.hpp"

namespace escrowstorm::mockrpc {

using namespace walletrpc;

namespace {

std::optional<std::vector<Bytes32>> parse_hashes(const std::vector<std::string>& txids) {
  std::vector<Bytes32> hashes;
  for (const std::string& txid : txids) {
    const std::optional<Bytes32> hash = parse_hash(txid);
    if (!hash) return std::nullopt;
    hashes.push_back(*hash);
  }
  return hashes;
}

Execution bad_txid() { return failed(error_code::wrong_txid, "TX ID has invalid format"); }

}  // namespace

Execution run(Slot& slot, const SetTxNotes& request) {
  if (!slot.wallet) return no_wallet_open();
  if (request.txids.size() != request.notes.size())
    return failed(error_code::unknown_error, "Different amount of txids and notes");
  const auto hashes = parse_hashes(request.txids);
  if (!hashes) return bad_txid();
  for (std::size_t i = 0; i < hashes->size(); ++i)
    slot.wallet->money().notes.insert_or_assign((*hashes)[i], request.notes[i]);
  return answered<SetTxNotes>({});
}

Execution run(Slot& slot, const GetTxNotes& request) {
  if (!slot.wallet) return no_wallet_open();
  const auto hashes = parse_hashes(request.txids);
  if (!hashes) return bad_txid();
  AnswerRoom room;
  GetTxNotes::Answer answer;
  for (const Bytes32& hash : *hashes) {
    const auto note = slot.wallet->money().notes.find(hash);
    answer.notes.push_back(note == slot.wallet->money().notes.end() ? "" : note->second);
    if (!room.take(answer.notes.back().size())) return answer_too_long();
  }
  return answered<GetTxNotes>(std::move(answer));
}

}  // namespace escrowstorm::mockrpc
