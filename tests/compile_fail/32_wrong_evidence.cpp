// HOLE 32: success is claimed with the evidence of another step, or of too few
// EXPECT all: A A A A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

rg::Verdict<Flr> of_another(Scope& scope) {
  RESET_GUARD_TRY([[maybe_unused]] auto ack, FirmwareAck::wait(scope));
  return ack;  // BAD
  // GOOD: return Flr::run(scope.device());
}

rg::Verdict<Flr, FirmwareAck> of_one_too_few(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return flr;  // BAD
  // GOOD: RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope)); return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(ack));
}

rg::Verdict<Flr> of_a_status(Scope& scope) {
  if (scope.outermost()) return rg::ok();  // BAD
  // GOOD: if (scope.outermost()) return rg::Error(rg::Errc::io, 0, "a control");
  return Flr::run(scope.device());
}

rg::Verdict<Flr> of_another_verdict(Scope& scope) {
  return BusReset::in(scope);  // BAD
  // GOOD: return Flr::run(scope.device());
}

struct Chip : rg::Step<Chip> {
  static rg::Status act(Device&, int) noexcept { return rg::ok(); }
};

rg::Verdict<rg::each_of<Chip>> of_one_of_them(Scope& scope, int (&chips)[2]) {
  RESET_GUARD_TRY([[maybe_unused]] auto last, Chip::run_for(scope, chips[1], chips[1]));
  return last;  // BAD
  // GOOD: return Chip::run_for_each(scope, chips);
}

rg::Verdict<Chip> of_all_for_one(Scope& scope, int (&chips)[2]) {
  RESET_GUARD_TRY([[maybe_unused]] auto all, Chip::run_for_each(scope, chips));
  return all;  // BAD
  // GOOD: return Chip::run_for(scope, chips[1], chips[1]);
}
