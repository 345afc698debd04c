// HOLE 21: an error says where it arose with a string that may be gone when it is read
// EXPECT all: A A
// MESSAGE A: no matching|no viable|no known conversion|could not convert
#include "device.hpp"

rg::Error of_a_pointer(const char* where) {
  return rg::Error(rg::Errc::io, 0, where);  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, rg::Literal::unchecked(where));
}

rg::Error of_nothing() {
  return rg::Error(rg::Errc::io, 0, nullptr);  // BAD
  // GOOD: return rg::Error(rg::Errc::io, 0, "here");
}
