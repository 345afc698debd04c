// HOLE 23: a Result<bool> made from an errno: 'ready'
// EXPECT all: A A A
// MESSAGE A: convert|no viable conversion
#include "device.hpp"

static int c_read() { return -5; }

rg::Result<bool> of_int() {
  return c_read();  // BAD
  // GOOD: return c_read() == 0;
}

rg::Result<bool> of_pointer() {
  return "an error";  // BAD
  // GOOD: return c_read() == 0;
}

rg::Result<bool> of_function() {
  return c_read;  // BAD
  // GOOD: return c_read() == 0;
}
