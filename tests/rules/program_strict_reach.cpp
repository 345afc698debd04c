// RULE: In strict mode no function's result is ignored, whoever declared it.
// WHY: The header's pragmas are for the whole file that includes it, also when the library is a system header.
// ENFORCED: by strict (must_use)
#include "device.hpp"

[[gnu::warn_unused_result]] static long write_somewhere(int value) { return value; }

int main() {
  write_somewhere(1);  // BAD
  // GOOD: if (write_somewhere(1) != 1) return 1;
}
