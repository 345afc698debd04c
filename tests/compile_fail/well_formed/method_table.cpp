// A table of function pointers, tried in order.
#include "device.hpp"

struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};
using Handler = rg::Verdict<Any> (*)(Scope&);

static rg::Verdict<Any> by_flr(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return flr;
}
static rg::Verdict<Any> by_bus(Scope& scope) {
  RESET_GUARD_TRY(auto bus, BusReset::in(scope));
  return bus;
}
static constexpr Handler handlers[] = {by_flr, by_bus};

rg::Verdict<Any> act(Device& device) {
  for (Handler handler : handlers) {
    auto verdict = rg::reset(device, handler);
    if (!verdict.failed()) return verdict;
    const rg::Error error = RESET_GUARD_MOVE(verdict).error();
    if (error.code() != rg::Errc::unsupported) return error;
  }
  return rg::Error(rg::Errc::unsupported, 0, "no method");
}
