// Writes what the fuzzers begin with into a folder: for each target, such as calls, DIR/calls with
// an input a file, and DIR/calls.dict with the words of the protocol, from its tables.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <variant>

#include "tests/base/walletrpc/samples.hpp"
#include "tests/fuzz/check.hpp"
#include "tests/fuzz/fleet.hpp"
#include "tests/fuzz/spending_seeds.hpp"
#include "tests/fuzz/wallet_bytes.hpp"

namespace escrowstorm::fuzz {

namespace fs = std::filesystem;

void write_file(const fs::path& file, std::string_view bytes) {
  std::ofstream out(file, std::ios::binary);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  check(out.good(), "can write " + file.string());
}

std::string entry_of(std::string_view word) {
  std::string text = "\"";
  for (const char c : word) text += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return text + "\"\n";
}

namespace {

using namespace walletrpc;
using mockrpc::WalletFile;
using Messages = std::vector<std::string>;

// A life of three wallets, as calls and as the sequence that makes it again.
class Life {
 public:
  template <class Method>
  typename Method::Answer call(std::size_t instance, const Method& request) {
    sequence_ += static_cast<char>('0' + instance);
    sequence_ += write_call(request) + record_end;
    mockrpc::CallOutcome outcome = fleet_.execute(instance, request);
    check(std::holds_alternative<Answer>(outcome), std::string(Method::method) + " succeeds");
    return get<AnswerTo<Method>>(std::get<Answer>(std::move(outcome))).value;
  }

  void create_and_prepare() {
    for (std::size_t i = 0; i < Fleet::count; ++i) {
      CreateWallet create;
      create.filename = name(i);
      create.language = "English";
      call(i, create);
      PrepareMultisig prepare;
      prepare.enable_multisig_experimental = true;
      messages_.push_back(call(i, prepare).multisig_info);
    }
  }

  void make() {
    exchange_all([&](std::size_t i, Messages messages) {
      MakeMultisig make;
      make.multisig_info = std::move(messages);
      make.threshold = 2;
      return call(i, make).multisig_info;
    });
  }

  void exchange() {
    exchange_all([&](std::size_t i, Messages messages) {
      ExchangeMultisigKeys exchange;
      exchange.multisig_info = std::move(messages);
      return call(i, exchange).multisig_info;
    });
  }

  void sync() {
    Messages infos;
    for (std::size_t i = 0; i < Fleet::count; ++i)
      infos.push_back(call(i, ExportMultisigInfo()).info);
    for (std::size_t i = 0; i < Fleet::count; ++i) {
      ImportMultisigInfo import;
      import.info = others(infos, i);
      call(i, import);
    }
  }

  void store() {
    SetAttribute label;
    label.key = "label";
    label.value = "escrow 7";
    call(0, label);
    for (std::size_t i = 0; i < Fleet::count; ++i) call(i, Store());
  }

  const std::string& sequence() const { return sequence_; }
  std::string file(WalletFile which) { return *fleet_.storage().read(name(0), which); }

 private:
  static std::string name(std::size_t i) { return "w" + std::to_string(i); }

  static Messages others(Messages messages, std::size_t i) {
    messages.erase(messages.begin() + static_cast<std::ptrdiff_t>(i));
    return messages;
  }

  template <class Step>
  void exchange_all(Step step) {
    Messages next;
    for (std::size_t i = 0; i < Fleet::count; ++i) next.push_back(step(i, others(messages_, i)));
    messages_ = std::move(next);
  }

  Fleet fleet_;
  Messages messages_;
  std::string sequence_;
};

void keep(Life& life, const fs::path& folder, const std::string& stage) {
  write_file(folder / "calls" / stage, life.sequence());
  life.store();
  const std::string keys = life.file(WalletFile::keys);
  const std::string cache = life.file(WalletFile::cache);
  check(!body_of(keys).empty() && !body_of(cache).empty(), "a wallet file has a body");
  write_file(folder / "wallet_files" / (stage + "-keys"), "k" + body_of(keys));
  write_file(folder / "wallet_files" / (stage + "-cache"), "c" + body_of(cache));
  write_file(folder / "wallet_files" / (stage + "-raw-keys"), "r" + keys);
  write_file(folder / "wallet_files" / (stage + "-raw-cache"), "s" + cache);
}

void write_lives(const fs::path& folder) {
  Life life;
  life.create_and_prepare();
  keep(life, folder, "prepared");
  life.make();
  keep(life, folder, "made");
  life.exchange();
  keep(life, folder, "exchanged");
  life.exchange();
  keep(life, folder, "ready");
  life.sync();
  keep(life, folder, "synced");
}

// The requests of the recordings, as they are: their variables stand for what is not known here.
void write_recordings(const fs::path& folder) {
  const fs::path recordings =
      fs::path(ESCROWSTORM_SOURCE_DIR) / "tests/data/transcripts" / mockrpc::default_version_name;
  for (const auto& entry : fs::directory_iterator(recordings)) {
    std::ifstream in(entry.path());
    const nlohmann::json recording = nlohmann::json::parse(in);
    std::string sequence;
    for (const auto& step : recording["steps"]) {
      if (!step.contains("call") || !step["at"].is_number_unsigned()) continue;
      const nlohmann::json body{{"jsonrpc", "2.0"},
                                {"id", "0"},
                                {"method", step["call"]},
                                {"params", step.value("params", nlohmann::json::object())}};
      sequence += static_cast<char>('0' + step["at"].get<unsigned>() % Fleet::count);
      sequence += body.dump() + record_end;
    }
    write_file(folder / "calls" / entry.path().stem(), sequence);
  }
}

// Names its fields.
struct Names {
  std::string& words;
  template <class T>
  void operator()(std::string_view key, T&) {
    words += entry_of("\"" + std::string(key) + "\":");
  }
};

void write_methods(const fs::path& folder) {
  std::string words;
  for (const std::string_view word : {"\"jsonrpc\":\"2.0\"", "\"method\":", "\"params\":",
                                      "\"id\":", "true", "false", "null", "[]", "{}", "English"})
    words += entry_of(word);
  walletrpc::test::for_each_method([&]<class Method>(std::type_identity<Method>) {
    Method request = walletrpc::test::filled<Method>();
    write_file(folder / "calls" / Method::method, "0" + write_call(request));
    words += entry_of("\"" + std::string(Method::method) + "\"");
    Names names{words};
    Method::fields(request, names);
  });
  write_file(folder / "calls" / "method_is_an_object", R"(0{"method":{}})");
  write_file(folder / "calls.dict", words);
}

void write_http(const fs::path& folder) {
  const std::string body = write_call(GetVersion());
  const std::string head = "POST /json_rpc HTTP/1.1\r\nHost: 127.0.0.1:18083\r\n";
  const std::string post =
      head + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  write_file(folder / "http/post", post);
  write_file(folder / "http/two", post + post);
  write_file(folder / "http/half", post.substr(0, post.size() - 5));
  write_file(folder / "http/get", "GET /json_rpc HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  write_file(folder / "http/head", "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n");
  write_file(folder / "http/chunked",
             head + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n");
  write_file(folder / "http/expect", head + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}");
  write_file(folder / "http/login",
             head +
                 "Authorization: Digest username=\"u\", realm=\"monero-rpc\", nonce=\"AAAA\", "
                 "uri=\"/json_rpc\", qop=auth, nc=00000001, cnonce=\"b\", response=\"00\"\r\n\r\n");
  std::string words;
  for (const std::string_view word :
       {"GET ", "POST ", "HEAD ", "OPTIONS ", "/json_rpc", " HTTP/1.1", " HTTP/1.0",
        "Content-Length: ", "Transfer-Encoding: chunked", "Connection: close",
        "Connection: keep-alive", "Expect: 100-continue", "Authorization: Digest ",
        "nonce=", "nc=", "18446744073709551616"})
    words += entry_of(word);
  words += "\"\\x0d\\x0a\"\n\"\\x0d\\x0a\\x0d\\x0a\"\n";
  write_file(folder / "http.dict", words);
}

}  // namespace
}  // namespace escrowstorm::fuzz

int main(int count, char** arguments) {
  if (count != 2) {
    std::cerr << "usage: fuzz_seeds DIR\n";
    return 2;
  }
  const std::filesystem::path folder = arguments[1];
  for (const char* target : {"calls", "wallet_files", "http"})
    std::filesystem::create_directories(folder / target);
  escrowstorm::fuzz::write_lives(folder);
  escrowstorm::fuzz::write_recordings(folder);
  escrowstorm::fuzz::write_methods(folder);
  escrowstorm::fuzz::write_http(folder);
  escrowstorm::fuzz::write_spending_seeds(folder);
}
