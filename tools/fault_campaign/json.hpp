// The report for programs, as json.md describes it.
#pragma once

#include <iosfwd>

#include "report.hpp"

namespace campaign {

void write_json(std::ostream& out, const Report& report);

}  // namespace campaign
