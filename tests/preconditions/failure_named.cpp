// RULE: `supersede()` is given the very error that was recorded.
// ENFORCED: run
// OK PRINTS: supersede: ok, the reset: verified
// SAYS: supersede: not_recorded, the reset: laundered
// WHY: A recorded error has a number. One that was made by hand, and one of another device or of an earlier reset,
// names nothing, though it looks the same.
#include "device.hpp"

#ifdef OK
rg::Status overrule(Scope& scope, rg::Error error) { return scope.supersede(error); }
#else
rg::Status overrule(Scope& scope, rg::Error error) {
  return scope.supersede(rg::Error(error.code, error.native, error.step));
}
#endif

int main() {
  Nic nic;
  nic.flr_works = false;
  std::printf("the reset: %s\n", word(rg::reset(nic, [](Scope& scope) {
                std::printf("supersede: %s, ", word(overrule(scope, error_of(Flr::in(scope))), "ok"));
                return BusReset::in(scope);
              })));
}
