// Every handler of examples/reset_methods, for the edits of examples/lessons/six_quirks.md.
#include "reset_methods/table.hpp"
#include "sim/function.hpp"

const void* all_handlers() { return &quirks::table<sim::Function>; }
