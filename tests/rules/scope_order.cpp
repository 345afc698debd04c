// RULE: End scopes from the inside out.
// WHY: If an outer scope finishes first, its owner takes the fence as lifted while the inner scope is at work. From
//   then on nothing in that reset succeeds, and done is called when the last scope ends.
// ENFORCED: at run time
// PRINTS: out_of_order, DMA is blocked
// GOOD PRINTS: verified, DMA goes through
#include "device.hpp"

#ifdef GOOD
rg::Verdict<BusReset> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto outer, Owned::enter(nic));
  RESET_GUARD_TRY(auto inner, Owned::enter(nic));
  RESET_GUARD_TRY([[maybe_unused]] auto flr, inner.finish(Flr::run(inner)));
  return outer.finish(BusReset::run(outer));
}
#else
rg::Verdict<BusReset> reset_by_hand(Nic& nic) {
  RESET_GUARD_TRY(auto outer, Owned::enter(nic));
  RESET_GUARD_TRY(auto inner, Owned::enter(nic));
  auto answer = outer.finish(BusReset::run(outer));
  inner.finish(Flr::run(inner)).discard("the outer one's answer counts");
  return answer;
}
#endif

int main() {
  Nic nic;
  show(nic, reset_by_hand(nic));
}
