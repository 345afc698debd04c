// The verb `reset`: a function of this machine is reset, for real.
#pragma once

namespace program {

// Exit statuses of `reset`; 2 is command_line::bad_input.
inline constexpr int was_verified = 0;
inline constexpr int has_failed = 1;  // the function stays fenced, and is quarantined
inline constexpr int is_unsupported = 3;
inline constexpr int was_claimed = 4;

// Requires: argv without the verb. Returns: the exit status.
int reset(int argc, char** argv);

}  // namespace program
