// What the stepper plays: a device, what happens to it, and what to look at.
#pragma once

#include <span>

#include "fault_campaign/report.hpp"
#include "fault_campaign/staged_run.hpp"

namespace stepper {

struct Scenario {
  const char* title;
  const char* story;
  const char* watch;             // the question to keep in mind
  campaign::Variant first;       // which of upstream's versions is shown at first
  const char* subject;           // on the campaign's machine of this name
  const char* upstream_subject;  // what upstream calls on that machine
  const char* nesting;
  campaign::Staging staging;
};

std::span<const Scenario> scenarios();

}  // namespace stepper
