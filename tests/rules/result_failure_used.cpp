// RULE: Return or discard a failure that `failed()` reported.
// WHY: `failed()` only reports it, but to the compiler the result then counts as used.
// ENFORCED: by strict (clang: typestate), at run time except status
// LIMIT: A plain Status passes through no scope, so the library cannot see at run time that it was dropped.
#include "device.hpp"

// CASE: a failure that is only asked for
// ENFORCED: by strict (clang: typestate)
// MESSAGE clang: invalid invocation of method '~Result' on object 'loaded' while it is in the 'unknown' state
// PRINTS: verified, DMA goes through
// GOOD PRINTS: io, DMA is blocked
namespace result_failed_asks {
#ifdef GOOD
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) return std::move(loaded).error();
  return BusReset::run(scope);
}
#else
rg::Verdict<BusReset> handler(Scope& scope) {
  auto loaded = load_firmware(scope.device());
  if (loaded.failed()) scope.touch();
  return BusReset::run(scope);
}
#endif

int main() {
  Nic nic;
  nic.firmware_answers = false;
  show(nic, rg::reset(nic, handler));
  return 0;
}
}  // namespace result_failed_asks

// CASE: the failing branch goes on
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
namespace falls_through {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (result.failed()) scope.touch();  // BAD
  // GOOD: if (result.failed()) return RESET_GUARD_MOVE(result).error();
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace falls_through

// CASE: only the success is used
// FOR EACH: reset, step, status
// PRINTS: unresolved_failure
// PRINTS status: verified
namespace falls_through_else {
rg::Verdict<BusReset> drops(Scope& scope) {
  auto result = Flr::run(scope.device());
  if (!result.failed()) RESET_GUARD_MOVE(result).discard("went well");  // BAD
  // GOOD: RESET_GUARD_MOVE(result).discard("a control");
  return BusReset::run(scope);
}

int main() { return run(drops); }
}  // namespace falls_through_else
