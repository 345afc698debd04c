// RULE: Do not use a result after it was moved.
// WHY: The remaining value is what T leaves behind, as with every type. A Status or evidence keeps its value, which
//   does no harm: it is valid only for one device in one reset.
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
