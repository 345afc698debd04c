// A result that nobody looks at, in the spelling that only clang's typestate analysis sees.
#include <reset_guard/reset_guard.hpp>

reset_guard::Status attempt();

void caller() { [[maybe_unused]] auto status = attempt(); }
