// The report as one HTML page, for people: no script, nothing to be fetched, readable in black and white.
#pragma once

#include <iosfwd>

#include "report.hpp"

namespace campaign {

void write_page(std::ostream& out, const Report& report);

}  // namespace campaign
