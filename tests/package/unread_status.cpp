// A result that nobody looks at, in the spelling that only clang's typestate analysis sees. Without the header's own
// pragma, which would make an error of it: only the target's flag is left.
#define RESET_GUARD_NO_WARNING_PRAGMAS
#include <reset_guard/reset_guard.hpp>

reset_guard::Status attempt();

void caller() { [[maybe_unused]] auto status = attempt(); }
