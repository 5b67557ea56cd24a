// What a member tells with export_multisig_info, sealed as by one of the group: it is imported or
// refused, alone or beside a good one, then the wallet spends, blocks go and others come, and it
// still holds what the chain says. An input is a character that says how, and the info without its
// seal.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/escrow.hpp"

namespace escrowstorm::fuzz {
namespace {

using namespace walletrpc;

constexpr std::size_t funding_goes = 72;  // blocks, so that one coinbase of three does

void spend(Escrow& escrow, std::size_t creator) {
  Transfer transfer;
  transfer.destinations.push_back({stranger, Amount::from_atomic(Amount::per_xmr)});
  const auto made = escrow.call(creator, transfer);
  if (!made) return;
  SignMultisig sign;
  sign.tx_data_hex = made->multisig_txset;
  const auto done = escrow.call((creator + 1) % Escrow::count, sign);
  if (!done) return;
  SubmitMultisig submit;
  submit.tx_data_hex = done->tx_data_hex;
  escrow.must(creator, submit);
}

void take(std::string_view input) {
  if (input.empty()) return;
  const auto how = static_cast<unsigned char>(input.front());
  const std::size_t importer = how % Escrow::count;
  Escrow escrow(how >> 6 & 1);
  const std::string info =
      how >> 7 ? std::string(input.substr(1)) : escrow.sealed(info_magic, input.substr(1));

  ImportMultisigInfo import;
  const std::string& good = escrow.info((importer + 2) % Escrow::count);
  if ((how >> 4 & 1) != 0) import.info.push_back(good);
  import.info.push_back(info);
  if ((how >> 5 & 1) != 0) import.info.push_back(good);
  escrow.call(importer, import);
  if ((how >> 3 & 1) != 0) escrow.call(importer, import);
  spend(escrow, importer);
  if ((how >> 2 & 1) != 0) escrow.reorganise(funding_goes);
  escrow.mine(1);
  escrow.sync();
  escrow.call(importer, import);
  escrow.check_money();
  escrow.reopen_all();
  escrow.check_money();
}

}  // namespace
}  // namespace escrowstorm::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  escrowstorm::fuzz::take({reinterpret_cast<const char*>(data), size});
  return 0;
}
