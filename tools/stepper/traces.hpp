// The traces that the page plays: every scenario, run in every variant.
#pragma once

#include "shared/event_json.hpp"

namespace stepper {

// What: the object `reset_guard.stepper` that tools/reset_tool/json.md describes.
// Throws: std::runtime_error if the fault of a scenario has nothing to strike in the run of reset_guard, or in the one that is shown
// at first.
program::Json traces();

}  // namespace stepper
