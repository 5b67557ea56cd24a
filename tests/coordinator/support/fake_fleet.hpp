// A fleet of wallet RPC instances for the coordinator's tests, as small as it can be and still have
// the hazards that matter: one wallet slot for each instance, silently replaced by create and open;
// calls served one after another; messages of the key exchange that say whose they are. It lives in
// virtual time. Members are public: tests look, and set what goes wrong.
#pragma once

#include <functional>
#include <list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/clock.hpp"
#include "base/random.hpp"
#include "base/transport.hpp"

namespace escrowstorm::test {

class FakeFleet final : public Transport {
 public:
  // What goes wrong with a call, and whether the wallet acts on it all the same.
  struct Fault {
    CallError error;
    bool runs = false;
  };
  struct Seen {
    TimePoint at;
    InstanceId instance;
    std::string_view method;
    std::string wallet;  // that was open when it ran, or the one created
  };
  struct Wallet {
    int key = 0;
    int round = 0;  // 0: not multisig, 1: made, 2: after the first exchange, 3: ready
    std::set<int> signers;
    std::map<std::string, std::string> attributes;
    std::string password;  // of its keys
  };

  FakeFleet(InstanceId count, Clock& world_clock)
      : open(count), busy_until(count), clock(world_clock) {}

  InstanceId instances() const override { return static_cast<InstanceId>(open.size()); }
  Awaitable<CallResult<walletrpc::Answer>> call(InstanceId instance, walletrpc::Request request,
                                                std::optional<CallFor> whom,
                                                TimePoint deadline) override;

  std::string address_of(const std::string& wallet) const;

  // Asked when a call arrives, before anything else.
  std::function<std::optional<Fault>(InstanceId, const walletrpc::Request&)> on_call;
  // How long calls of a method take, drawn from half of it to one and a half.
  std::map<std::string_view, Duration> latency;
  RandomStream random{1};

  Amount held;  // what each wallet says that it has, unlocked
  std::vector<Seen> calls;
  std::map<std::string, Wallet> files;
  std::vector<std::string> open;  // by instance, "" when none
  std::vector<TimePoint> busy_until;

 private:
  CallResult<walletrpc::Answer> run(InstanceId instance, const walletrpc::Request& request);
  Duration draw_latency(std::string_view method);

  Clock& clock;
  int next_key = 1;
  std::list<std::unique_ptr<Timer>> timers;  // destroyed first: drops the calls under way
};

}  // namespace escrowstorm::test
