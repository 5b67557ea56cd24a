// One instance with its one thread: a queue in front of it, the time that each call takes, what
// faults do to calls, and its death and new start. No coroutine: a call is a place in the queue,
// then an alarm. Lives on the world's executor.
#pragma once

#include <list>
#include <memory>
#include <optional>
#include <string_view>

#include "base/alarm.hpp"
#include "base/random.hpp"
#include "mockrpc/fleet/call_faults.hpp"
#include "mockrpc/fleet/cpu_share.hpp"
#include "mockrpc/fleet/fleet_call.hpp"
#include "mockrpc/fleet/ledger.hpp"
#include "mockrpc/instance/instance.hpp"
#include "mockrpc/latency/profile.hpp"

namespace escrowstorm::mockrpc {

inline constexpr std::chrono::seconds default_refresh_period(20);

// What the seats of a fleet share; outlives them.
struct SeatHost {
  const LatencyProfile* latency;
  Clock* clock;
  Alarms* alarms;
  CpuShare* cpu;       // may be gone before the seats, when the fleet ends
  Ledger* ledger;      // may be none
  CallFaults* faults;  // may be none
};

class Seat final : private CpuShare::Job {
 public:
  // Its wallet refreshes by itself `phase` from now at the earliest, then with its period.
  Seat(const SeatHost& host, std::uint32_t number, Instance instance, RandomStream random,
       Executor executor, Duration phase);
  // Abandons its calls.
  ~Seat();
  Seat(const Seat&) = delete;
  Seat& operator=(const Seat&) = delete;

  // Puts a call at the end of the queue. It may be over within this.
  void begin(std::shared_ptr<FleetCall> call);

  // Its process dies and is started again. Nothing when it is dead, or alive, already.
  void kill();
  void start();
  bool is_alive() const { return alive_; }

  // Its process stops, as by SIGSTOP, and goes on: until then no call is executed and no answer
  // leaves, while its wallet stays open and its file locked. Dying ends it. REQUIRES: it is alive
  // and does not hang; it hangs.
  void hang();
  void resume();
  bool is_hanging() const { return hanging_; }

  // Whether it takes further calls while it is alive; those that it has go on.
  void set_port_open(bool open) { port_open_ = open; }
  bool is_port_open() const { return port_open_; }

  // Its wallet refreshes out of turn, which takes so much longer. False when there is none that
  // could, or it refreshes already.
  bool begin_refresh(Duration longer);
  bool can_begin_refresh() const { return instance_.can_refresh() && !refreshing_; }
  // It may have come back, or gone.
  void daemon_changed() { watch(); }

  Instance& instance() { return instance_; }

  // What SIGTERM does to the real one, and to which wallet.
  Outcome<void> end() { return instance_.end(); }
  std::string_view open_wallet() const { return instance_.open_wallet(); }
  const Wallet* wallet() const { return instance_.wallet(); }

 private:
  void go_on();
  bool work_on(std::shared_ptr<FleetCall> call);
  CallCost execute(FleetCall& call);
  CallCost run(FleetCall& call);
  bool is_turned_away(FleetCall& call);
  bool stopped_before(FleetCall& call, CallCost& cost, bool& twice);
  void meddle_after(FleetCall& call, CallCost& cost);
  CallAtSeat at_seat(const FleetCall& call, const CallOutcome* outcome) const;
  void tell_executed(const FleetCall& call, std::string_view wallet_before, const CallCost& cost);
  void tell_dropped(const FleetCall& call);
  void computed() override;
  void wait_for(Duration more);
  void work_done();
  void finish();
  void cut_off(NoReply lost);
  void break_off(FleetCall& call, bool told);

  void watch();
  std::optional<TimePoint> next_refresh() const;
  void refresh_when_due();
  void queue_refresh();
  CallCost refresh();
  void refreshed();

  const SeatHost& host_;
  const std::uint32_t number_;
  Instance instance_;
  RandomStream random_;
  Executor executor_;
  bool alive_ = true;
  bool hanging_ = false;
  bool port_open_ = true;
  bool done_while_hanging_ = false;  // the call at work: its answer leaves when it goes on
  std::uint32_t deaths_ = 0;

  // The call that holds the thread. A null one, here and in the queue, is the refresh.
  std::shared_ptr<FleetCall> at_work_;
  bool busy_ = false;
  bool computing_ = false;                       // on the shared cores
  bool told_ = false;                            // the ledger, of the call at work
  Duration waiting_{};                           // of the call at work, behind its computing
  std::unique_ptr<Alarm> work_alarm_;            // of its end; made when it is needed
  std::list<std::shared_ptr<FleetCall>> queue_;  // a deque has 600 idle bytes

  bool has_wallet_ = false;               // that can refresh, as seen after the last call
  bool refreshing_ = false;               // a refresh is at work or in the queue
  Duration refresh_longer_{};             // the next refresh, by so much
  TimePoint last_refresh_;                // its end, or when none was there to be refreshed
  std::optional<TimePoint> awaited_;      // when the alarm rings
  std::unique_ptr<Alarm> refresh_alarm_;  // made when it is needed
};

}  // namespace escrowstorm::mockrpc
