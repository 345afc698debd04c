// A pair of a value and evidence, taken apart.
#include "device.hpp"

struct Answer {
  rg::Evidence<Flr> evidence;
  int tries;
};

static rg::Result<Answer> try_it(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  return Answer{RESET_GUARD_MOVE(flr), 1};
}

rg::Verdict<Flr> handler(Scope& scope) {
  RESET_GUARD_TRY(auto answer, try_it(scope));
  auto& [evidence, tries] = answer;
  if (tries > 3) scope.touch();
  return RESET_GUARD_MOVE(evidence);
}
