// A switch over the method.
#include "device.hpp"

struct Any : rg::ResetStep<Any> {
  using proved_by = rg::any_of<Flr, BusReset>;
};

rg::Verdict<Any> handler(Scope& scope, int method) {
  switch (method) {
    case 0: {
      RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
      return flr;
    }
    case 1: {
      RESET_GUARD_TRY(auto bus, BusReset::in(scope));
      return bus;
    }
    default: return rg::Error(rg::Errc::unsupported, method, "no such method");
  }
}
