// HOLE 27: the pragmas reach the whole file: what others declared, too
// EXPECT plain: M
// EXPECT system: M
// EXPECT default: m
// LIMIT: warnings-off
#include "device.hpp"

[[gnu::warn_unused_result]] static long write_somewhere(int value) { return value; }

int main() {
  write_somewhere(1);  // BAD
  // GOOD: if (write_somewhere(1) != 1) return 1;
}
