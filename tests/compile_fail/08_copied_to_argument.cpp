// HOLE 8: copied to an argument
// EXPECT all: A A A
// MESSAGE A: deleted
#include "device.hpp"

template <class T>
void consume(rg::Result<T> result) {
  RESET_GUARD_MOVE(result).discard("a control");
}

rg::Verdict<BusReset> drops_scope(Scope& scope) {
  auto result = Flr::run(scope.device());
  consume(result);  // BAD scope
  // GOOD: consume(RESET_GUARD_MOVE(result));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_step(Scope& scope) {
  auto result = FirmwareAck::wait(scope);
  consume(result);  // BAD step
  // GOOD: consume(RESET_GUARD_MOVE(result));
  return BusReset::in(scope);
}

rg::Verdict<BusReset> drops_status(Scope& scope) {
  auto result = attempt(scope.device());
  consume(result);  // BAD status
  // GOOD: consume(RESET_GUARD_MOVE(result));
  return BusReset::in(scope);
}
