// RULE: A result is not a bool: ask `failed()`.
// ENFORCED: compile
// SAYS g++: could not convert 'loaded' from 'reset_guard::Result<void>' to 'bool'
// SAYS clang: is not contextually convertible to 'bool'
// WHY: In C 0 is a success, and as a bool it would be a failure. Nothing converts, so nobody has to remember which.
#include "device.hpp"

#ifdef OK
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return std::move(loaded).error();
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded) return BusReset::run(scope);
  return std::move(loaded).error();
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
