// Every handler of examples/quirks, for the edits of examples/lessons/six_quirks.md.
#include "quirks/table.hpp"
#include "sim/function.hpp"

const void* all_handlers() { return &quirks::table<sim::Function>; }
