// A result that is ignored.
#include <reset_guard/reset_guard.hpp>

reset_guard::Status attempt();

void caller() { attempt(); }
