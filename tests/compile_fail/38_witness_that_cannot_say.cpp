// HOLE 38: a witness without a look before the reset, without one after it, or whose look is a bool
// EXPECT all: A A A A
// MESSAGE A: reset_guard: a Witness needs '(Status check\(Device&\) const', or one that returns Result<bool>|explicit Witness\(Device&\)')
#include "device.hpp"

struct NeverAsked {
  explicit NeverAsked(Device&) noexcept {}
};
struct AnswersBool : NeverAsked {
  using NeverAsked::NeverAsked;
  bool check(Device&) const noexcept { return true; }
};
struct ChangesItself : NeverAsked {
  using NeverAsked::NeverAsked;
  rg::Status check(Device&) noexcept { return rg::ok(); }
};
struct SawNothingBefore {
  explicit SawNothingBefore(int) noexcept {}
  RESET_GUARD_MUST_USE rg::Status check(Device&) const noexcept { return rg::ok(); }
};
struct Sees : NeverAsked {
  using NeverAsked::NeverAsked;
  RESET_GUARD_MUST_USE rg::Result<bool> check(Device&) const noexcept { return true; }
};

template <class Looks>
struct Shows : rg::ResetStep<Shows<Looks>> {
  using Witness = Looks;
  static rg::Status act(Device&) noexcept { return rg::ok(); }
};

void no_check(Device& device) {
  Shows<NeverAsked>::run(device).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(device).discard("a control");
}

void check_that_answers_bool(Device& device) {
  Shows<AnswersBool>::run(device).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(device).discard("a control");
}

void check_that_is_not_const(Device& device) {
  Shows<ChangesItself>::run(device).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(device).discard("a control");
}

void no_look_before(Device& device) {
  Shows<SawNothingBefore>::run(device).discard("a test");  // BAD
  // GOOD: Shows<Sees>::run(device).discard("a control");
}
