// HOLE 2: an error is made, and not returned
// EXPECT all: N N
// MESSAGE N: ignoring (the )?(return|temporary)|should not be disregarded
// LIMIT: warnings-off
#include "device.hpp"

rg::Status of_a_code(int code) {
  if (code != 0) rg::Error(rg::Errc::io, code, "a test");  // BAD
  // GOOD: if (code != 0) return rg::Error(rg::Errc::io, code, "a test");
  return rg::ok();
}

rg::Error error_of(int code) { return rg::Error(rg::Errc::io, code, "a test"); }
rg::Status by_a_function(int code) {
  if (code != 0) error_of(code);  // BAD
  // GOOD: if (code != 0) return error_of(code);
  return rg::ok();
}
