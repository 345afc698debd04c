// HOLE 35: the answer of supersede() is ignored
// EXPECT all: N
// EXPECT typestate: NC
// HELD IN: 35_supersede_unrecorded
#include "device.hpp"

void overrules(Scope& scope, rg::Error error) {
  scope.supersede(error);  // BAD
  // GOOD: scope.supersede(error).discard("a control");
}
