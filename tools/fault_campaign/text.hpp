// The report for people, on a terminal of 100 columns.
#pragma once

#include "report.hpp"

namespace campaign {

void print_text(const Report& report);

}  // namespace campaign
