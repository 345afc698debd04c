// HOLE 21: a member that nobody sets
// EXPECT all: A A
// MESSAGE A: deleted|no default constructor|default (member )?initiali
#include "device.hpp"

struct Kept {
  rg::Status status;
};
struct Failed {
  rg::Error error;
};

Kept kept() {
  Kept answer;  // BAD
  // GOOD: Kept answer{rg::ok()};
  return answer;
}

Failed failed() {
  Failed answer;  // BAD
  // GOOD: Failed answer{rg::Error(rg::Errc::io, 0, "a control")};
  return answer;
}
