// HOLE 23: an error made from a foreign code, without a mapping
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion|no matching|cannot initialize
#include "device.hpp"

rg::Status of_int() {
  return rg::Error(-5, -5, "errno");  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}

rg::Status of_bool() {
  return rg::Error(true, -5, "errno");  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}

rg::Status of_code() {
  return rg::Errc::io;  // BAD
  // GOOD: return rg::Error(rg::Errc::io, -5, "errno");
}
