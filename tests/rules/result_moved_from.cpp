// RULE: A result that was moved away is not used again.
// WHY: As with every type, what is left is what T leaves behind. A Status or evidence goes on saying the same, which
//   harms nobody: it is good for its one device, in its one reset.
// ENFORCED: by nobody
// LIMIT: C++ has no type that the compiler knows to be empty after a move.
// PRINTS: a buffer, none
// GOOD PRINTS: a buffer, a buffer
#include "device.hpp"

#include <memory>

using Buffer = std::unique_ptr<int>;
rg::Result<Buffer> allocate() { return std::make_unique<int>(0); }
void print(const Buffer& buffer, const char* end) { std::printf("%s%s", buffer ? "a buffer" : "none", end); }

#ifdef GOOD
rg::Status use_twice() {
  RESET_GUARD_TRY(const Buffer buffer, allocate());
  print(buffer, ", ");
  print(buffer, "\n");
  return rg::ok();
}
#else
rg::Status use_twice() {
  auto buffer = allocate();
  if (buffer.failed()) return std::move(buffer).error();
  print(std::move(buffer).take(), ", ");
  print(std::move(buffer).take(), "\n");
  return rg::ok();
}
#endif

int main() { return exit_status(use_twice()); }
