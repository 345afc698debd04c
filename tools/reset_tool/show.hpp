// The verb `show`: what a reset of one function needs to know of it.
#pragma once

namespace program {

// Exit statuses: command_line::all_well, and command_line::bad_input.
// Requires: argv without the verb. Returns: the exit status.
int show(int argc, char** argv);

}  // namespace program
