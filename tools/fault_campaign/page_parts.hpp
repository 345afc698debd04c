// The parts of the page, each in a file of its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"

namespace campaign {

// What has no column of its own in the short tables: there it is one, `Other`.
inline constexpr std::array other_findings = {Finding::false_alarm, Finding::unbalanced, Finding::unfenced_work,
                                              Finding::wrong_error, Finding::hung,       Finding::too_long};

struct Totals {
  std::uint64_t runs = 0;
  std::array<std::uint64_t, finding_count> found{};

  void add(const Row& row) {
    runs += row.singles + row.pairs;
    for (std::size_t i = 0; i != finding_count; ++i) found[i] += row.found[i];
  }
  std::uint64_t of(Finding finding) const { return found[static_cast<std::size_t>(finding)]; }
  std::uint64_t others() const {
    std::uint64_t sum = 0;
    for (const Finding finding : other_findings) sum += of(finding);
    return sum;
  }
};

// The order of the page: upstream's in time, reset_guard last.
inline constexpr std::array<Variant, variant_count> page_order = {
    Variant::linux_7_0, Variant::march_2026, Variant::linux_7_1, Variant::quarantine, Variant::reset_guard};

std::string name_of_subject(const std::string& subject);  // "HiNIC VF"; itself if there is no name for it
std::string name_of_nesting(const std::string& nesting);
Totals totals_of(const std::vector<Row>& rows, Variant variant);
std::string_view page_style() noexcept;  // CSS
std::string variant_table(const Report& report);
std::string subject_table(const Report& report);
std::string nesting_table(const Report& report);
std::string example_table(const Report& report);
std::string comparison_figure(const Comparison& comparison, std::size_t index);

}  // namespace campaign
