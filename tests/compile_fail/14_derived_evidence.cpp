// HOLE 14: a class derived from evidence, or from a scope
// EXPECT all: A A
// MESSAGE A: final
#include "device.hpp"

struct Mine : rg::Done<Flr> {};  // BAD
// GOOD: struct Mine { rg::Done<Flr> evidence; };

struct Yours : Scope {};  // BAD
// GOOD: struct Yours { Scope* scope; };
