// One step, handed up.
#include "device.hpp"

rg::Verdict<Flr> handler(Scope& scope) { return Flr::run(scope.device()); }
