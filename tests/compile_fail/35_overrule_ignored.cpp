// HOLE 35: the answer of overrule() is ignored
// EXPECT all: N
// EXPECT typestate: NC
// HELD IN: 35_overrule_unrecorded
#include "device.hpp"

void overrules(Scope& scope, rg::Error error) {
  scope.overrule(error);  // BAD
  // GOOD: scope.overrule(error).discard("a control");
}
