#include "tests/coordinator/support/machine_rig.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <variant>

#include "base/walletrpc/visit.hpp"
#include "coordinator/setup/wallet_name.hpp"

namespace escrowstorm::test {

using namespace coordinator;
using namespace walletrpc;

namespace {

struct GoodAnswer {
  const coordinator::Call& call;

  std::string message(std::string_view round) const {
    return std::string(round) + "-" + std::string(name_of(*call.site.role));
  }
  Answer operator()(const GetAttribute&) const {
    return AnswerTo<GetAttribute>{{std::string(wallet_of_file(call.site.wallet))}};
  }
  Answer operator()(const PrepareMultisig&) const {
    return AnswerTo<PrepareMultisig>{{message("prepared")}};
  }
  Answer operator()(const MakeMultisig&) const {
    return AnswerTo<MakeMultisig>{{"41fJjQDhryD1111", message("made")}};
  }
  Answer operator()(const ExchangeMultisigKeys&) const {
    const bool last = call.site.phase == name_of(Phase::exchange_2);
    return AnswerTo<ExchangeMultisigKeys>{
        {last ? "4AddressOfTheEscrow" : "", message(call.site.phase)}};
  }
  Answer operator()(const IsMultisig&) const { return AnswerTo<IsMultisig>{{true, true, 2, 3}}; }
  Answer operator()(const GetAddress&) const {
    return AnswerTo<GetAddress>{{"4AddressOfTheEscrow", {}}};
  }
  template <class Method>
  Answer operator()(const Method&) const {
    return AnswerTo<Method>{};
  }
};

}  // namespace

Answer good_answer(const coordinator::Call& call) { return visit(GoodAnswer{call}, call.request); }

CallError rpc_error(int code, std::string message) {
  CallError error = call_error(CallError::Kind::rpc_error, std::move(message));
  error.code = code;
  return error;
}

CallError call_error(CallError::Kind kind, std::string message) {
  CallError error;
  error.kind = kind;
  error.sent = kind != CallError::Kind::refused;
  error.message = std::move(message);
  return error;
}

void MachineRig::lease() {
  Leased event;
  event.instances = {4, 5, 6};
  take(machine.on(event));
}

void MachineRig::commit(std::optional<std::string> error) {
  ASSERT_TRUE(commit_asked);
  if (!error) committed.push_back(*commit_asked);
  commit_asked.reset();
  Committed event;
  event.error = std::move(error);
  take(machine.on(std::move(event)));
}

void MachineRig::answer(Role role, CallResult<Answer> result) {
  const auto call = std::find_if(calls.begin(), calls.end(),
                                 [role](const auto& one) { return one.site.role == role; });
  ASSERT_NE(call, calls.end()) << name_of(role) << " has no call under way";
  calls.erase(call);
  take(machine.on(Answered{role, std::move(result)}));
}

void MachineRig::end_wait() {
  ASSERT_FALSE(waits.empty());
  Waited event;
  event.role = waits.front().role;
  waits.pop_front();
  take(machine.on(event));
}

void MachineRig::answer_well(Role role) { answer(role, good_answer(call_of(role))); }

void MachineRig::go_to(Phase phase) {
  if (!commit_asked) lease();
  while (commit_asked && commit_asked->phase != phase) {
    commit();
    while (!calls.empty()) answer_well(*calls.front().site.role);
  }
  ASSERT_TRUE(commit_asked) << "never came to " << name_of(phase);
  commit();
}

void MachineRig::finish_well() {
  while (!outcome && !started_over) {
    if (commit_asked)
      commit();
    else
      answer_well(*calls.front().site.role);
  }
}

void MachineRig::finish_badly() {
  while (!outcome && !started_over) {
    if (commit_asked)
      commit("disk full");
    else
      answer(*calls.front().site.role, call_error(CallError::Kind::outcome_unknown));
  }
}

bool MachineRig::under_way(Role role) const {
  return std::any_of(calls.begin(), calls.end(),
                     [role](const auto& one) { return one.site.role == role; });
}

const coordinator::Call& MachineRig::call_of(Role role) const {
  return *std::find_if(calls.begin(), calls.end(),
                       [role](const auto& one) { return one.site.role == role; });
}

std::vector<std::string> MachineRig::methods_under_way() const {
  std::vector<std::string> texts;
  for (const Role role : all_roles) {
    if (!under_way(role)) continue;
    const std::string_view method = method_of(call_of(role).request);
    texts.push_back(std::string(name_of(role)) + ' ' + std::string(method));
  }
  return texts;
}

void MachineRig::take(std::vector<SetupAction> actions) {
  std::vector<Copied> made;
  for (SetupAction& action : actions) {
    EXPECT_FALSE(outcome || started_over) << "an action after the end";
    if (auto* commit = std::get_if<Commit>(&action)) {
      EXPECT_FALSE(commit_asked) << "two commits at once";
      EXPECT_TRUE(calls.empty()) << "a commit while calls are under way";
      commit_asked = std::move(*commit->record);
    } else if (auto* call = std::get_if<coordinator::Call>(&action)) {
      EXPECT_FALSE(commit_asked) << "a call before its commit";
      EXPECT_FALSE(under_way(*call->site.role)) << "two calls of one role";
      EXPECT_EQ(releases, 0) << "a call on an instance that was given back";
      all_calls.push_back(*call);
      calls.push_back(std::move(*call));
    } else if (auto* wait = std::get_if<Wait>(&action)) {
      EXPECT_FALSE(under_way(wait->role)) << "waits while it calls";
      waits.push_back(*wait);
    } else if (auto* copy = std::get_if<Copy>(&action)) {
      made.push_back(copied_by(*copy));
    } else if (auto* discard = std::get_if<Discard>(&action)) {
      kept.erase(discard->wallet);
    } else if (auto* back = std::get_if<WentBack>(&action)) {
      went_back = back->round;
    } else if (auto* release = std::get_if<Release>(&action)) {
      EXPECT_TRUE(calls.empty()) << "a lease given back under calls";
      ++releases;
      drained = release->drain;
    } else if (auto* over = std::get_if<StartOver>(&action)) {
      EXPECT_EQ(releases, 1) << "started over with its lease";
      started_over = over->reason;
      back_to = std::move(over->back_to);
    } else if (auto* address = std::get_if<Published>(&action)) {
      published = address->address;
    } else if (auto* failed = std::get_if<ClosingFailed>(&action)) {
      closing_failures.push_back(failed->reason);
    } else if (auto* finish = std::get_if<Finish>(&action)) {
      EXPECT_EQ(releases, 1) << "ended with its lease";
      outcome = finish->outcome;
    }
  }
  for (Copied& one : made) take(machine.on(std::move(one)));
}

Copied MachineRig::copied_by(const Copy& copy) {
  Copied event{copy.role, FilesDigest{"digest of " + std::string(wallet_of_file(copy.from))}};
  if (copy.from == damaged) {
    event.digest = FolderError{"disk full"};
    return event;
  }
  copied.push_back(copy.from + " > " + copy.to);
  if (copy.to.ends_with("_input")) kept.insert(copy.to);
  return event;
}

}  // namespace escrowstorm::test
