// HOLE 21: an error's code is overwritten by hand
// EXPECT all: A A
// MESSAGE A: lvalue required|not assignable|private
#include "device.hpp"

void clears(rg::Error& error) {
  error.code() = rg::Errc{};  // BAD
  // GOOD: error = rg::Error(rg::Errc::io, error.native(), "copied");
}

void counts_down(rg::Error& error) {
  error.later_errors() = 0;  // BAD
  // GOOD: error = rg::Error(rg::Errc::io, error.native(), "copied");
}
