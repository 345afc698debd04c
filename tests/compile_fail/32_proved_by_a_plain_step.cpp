// HOLE 32: a reset step that says it is proved by a step that resets nothing, or that destroys less
// EXPECT all: A A A
// MESSAGE A: reset_guard: (a ResetStep is proved by ResetSteps only; name these in its proved_by|this step's destroys names something that a step in its proved_by leaves)
#include "device.hpp"

template <class... By>
struct Any : rg::ResetStep<Any<By...>> {
  using proved_by = rg::any_of<By...>;
};

rg::Verdict<Any<FirmwareAck>> by_one(Scope& scope) {
  RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope));
  return ack;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, ack.claimed() ? rg::Literal("a") : rg::Literal("b"));
}

rg::Verdict<Any<BusReset, FirmwareAck>> by_one_of_two(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::in(scope));
  return bus;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, bus.claimed() ? rg::Literal("a") : rg::Literal("b"));
}

struct Wiped : rg::ResetStep<Wiped> {
  using proved_by = rg::any_of<BusReset>;
  using destroys = rg::all_of<rg::contents::device_memory>;
};
rg::Verdict<Wiped> by_one_that_leaves_it(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::in(scope));
  return bus;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, bus.claimed() ? rg::Literal("a") : rg::Literal("b"));
}
