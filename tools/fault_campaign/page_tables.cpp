// The tables: each variant, each handler in each variant, each nesting of it, and runs that can be run again.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "page_parts.hpp"
#include "page_text.hpp"
#include "svg.hpp"

namespace campaign {
namespace {

struct Head {
  Finding finding;
  const char* name;
  const char* meaning;
};

constexpr Head heads[] = {
    {Finding::honest, "Honest", "none of the others"},
    {Finding::false_success, "False success", "reported as success, although the device was not reset"},
    {Finding::unblocked_on_failure, "Left unblocked",
     "reported as a failure, or the report was lost, and the device\u2019s DMA goes through"},
    {Finding::stuck, "Left stuck", "the device is healthy, and its next reset does not succeed either"},
    {Finding::false_alarm, "False alarm", "reported as a failure, although it was reset, fenced, and in time"},
    {Finding::unbalanced, "Unbalanced", "prepare without done, map without unmap, a register not put back"},
    {Finding::unfenced_work, "Unfenced work", "reset, or waited for, while its DMA went through"},
    {Finding::wrong_error, "Wrong error", "a later error was reported in place of the first"},
    {Finding::hung, "Hung", "its own handler reset it as its firmware does not survive it"},
    {Finding::too_long, "Too long", "longer than the documented bound"},
};

constexpr const char* behaviour_of(Variant variant) noexcept {
  switch (variant) {
    case Variant::reset_guard:
      return "Counted. Success needs evidence; after a failure the block stays until a reset is verified.";
    case Variant::linux_7_0:
      return "One flag for the group. A second prepare answers \u2011EBUSY; done always unblocks.";
    case Variant::march_2026: return "The same flag; a second prepare answers 0. After a failure done is skipped.";
    case Variant::linux_7_1: return "Counted for each device. done always unblocks, and returns nothing.";
    case Variant::quarantine: return "Counted. done is told the result, and keeps the block after a failure.";
  }
  return "";
}

// A share of the runs, as long as it is large; drawn, so that a printer draws it too.
std::string bar(std::uint64_t part, std::uint64_t whole) {
  double width = whole == 0 ? 0 : 100 * static_cast<double>(part) / static_cast<double>(whole);
  if (part != 0) width = std::max(width, 1.5);
  return "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect "
         "class=\"bar-ground\" width=\"100\" height=\"10\"/><rect class=\"bar-share\" width=\"" +
         Svg::of(width) + "\" height=\"10\"/></svg>";
}

std::string cell(std::uint64_t value) {
  return std::string("<td role=\"cell\" class=\"") + (value == 0 ? "zero" : "some") + "\">" + number(value) + "</td>";
}

std::string head(std::string_view name, std::string_view style = {}) {
  return "<th role=\"columnheader\" scope=\"col\"" + (style.empty() ? "" : " class=\"" + std::string(style) + "\"") +
         ">" + std::string(name) + "</th>";
}

std::string false_success_cell(const Totals& totals) {
  const std::uint64_t count = totals.of(Finding::false_success);
  return std::string("<td role=\"cell\" class=\"key ") + (count == 0 ? "zero" : "bad") + "\"><span class=\"count\">" +
         number(count) + "</span><span class=\"share\">" + percent(count, totals.runs) + "</span>" +
         bar(count, totals.runs) + "</td>";
}

std::string cells(const Totals& totals) {
  return "<td role=\"cell\">" + number(totals.runs) + "</td><td role=\"cell\">" + number(totals.of(Finding::honest)) +
         "</td>" + false_success_cell(totals) + cell(totals.of(Finding::unblocked_on_failure)) +
         cell(totals.of(Finding::stuck)) + cell(totals.others());
}

constexpr const char* column_heads =
    "<th role=\"columnheader\" scope=\"col\">Runs</th><th role=\"columnheader\" scope=\"col\">Honest</th><th "
    "role=\"columnheader\" scope=\"col\" class=\"key\">False success</th>"
    "<th role=\"columnheader\" scope=\"col\">Left un&shy;blocked</th><th role=\"columnheader\" scope=\"col\">Left "
    "stuck</th><th role=\"columnheader\" scope=\"col\">Other</th>";

std::string box(const std::string& label, const std::string& table, const char* style = "scroll") {
  return "<div class=\"" + std::string(style) + "\" role=\"region\" tabindex=\"0\" aria-label=\"" + escaped(label) +
         "\">\n" + table + "</div>\n";
}

std::vector<std::string> subjects_of(const Report& report) {
  std::vector<std::string> subjects;
  for (const Row& row : report.rows) {
    if (std::find(subjects.begin(), subjects.end(), row.subject) == subjects.end()) subjects.push_back(row.subject);
  }
  return subjects;
}

// "the sum of false alarm, unbalanced and too long".
std::string others_in_words() {
  std::string text = "the sum of ";
  for (const Finding finding : other_findings) {
    if (finding != other_findings.front()) text += finding == other_findings.back() ? " and " : ", ";
    text += to_string(finding);
  }
  return text;
}

// The name, and the word for the option --subject.
std::string subject_in_full(const std::string& subject) {
  const std::string name = name_of_subject(subject);
  return (name == subject ? "" : escaped(name) + " ") + "<code>" + escaped(subject) + "</code>";
}

std::string subject_and_nesting(const Row& row) {
  return escaped(name_of_subject(row.subject) + ", " + name_of_nesting(row.nesting));
}

bool has_rows(const Report& report, Variant variant) {
  return std::any_of(report.rows.begin(), report.rows.end(), [&](const Row& row) { return row.variant == variant; });
}

}  // namespace

Totals totals_of(const std::vector<Row>& rows, Variant variant) {
  Totals totals;
  for (const Row& row : rows) {
    if (row.variant == variant) totals.add(row);
  }
  return totals;
}

std::string variant_table(const Report& report) {
  std::string table =
      "<table class=\"variants\" role=\"table\"><caption>What came of the runs; one may count in several "
      "columns. Bars: the share of the runs; a full one is all of them</caption>\n<thead role=\"rowgroup\"><tr "
      "role=\"row\"><th role=\"columnheader\" "
      "scope=\"col\">Version</th>" +
      std::string(column_heads) + "</tr></thead>\n<tbody role=\"rowgroup\">\n";
  for (const Variant variant : page_order) {
    if (!has_rows(report, variant)) continue;
    table += std::string("<tr role=\"row\" class=\"") + identifier(variant) +
             "\"><th role=\"rowheader\" scope=\"row\">" + escaped(to_string(variant)) + "<span class=\"how\">" +
             behaviour_of(variant) + "</span></th>" + cells(totals_of(report.rows, variant)) + "</tr>\n";
  }
  table += "</tbody></table>\n";
  std::string key = "<dl class=\"key\">\n";
  const auto add = [&key](const char* name, const std::string& meaning) {
    key += std::string("<div><dt>") + name + "</dt><dd>" + meaning + "</dd></div>\n";
  };
  for (const Head& each : heads) {
    if (each.finding == other_findings.front()) add("Other", others_in_words());
    add(each.name, each.meaning);
  }
  return box("Each version", table) + key + "</dl>\n";
}

std::string subject_table(const Report& report) {
  const std::vector<std::string> subjects = subjects_of(report);
  std::map<std::pair<std::string, Variant>, Totals> all;
  for (const Row& row : report.rows) all[{row.subject, row.variant}].add(row);
  std::string table =
      "<table class=\"subjects\" role=\"table\"><caption>Each handler and method, in all its nestings. Bars: the share "
      "of the runs; a full one is all of them</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th "
      "role=\"columnheader\" scope=\"col\">Version</th>" +
      std::string(column_heads) + "</tr></thead>\n";
  for (const std::string& subject : subjects) {
    table +=
        "<tbody role=\"rowgroup\">\n<tr role=\"row\"><th role=\"rowheader\" scope=\"rowgroup\" colspan=\"7\" "
        "class=\"subject\">" +
        subject_in_full(subject) + "</th></tr>\n";
    for (const Variant variant : page_order) {
      const auto found = all.find({subject, variant});
      if (found == all.end()) continue;
      table += std::string("<tr role=\"row\" class=\"") + identifier(variant) +
               "\"><th role=\"rowheader\" scope=\"row\">" + escaped(to_string(variant)) + "</th>" +
               cells(found->second) + "</tr>\n";
    }
    table += "</tbody>\n";
  }
  return box("Each handler and method", table + "</table>\n", "scroll fits");
}

std::string nesting_table(const Report& report) {
  std::string table =
      "<table class=\"nestings\"><caption>Each nesting on its own, with every finding</caption>\n"
      "<thead><tr>" +
      head("Subject, nesting", "left") + head("Version", "left") + head("Opera&shy;tions") + head("Single faults") +
      head("Pairs");
  for (const Head& each : heads) table += head(each.name);
  table += "</tr></thead>\n<tbody>\n";
  for (const Row& row : report.rows) {
    table += "<tr><th scope=\"row\">" + subject_and_nesting(row) + "</th><td class=\"left\">" +
             escaped(to_string(row.variant)) + "</td><td>" + number(row.operations) + "</td><td>" +
             number(row.singles) + "</td><td>" + number(row.pairs) + "</td>";
    for (const Head& each : heads) table += cell(row.found[static_cast<std::size_t>(each.finding)]);
    table += "</tr>\n";
  }
  return box("Each nesting", table + "</tbody></table>\n");
}

std::string example_table(const Report& report) {
  // One of each is enough to see; the campaign's data has the others.
  std::set<std::tuple<std::string, Variant, Finding>> shown;
  std::uint64_t left_out = 0;
  std::string rows;
  for (const Row& row : report.rows) {
    for (const Example& example : row.examples) {
      if (!shown.emplace(row.subject, row.variant, example.finding).second) {
        ++left_out;
        continue;
      }
      const Head* found = std::find_if(std::begin(heads), std::end(heads),
                                       [&](const Head& each) { return each.finding == example.finding; });
      rows += "<tr><th scope=\"row\">" + subject_and_nesting(row) + "</th><td class=\"left\">" +
              escaped(to_string(row.variant)) + "</td><td class=\"left\">" +
              (found != std::end(heads) ? found->name : "") + "</td><td class=\"left\">" + escaped(example.faults) +
              "</td><td class=\"left\">" + escaped(example.reported) + "</td><td class=\"left\">" +
              escaped(example.state) + "</td></tr>\n";
    }
  }
  if (rows.empty()) return "<p>Every run was honest.</p>\n";
  std::string table = "<table class=\"examples\"><caption>Runs that were not honest, one of each kind";
  if (left_out != 0) table += "; " + counted(left_out, "more example") + " left out";
  table += "</caption>\n<thead><tr>";
  for (const char* name : {"Subject, nesting", "Version", "Finding", "Faults", "Reported", "The device"}) {
    table += head(name, "left");
  }
  return box("Examples", table + "</tr></thead>\n<tbody>\n" + rows + "</tbody></table>\n");
}

}  // namespace campaign
