// RULE: Do not keep a pointer to the scope that a handler receives.
// WHY: The scope is on the stack of `reset()` and is gone when that returns. Keep the device instead.
// ENFORCED: by nobody
// LIMIT: C++ does not follow a pointer; the bad program is not run, as its behaviour is undefined.
// GOOD PRINTS: verified, depth 0
#include "device.hpp"

#ifdef GOOD
Nic* last_reset;
unsigned depth_of_the_last() { return last_reset->reset_state.depth(); }

rg::Verdict<Flr> handler(Scope& scope) {
  last_reset = &scope.device();
  return Flr::run(scope);
}
#else
Scope* last_reset;
unsigned depth_of_the_last() { return last_reset->depth(); }

rg::Verdict<Flr> handler(Scope& scope) {
  last_reset = &scope;
  return Flr::run(scope);
}
#endif

int main() {
  Nic nic;
  std::printf("%s, ", word(rg::reset(nic, handler)));
  std::printf("depth %u\n", depth_of_the_last());
}
