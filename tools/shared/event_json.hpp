// Events, violations and errors as json.md describes them: for the report and for other writers of traces.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/log.hpp"

namespace program {

using Json = nlohmann::ordered_json;

// Text that may be missing.
Json or_null(const char* text);
Json or_null(const std::optional<std::string>& text);

Json error_json(const char* code, std::int32_t native, const char* where);

// Times count from the first event.
Json events_json(const std::vector<sim::Event>& events);

// Times count from `start`, which is the first event's.
Json violations_json(const std::vector<sim::Violation>& violations, sim::Duration start);

}  // namespace program
