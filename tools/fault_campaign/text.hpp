// The report for people: the totals, on one screen of 80 columns; on request each handler in each nesting, on 100.
#pragma once

#include "report.hpp"

namespace campaign {

void print_text(const Report& report, bool verbose);

}  // namespace campaign
