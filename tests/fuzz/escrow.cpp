#include "tests/fuzz/escrow.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "mockrpc/keys/address.hpp"
#include "mockrpc/keys/hex.hpp"
#include "mockrpc/version.hpp"
#include "mockrpc/wallet/seal.hpp"
#include "tests/support/manual_clock.hpp"

namespace escrowstorm::fuzz {

using namespace walletrpc;
using mockrpc::CurvePoint;
using mockrpc::WalletFile;
using Messages = std::vector<std::string>;

namespace {

constexpr std::uint64_t unix_time = 1'700'000'000;

std::string name(std::size_t i) { return "w" + std::to_string(i); }

Messages others(Messages messages, std::size_t i) {
  messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(i));
  return messages;
}

CurvePoint point_of(const std::string& address) {
  return mockrpc::parse_address(address, mockrpc::Network::mainnet)->spend;
}

void mine_on(mockrpc::Chain& chain, std::size_t blocks, const std::string& address) {
  for (; blocks > 0; --blocks) chain.mine(point_of(address));
}

}  // namespace

// Set up, funded, synced and saved.
struct Escrow::Start {
  Start() {
    for (std::size_t i = 0; i < count; ++i)
      instances.emplace_back(host(), random.stream("keys", i));
    set_up();
    address = call(0, GetAddress()).address;
    mine_on(chain, 20, stranger);  // decoys
    mine_on(chain, 3, address);
    mine_on(chain, 70, stranger);
    for (std::size_t i = 0; i < count; ++i) call(i, Refresh());
    for (std::size_t i = 0; i < count; ++i) infos.push_back(call(i, ExportMultisigInfo()).info);
    for (std::size_t i = 0; i < count; ++i) {
      ImportMultisigInfo import;
      import.info = others(infos, i);
      call(i, import);
    }
    QueryKey view_key;
    view_key.key_type = "view_key";
    const std::string bytes = *mockrpc::from_hex(call(0, view_key).key);
    std::copy(bytes.begin(), bytes.end(), view_secret.bytes.begin());
    for (std::size_t i = 0; i < count; ++i) call(i, CloseWallet());
  }

  void set_up() {
    Messages messages;
    for (std::size_t i = 0; i < count; ++i) {
      CreateWallet create;
      create.filename = name(i);
      create.language = "English";
      call(i, create);
      PrepareMultisig prepare;
      prepare.enable_multisig_experimental = true;
      messages.push_back(call(i, prepare).multisig_info);
    }
    Messages next;
    for (std::size_t i = 0; i < count; ++i) {
      MakeMultisig make;
      make.multisig_info = others(messages, i);
      make.threshold = 2;
      next.push_back(call(i, make).multisig_info);
    }
    for (int round = 0; round < 2; ++round) {
      messages = std::move(next);
      next.clear();
      for (std::size_t i = 0; i < count; ++i) {
        ExchangeMultisigKeys exchange;
        exchange.multisig_info = others(messages, i);
        next.push_back(call(i, exchange).multisig_info);
      }
    }
  }

  mockrpc::WalletHost host() {
    mockrpc::WalletHost host;
    host.version = &mockrpc::versions().back();
    host.storage = &storage;
    host.keys = &keys;
    host.chain = &chain;
    return host;
  }

  template <class Method>
  typename Method::Answer call(std::size_t i, const Method& request) {
    auto outcome = instances[i].execute(request).outcome;
    check(std::holds_alternative<Answer>(outcome), std::string(Method::method) + " succeeds");
    return get<AnswerTo<Method>>(std::get<Answer>(std::move(outcome))).value;
  }

  Random random{1};
  test::ManualClock clock;
  mockrpc::MemoryStorage storage;
  mockrpc::DlogKeyScheme keys;
  mockrpc::Chain chain{clock, unix_time, random.stream("chain")};
  std::vector<mockrpc::Instance> instances;
  std::string address;
  Messages infos;
  mockrpc::Scalar view_secret;
};

const Escrow::Start& Escrow::start() {
  static const Start start;
  return start;
}

Escrow::Escrow(std::size_t version) : chain_(start().chain) {
  mockrpc::WalletHost host;
  host.version = &mockrpc::versions()[version];
  host.storage = &storage_;
  host.keys = &keys_;
  host.chain = &chain_;
  const Random random(2);
  for (std::size_t i = 0; i < count; ++i) {
    for (const WalletFile file : {WalletFile::keys, WalletFile::cache})
      (void)storage_.write(name(i), file, *start().storage.read(name(i), file));
    instances_.emplace_back(host, random.stream("instance", i));
  }
  open_all();
}

const std::string& Escrow::address() const { return start().address; }
const std::string& Escrow::info(std::size_t instance) const { return start().infos[instance]; }

std::string Escrow::sealed(std::string_view magic, std::string_view plain) {
  return mockrpc::to_hex(std::string(magic) +
                         mockrpc::seal(keys_, plain, start().view_secret, random_));
}

std::string Escrow::unsealed(std::string_view magic, const std::string& hex) {
  const std::string bytes = *mockrpc::from_hex(hex);
  return *mockrpc::unseal(start().keys, std::string_view(bytes).substr(magic.size()),
                          start().view_secret);
}

void Escrow::mine(std::size_t blocks, const char* address) { mine_on(chain_, blocks, address); }

void Escrow::reorganise(std::size_t blocks) {
  chain_.pop(blocks);
  mine_on(chain_, 1, address());
  mine(blocks);
  refresh_all();
  reopen_all();
}

void Escrow::refresh_all() {
  for (std::size_t i = 0; i < count; ++i) must(i, Refresh());
}

void Escrow::sync() {
  refresh_all();
  Messages infos;
  for (std::size_t i = 0; i < count; ++i) infos.push_back(must(i, ExportMultisigInfo()).info);
  for (std::size_t i = 0; i < count; ++i) {
    ImportMultisigInfo import;
    import.info = others(infos, i);
    must(i, import);
  }
}

void Escrow::open_all() {
  for (std::size_t i = 0; i < count; ++i) {
    OpenWallet open;
    open.filename = name(i);
    must(i, open);
  }
}

void Escrow::reopen_all() {
  for (std::size_t i = 0; i < count; ++i) must(i, CloseWallet());
  open_all();
}

void Escrow::check_money() {
  check(unspent(chain_) == chain_.top().generated, "no money comes or goes");
  const CurvePoint group = point_of(address());
  const Amount held = unspent(chain_, &group);
  for (std::size_t i = 0; i < count; ++i) {
    GetBalance request;
    request.strict = true;
    check(must(i, request).balance == held, "a wallet holds what the chain says");
  }
}

Amount unspent(const mockrpc::Chain& chain, const CurvePoint* recipient) {
  std::map<mockrpc::Bytes32, const mockrpc::TxOutput*> outputs;
  const auto add = [&](const mockrpc::Transaction& transaction) {
    for (const mockrpc::Bytes32& key_image : transaction.key_images)
      check(outputs.erase(key_image) == 1, "a coin is spent once");
    for (const mockrpc::TxOutput& output : transaction.outputs)
      check(outputs.emplace(mockrpc::key_image_of(output), &output).second, "a coin is itself");
  };
  for (std::uint64_t height = 0; height < chain.height(); ++height) {
    const mockrpc::Block& block = chain.block(height);
    for (const auto& transaction : block.transactions) add(*transaction);
    add(*block.coinbase);
  }
  Amount sum;
  for (const auto& [key_image, output] : outputs)
    if (recipient == nullptr || output->recipient == *recipient) sum = *sum.plus(output->amount);
  return sum;
}

}  // namespace escrowstorm::fuzz
