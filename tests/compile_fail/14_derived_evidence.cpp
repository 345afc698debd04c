// HOLE 14: a class derived from evidence, or from an owned scope
// EXPECT all: A A
// MESSAGE A: final
#include "device.hpp"

struct Mine : rg::Evidence<Flr> {};  // BAD
// GOOD: struct Mine { rg::Evidence<Flr> evidence; };

struct Yours : Owned {};  // BAD
// GOOD: struct Yours { Owned* scope; };
