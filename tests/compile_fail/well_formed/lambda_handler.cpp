// A handler as a lambda with captures.
#include "device.hpp"

rg::Verdict<Flr> act(Device& device, int& tries) {
  return rg::reset(device, [&tries](Scope& scope) -> rg::Verdict<Flr> {
    ++tries;
    RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
    return flr;
  });
}
