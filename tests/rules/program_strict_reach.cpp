// RULE: In strict mode, use the result of every function with `warn_unused_result`, from any library.
// WHY: The header's pragmas apply to the whole file that includes it, even if the library is a system header.
// ENFORCED: by strict (must_use)
#include "device.hpp"

[[gnu::warn_unused_result]] static long write_somewhere(int value) { return value; }

int main() {
  write_somewhere(1);  // BAD
  // GOOD: if (write_somewhere(1) != 1) return 1;
}
