#include "report.hpp"

#include <array>
#include <cstddef>

namespace campaign {
namespace {

struct Name {
  const char* for_people;
  const char* for_programs;
};

constexpr std::array<Name, variant_count> variants{{
    {"reset_guard", "reset_guard"},
    {"Linux 7.0", "linux_7_0"},
    {"March 2026 proposal", "march_2026"},
    {"Linux 7.1", "linux_7_1"},
    {"Quarantine series", "quarantine"},
}};

constexpr std::array<Name, finding_count> findings{{
    {"honest", "honest"},
    {"false success", "false_success"},
    {"unblocked on failure", "unblocked_on_failure"},
    {"stuck", "stuck"},
    {"false alarm", "false_alarm"},
    {"unbalanced", "unbalanced"},
    {"unfenced work", "unfenced_work"},
    {"wrong error", "wrong_error"},
    {"hung", "hung"},
    {"too long", "too_long"},
}};

}  // namespace

const char* to_string(Variant variant) noexcept { return variants[static_cast<std::size_t>(variant)].for_people; }
const char* identifier(Variant variant) noexcept { return variants[static_cast<std::size_t>(variant)].for_programs; }
const char* to_string(Finding finding) noexcept { return findings[static_cast<std::size_t>(finding)].for_people; }
const char* identifier(Finding finding) noexcept { return findings[static_cast<std::size_t>(finding)].for_programs; }

}  // namespace campaign
