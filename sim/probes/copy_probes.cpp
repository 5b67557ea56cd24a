#include "sim/probes/copy_probes.hpp"

namespace escrowstorm::sim {
namespace {

// An event of the coordinator's about an escrow, of that phase and well.
class Told final : public Probe {
 public:
  explicit Told(std::string_view phase) : phase_(phase) {}

 private:
  void told(const Event& event) override {
    if (event.kind == EventKind::escrow && event.phase == phase_ && event.ok) meet();
  }

  const std::string_view phase_;
};

}  // namespace

std::unique_ptr<Probe> make_wallet_moved() { return std::make_unique<Told>("moved"); }
std::unique_ptr<Probe> make_went_back_to_a_round() { return std::make_unique<Told>("went_back"); }

}  // namespace escrowstorm::sim
