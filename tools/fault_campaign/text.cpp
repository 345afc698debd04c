#include "text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "shared/style.hpp"

namespace campaign {
namespace {

using program::format;
using program::Style;

constexpr std::size_t width = 80;

using Counts = std::array<std::uint64_t, finding_count>;

// What each column shows; the rest of the findings are the last one's.
struct Column {
  Finding finding;
  const char* above;
  const char* below;
  int width;
};
constexpr Column columns[] = {
    {Finding::false_success, "false", "success", 8},
    {Finding::unblocked_on_failure, "unblocked", "on failure", 11},
    {Finding::stuck, "", "stuck", 8},
    {Finding::false_alarm, "false", "alarm", 6},
};
constexpr int tried_width = 10, honest_width = 10, others_width = 7;
constexpr int total_label = 20, row_label = 40;  // a table of totals has 80 columns

std::uint64_t of(const Counts& found, Finding finding) { return found[static_cast<std::size_t>(finding)]; }

// "3 165 038": digits in threes.
std::string number(std::uint64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ' ');
  return digits;
}

// "99.9 %": rounded down, so that 100 % is all of them.
std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (part == whole) return "100 %";
  const std::uint64_t tenths = part * 1000 / whole;
  return format("%u.%u %%", static_cast<unsigned>(tenths / 10), static_cast<unsigned>(tenths % 10));
}

std::string right(const std::string& text, int to) {
  return std::string(static_cast<std::size_t>(std::max(0, to - static_cast<int>(text.size()))), ' ') + text;
}

class Table {
 public:
  Table(const Style& style, int label_width) : style_(style), label_width_(label_width) {}

  void head(const std::string& label) const {
    std::string above(static_cast<std::size_t>(label_width_ + tried_width + honest_width), ' ');
    std::string below =
        format("%-*s", label_width_, label.c_str()) + right("tried", tried_width) + right("honest", honest_width);
    for (const Column& column : columns) {
      above += right(column.above, column.width);
      below += right(column.below, column.width);
    }
    std::printf("%s\n%s\n", style_.dim(above).c_str(), style_.dim(below + right("others", others_width)).c_str());
  }

  void row(const std::string& label, std::uint64_t tried, const Counts& found) const {
    const std::uint64_t honest = of(found, Finding::honest);
    std::string line = format("%-*s", label_width_, label.c_str()) + right(number(tried), tried_width);
    const std::string rest = right(percent(honest, tried), honest_width);
    line += honest == tried ? style_.green(rest) : rest;
    std::uint64_t others = 0;
    for (std::size_t i = 1; i != finding_count; ++i) others += found[i];
    for (const Column& column : columns) {
      const std::uint64_t count = of(found, column.finding);
      line += cell(count, column.width);
      others -= count;
    }
    std::printf("%s%s\n", line.c_str(), cell(others, others_width).c_str());
  }

  void rule() const {
    std::string line;
    for (std::size_t i = 0; i != width; ++i) line += style_.rule();
    std::printf("%s\n", style_.dim(line).c_str());
  }

 private:
  std::string cell(std::uint64_t count, int to) const {
    if (count != 0) return style_.red(right(number(count), to));
    return right(" ", to - 1) + style_.dim(style_.none());
  }

  const Style& style_;
  const int label_width_;
};

struct Total {
  std::uint64_t rows = 0, singles = 0, pairs = 0;
  Counts found{};

  std::uint64_t tried() const { return singles + pairs; }
};

using Chosen = bool (*)(const Report&, const Row&);

bool any(const Report&, const Row&) { return true; }

std::size_t versions_with(const Report& report, const Row& like) {
  return static_cast<std::size_t>(std::count_if(report.rows.begin(), report.rows.end(), [&like](const Row& row) {
    return row.subject == like.subject && row.nesting == like.nesting;
  }));
}

Total total_of(const Report& report, Variant variant, Chosen chosen = any) {
  Total total;
  for (const Row& row : report.rows) {
    if (row.variant != variant || !chosen(report, row)) continue;
    ++total.rows;
    total.singles += row.singles;
    total.pairs += row.pairs;
    for (std::size_t i = 0; i != finding_count; ++i) total.found[i] += row.found[i];
  }
  return total;
}

std::vector<Variant> variants_of(const Report& report) {
  std::vector<Variant> variants;
  for (std::size_t i = 0; i != variant_count; ++i) {
    if (total_of(report, static_cast<Variant>(i)).rows != 0) variants.push_back(static_cast<Variant>(i));
  }
  return variants;
}

void print_rows(const Style& style, const Report& report, Variant variant) {
  const Table table(style, row_label);
  std::printf("%s\n", style.bold(to_string(variant)).c_str());
  table.head(format("  %-23s %s", "handler or method", "nesting"));
  std::string_view last;
  for (const Row& row : report.rows) {
    if (row.variant != variant) continue;
    const char* name = row.subject == last ? "" : row.subject.c_str();
    last = row.subject;
    table.row(format("  %-23s %s", name, row.nesting.c_str()), row.singles + row.pairs, row.found);
  }
  std::printf("\n");
}

// Words, in lines of `width`, each indented.
void print_wrapped(const std::string& text, std::size_t indent) {
  const std::string margin(indent, ' ');
  std::string line = margin;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (line.size() > indent && line.size() + 1 + end - at > width) {
      std::printf("%s\n", line.c_str());
      line = margin;
    }
    if (line.size() > indent) line += ' ';
    line += text.substr(at, end - at);
    at = end + 1;
  }
  std::printf("%s\n", line.c_str());
}

void print_example(const Style& style, const Row& row, const Example& example) {
  std::printf("  %s\n", (style.red(to_string(example.finding)) + ": " + row.subject + ", " + row.nesting).c_str());
  print_wrapped(example.faults.empty() ? "no fault" : example.faults, 4);
  print_wrapped(std::string(style.to()) + " " + example.reported + "; " + example.state, 4);
}

// Of reset_guard all; of the others the first of each finding.
void print_examples(const Style& style, const Report& report, Variant variant) {
  bool heading = false;
  std::array<bool, finding_count> shown{};
  for (const Row& row : report.rows) {
    if (row.variant != variant) continue;
    for (const Example& example : row.examples) {
      bool& seen = shown[static_cast<std::size_t>(example.finding)];
      if (seen && variant != Variant::reset_guard) continue;
      seen = true;
      if (!heading) std::printf("%s\n", style.bold(std::string("for example, ") + to_string(variant)).c_str());
      heading = true;
      print_example(style, row, example);
    }
  }
  if (heading) std::printf("\n");
}

void print_totals(const Style& style, const Report& report, const char* title, Chosen chosen) {
  const Table table(style, total_label);
  std::printf("%s\n", style.bold(title).c_str());
  table.head("");
  for (const Variant variant : variants_of(report)) {
    const Total total = total_of(report, variant, chosen);
    if (total.rows != 0) table.row(to_string(variant), total.tried(), total.found);
  }
  table.rule();
}

bool of_all_versions(const Report& report, const Row& row) {
  return versions_with(report, row) == variants_of(report).size();
}

}  // namespace

void print_text(const Report& report, bool verbose) {
  const Style style;
  std::uint64_t singles = 0, pairs = 0;
  for (const Row& row : report.rows) {
    singles += row.singles;
    pairs += row.pairs;
  }
  std::printf("%s\n", style.bold("fault campaign").c_str());
  print_wrapped(
      "Each handler and each method, alone and nested, with every fault in every operation, and with pairs of "
      "faults; then the state of the simulated hardware is held against the answer.",
      2);
  std::printf("\n");
  for (const Variant variant : variants_of(report)) {
    if (verbose) print_rows(style, report, variant);
  }
  for (const Variant variant : variants_of(report)) {
    if (verbose || variant == Variant::reset_guard) print_examples(style, report, variant);
  }
  if (variants_of(report).size() == 1) {
    print_totals(style, report, "all handlers and methods", any);
  } else {
    print_totals(style, report, "the handlers, methods and nestings that all versions have", of_all_versions);
    print_wrapped(
        "Linux 7.0, 7.1 and the two series are written anew for this simulation, from what the kernel's functions do, "
        "and not from their code: examples/upstream/ names each function. A handler with many operations counts for "
        "more runs than one with few; the page and --verbose have each by itself.",
        0);
  }

  std::string line = number(singles) + " runs with one fault, " + number(pairs) + " with two";
  if (pairs != 0 && report.seed == 0) line += ": all pairs there are";
  if (pairs != 0 && report.seed != 0) {
    line += " of " + number(report.all_pairs) + ", chosen with seed " + std::to_string(report.seed);
  }
  print_wrapped(line + format("; %.1f s, %s", report.seconds, report.machine.c_str()), 0);

  const Total library = total_of(report, Variant::reset_guard);
  if (library.rows == 0) return;
  std::uint64_t claims = 0, empty_claims = 0;
  for (const Row& row : report.rows) {
    claims += row.claims;
    empty_claims += row.empty_claims;
  }
  if (claims != 0) {
    print_wrapped(number(claims) + " runs were claimed, with nothing shown; in " + number(empty_claims) +
                      " of them the function was not reset, and no answer says that it was",
                  0);
  }
  if (const Total common = total_of(report, Variant::reset_guard, of_all_versions); common.tried() != library.tried()) {
    print_wrapped(number(library.tried()) + " runs of reset_guard, " + number(common.tried()) +
                      " of them above; it alone has the others",
                  0);
  }
  std::string result = "result: runs=" + std::to_string(library.tried());
  std::uint64_t others = 0;
  for (std::size_t i = 0; i != finding_count; ++i) {
    const auto finding = static_cast<Finding>(i);
    const bool has_column = std::any_of(std::begin(columns), std::end(columns),
                                        [finding](const Column& column) { return column.finding == finding; });
    if (finding != Finding::honest && !has_column) others += library.found[i];
    if (finding == Finding::honest || has_column) {
      result += std::string(" ") + identifier(finding) + "=" + std::to_string(library.found[i]);
    }
  }
  std::printf("%s others=%s\n", result.c_str(), std::to_string(others).c_str());
}

}  // namespace campaign
