// The page: one file with all that it needs in it.
#pragma once

#include <filesystem>
#include <string>

#include "shared/event_json.hpp"

namespace stepper {

// What: stepper.html of `folder`, with the style sheet and the scripts that it names put into it, and the traces.
// Throws: std::runtime_error if one of these files cannot be read, or cannot stand inside a page.
std::string page(const std::filesystem::path& folder, const program::Json& traces);

}  // namespace stepper
