// The next method only after unsupported.
#include "device.hpp"

struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};

rg::Verdict<Any> handler(Scope& scope) {
  auto first = Flr::run(scope.device());
  if (!first.failed()) return RESET_GUARD_MOVE(first).take();
  const rg::Error error = RESET_GUARD_MOVE(first).error();
  if (error.code() != rg::Errc::unsupported) return error;
  RESET_GUARD_TRY(auto bus, BusReset::in(scope));
  return bus;
}
