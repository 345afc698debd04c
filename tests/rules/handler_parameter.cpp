// RULE: Declare a handler's parameter as `ResetScope<Device>&`.
// WHY: The scope is lent, so it is passed by reference, and it belongs to the device that is reset.
// ENFORCED: by types
#include "device.hpp"

// CASE: by value
// MESSAGE: reset_guard: a reset handler is called with ResetScope<Device>&: it must accept exactly that
namespace handler_parameter {
#ifdef GOOD
rg::Verdict<Flr> handler(rg::ResetScope<Nic>& scope) { return Flr::run(scope); }
#else
rg::Verdict<Flr> handler(rg::ResetScope<Nic> scope) { return Flr::run(scope); }
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
}  // namespace handler_parameter

// CASE: of another device, and by value
// MESSAGE: reset_guard: a reset handler is called with ResetScope<Device>&
namespace handler_of_another_device {
struct Other {
  rg::ResetState reset_state;
  rg::Status reset_prepare() noexcept { return rg::ok(); }
  rg::Status reset_done(rg::Outcome) noexcept { return rg::ok(); }
};

void other(Other& device) {
  rg::reset(device, [](Scope& scope) { return BusReset::run(scope); }).discard("a test");  // BAD
  // GOOD: rg::OwnedScope<Other>::enter(device).discard("a control");
}

void by_value(Nic& nic) {
  rg::reset(nic, [](Scope scope) { return BusReset::run(scope); }).discard("a test");  // BAD
  // GOOD: rg::reset(nic, [](Scope& scope) { return BusReset::run(scope); }).discard("a control");
}
}  // namespace handler_of_another_device
