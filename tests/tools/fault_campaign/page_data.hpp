// A report as a campaign could make it: plausible numbers and courses, none of them measured. The page can be looked
// at and tested without a campaign.
#pragma once

#include "fault_campaign/report.hpp"

namespace page_test {

campaign::Report plausible_report();

}  // namespace page_test
