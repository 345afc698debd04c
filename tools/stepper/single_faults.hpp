// The runs of the page's game: a few handlers with each fault in each operation, one at a time, in every variant.
#pragma once

#include <vector>

#include "fault_campaign/subjects.hpp"
#include "shared/event_json.hpp"

namespace stepper {

// What: the object `single_faults` of the page's traces. `subjects`: among them the handlers, in every variant.
// Throws: std::runtime_error if a handler is missing.
program::Json single_faults(const std::vector<campaign::Subject>& subjects);

}  // namespace stepper
