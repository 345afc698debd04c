// The traces that the page plays: every scenario, run in every variant.
#pragma once

#include <string>
#include <vector>

#include "fault_campaign/subjects.hpp"
#include "shared/event_json.hpp"

namespace stepper {

// What: the object `reset_guard.stepper` that tools/reset_tool/json.md describes.
// Throws: std::runtime_error if the fault of a scenario has nothing to strike in the run of reset_guard, or in the one
// that is shown at first.
program::Json traces();

// What: one of the campaign's subjects.
// Throws: std::runtime_error if there is none.
const campaign::Subject& find(const std::vector<campaign::Subject>& subjects, campaign::Variant variant,
                              const std::string& name, const std::string& nesting);

// What a run told its caller. Upstream's 0 is a success by its word alone; what reset_guard answers says whether it was
// shown.
const char* answer_of(const campaign::Subject& subject, const campaign::Answer& answer);

}  // namespace stepper
