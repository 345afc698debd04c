// RULE: What is in a result is taken out by a move: `std::move(r).error()`.
// ENFORCED: compile
// SAYS g++: use of deleted function 'reset_guard::Error reset_guard::Result<T>::error() const & [with T = void]'
// SAYS clang: call to deleted member function 'error'
// SAYS clang 19: reset_guard: say std::move(result).error()
// WHY: So is `take()`, and so is `discard(reason)`: each ends the result, and the move says so where it is read.
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
  if (loaded.failed()) return loaded.error();
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  return exit_status(rg::reset(nic, handler));
}
