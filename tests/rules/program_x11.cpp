// RULE: Do not define the `Status` macro of X11 where the library is included.
// WHY: The library's `Status` would become an int, which has no reason. If a file needs both, include the library
//   first, and write `reset_guard::Result<void>` in code after X11's header.
// ENFORCED: by types
// MESSAGE: X11's macro Status is defined: include reset_guard before <X11/Xlib.h>, or #undef Status
#ifdef GOOD
#include <reset_guard/reset_guard.hpp>
#define Status int  // as <X11/Xlib.h> does
RESET_GUARD_MUST_USE inline reset_guard::Result<int> both(reset_guard::Result<void> (*check)(),
                                                          reset_guard::Result<int> (*value)()) {
  RESET_GUARD_CHECK(check());
  RESET_GUARD_TRY(const int result, value());
  return result;
}
#else
#define Status int  // as <X11/Xlib.h> does
#include <reset_guard/reset_guard.hpp>
#endif

#undef Status
#include "device.hpp"

int main() {
  Nic nic;
  return exit_status(Flr::run(nic));
}
