#include "tests/mockrpc/properties/step.hpp"

#include "tests/mockrpc/properties/world.hpp"

namespace escrowstorm::mockrpc::properties {
namespace {

const char* name_of(Deed deed) {
  switch (deed) {
    case Deed::create:
      return "create";
    case Deed::open:
      return "open";
    case Deed::close:
      return "close";
    case Deed::close_unsaved:
      return "close unsaved";
    case Deed::store:
      return "store";
    case Deed::label:
      return "label";
    case Deed::advance:
      return "advance";
    case Deed::round:
      return "round, last of";
    case Deed::exchange:
      return "exchange";
    case Deed::kill:
      return "kill";
    case Deed::copy:
      return "copy";
    case Deed::lose_cache:
      return "lose cache of";
  }
  return "?";
}

rc::Gen<Step> a_step() {
  // Set-ups take many steps in order, so that their steps are the frequent ones.
  const auto deed = rc::gen::weightedElement<Deed>({{1, Deed::create},
                                                    {3, Deed::open},
                                                    {2, Deed::close},
                                                    {1, Deed::close_unsaved},
                                                    {1, Deed::store},
                                                    {4, Deed::label},
                                                    {10, Deed::advance},
                                                    {10, Deed::round},
                                                    {2, Deed::exchange},
                                                    {1, Deed::kill},
                                                    {1, Deed::copy},
                                                    {1, Deed::lose_cache}});
  return rc::gen::build<Step>(
      rc::gen::set(&Step::deed, deed),
      rc::gen::set(&Step::instance, rc::gen::inRange<std::size_t>(0, instance_count)),
      rc::gen::set(&Step::wallet, rc::gen::inRange<std::size_t>(0, World::wallet_names.size())),
      rc::gen::set(&Step::choice, rc::gen::inRange<std::size_t>(0, 64)));
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Step& step) {
  return out << "\n  " << step.instance << ": " << name_of(step.deed) << " "
             << World::wallet_names[step.wallet] << " (" << step.choice << ")";
}

rc::Gen<Steps> some_steps() { return rc::gen::container<Steps>(a_step()); }

}  // namespace escrowstorm::mockrpc::properties
