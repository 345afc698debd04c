// What the campaign's own files define, for as long as the page is built without them.
#include "campaign/report.hpp"

namespace campaign {

const char* to_string(Variant variant) noexcept {
  switch (variant) {
    case Variant::ours: return "ours";
    case Variant::linux_7_0: return "Linux 7.0";
    case Variant::march_2026: return "March 2026 proposal";
    case Variant::linux_7_1: return "Linux 7.1";
    case Variant::quarantine: return "quarantine proposal";
  }
  return "?";
}

const char* identifier(Variant variant) noexcept {
  switch (variant) {
    case Variant::ours: return "ours";
    case Variant::linux_7_0: return "linux_7_0";
    case Variant::march_2026: return "march_2026";
    case Variant::linux_7_1: return "linux_7_1";
    case Variant::quarantine: return "quarantine";
  }
  return "?";
}

const char* to_string(Finding finding) noexcept {
  switch (finding) {
    case Finding::honest: return "honest";
    case Finding::false_success: return "false success";
    case Finding::unblocked_on_failure: return "unblocked on failure";
    case Finding::stuck: return "stuck";
    case Finding::false_alarm: return "false alarm";
    case Finding::unbalanced: return "unbalanced";
    case Finding::unfenced_work: return "unfenced work";
    case Finding::wrong_error: return "wrong error";
    case Finding::too_long: return "too long";
  }
  return "?";
}

}  // namespace campaign
