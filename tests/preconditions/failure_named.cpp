// RULE: `overrule()` is given the very error that was recorded.
// ENFORCED: run
// OK PRINTS: overrule: ok, the reset: verified
// SAYS: overrule: not_recorded, the reset: unresolved_failure
// WHY: A recorded error has a number. One that was made by hand, and one of another device or of an earlier reset,
// names nothing, though it looks the same.
#include "device.hpp"

#ifdef OK
rg::Status overrule(Scope& scope, rg::Error error) { return scope.overrule(error); }
#else
rg::Status overrule(Scope& scope, rg::Error error) {
  return scope.overrule(rg::Error(error.code(), error.native(), rg::Literal::unchecked(error.where())));
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  std::printf("the reset: %s\n", word(rg::reset(nic, [](Scope& scope) {
                std::printf("overrule: %s, ", word(overrule(scope, error_of(Flr::run(scope))), "ok"));
                return BusReset::run(scope);
              })));
}
