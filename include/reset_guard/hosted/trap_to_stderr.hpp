/// trap_to_stderr(): a trap handler that prints the rule that was broken.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace reset_guard {

/// A handler for set_trap_handler(): prints the rule to stderr, and aborts. Without a handler a program stops by an
/// illegal instruction, and nobody reads why.
[[noreturn]] inline void trap_to_stderr(const char* rule) noexcept {
  std::fprintf(stderr, "reset_guard: %s\n", rule);
  std::fflush(stderr);  // it has a buffer once a program has opened it anew, and abort() does not write that
  std::abort();
}

}  // namespace reset_guard
