// HOLE 14: a derived class, which would not carry the attributes
// EXPECT all: A A A
// MESSAGE A: final
#include "device.hpp"

struct Mine : rg::Verdict<Flr> {};  // BAD scope
// GOOD: struct Mine { rg::Verdict<Flr> result; };

struct Yours : rg::Verdict<FirmwareAck> {};  // BAD step
// GOOD: struct Yours { rg::Verdict<FirmwareAck> result; };

struct Theirs : rg::Status {};  // BAD status
// GOOD: struct Theirs { rg::Status result; };
