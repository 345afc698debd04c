// For a copy of the library in which run() asks before it does a step's act: left_out.cmake.
#include <cstdio>
#include <cstdlib>
#include <cstring>

// Whether the step is the one that LEFT_OUT names. If there is no LEFT_OUT, each step's name is printed.
inline bool left_out(const char* step) noexcept {
  static const char* const name = std::getenv("LEFT_OUT");
  if (name != nullptr) return std::strcmp(step, name) == 0;
  static const char* last = nullptr;
  if (last != step) std::fprintf(stderr, "step: %s\n", step);
  last = step;
  return false;
}
