#include "sim/calibrate/calibration.hpp"

#include "sim/world/inquiry.hpp"

namespace escrowstorm::sim {
namespace {

using namespace walletrpc;

// So long a chain has outputs enough that are unlocked for a payment to hide among.
constexpr std::uint64_t chain_blocks_min = 110;
// That somebody else made between two looks at the chain.
constexpr std::uint64_t blocks_meanwhile_max = 100;

template <class Method, class Result>
CalibrationFailure failed_on(InstanceId instance, const Result& result) {
  return {instance, std::string(Method::method) + ": " + in_words(result.error())};
}

}  // namespace

Awaitable<Calibration::Failure> Calibration::play() {
  for (InstanceId i = 0; options_.miner && i < calls_.instances(); ++i) {
    Failure failure = co_await find_chain(i);
    if (failure) co_return failure;
  }
  for (round_ = 1; round_ <= options_.rounds; ++round_) {
    Failure failure = co_await play_round();
    if (failure) co_return failure;
  }
  co_return std::nullopt;
}

// With a wallet that has no file, so that nothing is left on an instance whose chain is another:
// that could be mainnet. Rewards and payouts go to the first one, whose keys are gone then.
Awaitable<Calibration::Failure> Calibration::find_chain(InstanceId instance) {
  CreateWallet nameless;
  nameless.language = "English";
  const auto created = co_await calls_.ask(instance, std::move(nameless), not_counted);
  if (!created) co_return failed_on<CreateWallet>(instance, created);
  if (elsewhere_.empty()) {
    Failure failure = co_await begin_chain(instance);
    if (failure) co_return failure;
  }
  Refresh look;
  const auto looked = co_await calls_.ask(instance, std::move(look), not_counted);
  if (!looked) co_return failed_on<Refresh>(instance, looked);
  GetHeight ask_height;
  const auto seen = co_await calls_.ask(instance, std::move(ask_height), not_counted);
  if (!seen) co_return failed_on<GetHeight>(instance, seen);
  CloseWallet unsaved;
  unsaved.autosave_current = false;
  const auto closed = co_await calls_.ask(instance, std::move(unsaved), not_counted);
  if (!closed) co_return failed_on<CloseWallet>(instance, closed);
  if (seen->height < height_ || seen->height > height_ + blocks_meanwhile_max)
    co_return CalibrationFailure(
        instance, "sees " + std::to_string(seen->height) + " blocks where --daemon has " +
                      std::to_string(height_) + "; give the monerod of this wallet RPC");
  co_return std::nullopt;
}

Awaitable<Calibration::Failure> Calibration::begin_chain(InstanceId instance) {
  GetAddress show;
  const auto shown = co_await calls_.ask(instance, std::move(show), not_counted);
  if (!shown) co_return failed_on<GetAddress>(instance, shown);
  elsewhere_ = shown->address;
  auto height = co_await options_.miner->mine(elsewhere_, 1);
  if (height && *height < chain_blocks_min)
    height = co_await options_.miner->mine(elsewhere_, chain_blocks_min - *height);
  if (!height) co_return CalibrationFailure(std::nullopt, height.error().why);
  height_ = *height;
  co_return std::nullopt;
}

Awaitable<Calibration::Failure> Calibration::play_round() {
  std::array<InstanceId, role_count> instances{};
  for (const Role role : all_roles)
    instances[index_of(role)] =
        static_cast<InstanceId>(((round_ - 1) * role_count + index_of(role)) % calls_.instances());
  EscrowRound escrow(calls_, round_, options_.wallet_prefix, instances);
  Failure failure = co_await escrow.set_up();
  if (!failure) failure = co_await escrow.look();
  if (!failure && options_.miner) {
    failure = co_await escrow.be_paid(*options_.miner, elsewhere_);
    if (!failure) failure = co_await escrow.pay_out(elsewhere_);
  }
  if (!failure) failure = co_await escrow.close();
  co_return failure;
}

}  // namespace escrowstorm::sim
