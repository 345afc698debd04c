// The campaign's page, as a text: what is in it, and what must not be in it. How it looks is the browser's test.
#include "fault_campaign/page.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "../../unit/catch.hpp"
#include "fault_campaign/page_course.hpp"
#include "fault_campaign/page_facts.hpp"
#include "fault_campaign/page_parts.hpp"
#include "fault_campaign/page_text.hpp"
#include "fault_campaign/subjects.hpp"
#include "page_data.hpp"

using campaign::Finding;
using campaign::Report;
using campaign::Row;
using campaign::Variant;

namespace {

std::string page_of(const Report& report) {
  std::ostringstream out;
  campaign::write_page(out, report);
  return out.str();
}

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

Row row_of(const char* subject, Variant variant, std::uint64_t runs, std::uint64_t false_successes) {
  Row row{};
  row.subject = subject;
  row.nesting = "alone";
  row.variant = variant;
  row.singles = runs;
  row.found[static_cast<std::size_t>(Finding::honest)] = runs - false_successes;
  row.found[static_cast<std::size_t>(Finding::false_success)] = false_successes;
  return row;
}

// The headline, with its tags taken out.
std::string headline_of(const std::string& page) {
  const std::size_t begin = page.find("<h1>");
  std::string text;
  bool in_tag = false;
  for (const char c : page.substr(begin, page.find("</h1>") - begin)) {
    if (c == '<') in_tag = true;
    if (!in_tag) text += c;
    if (c == '>') in_tag = false;
  }
  return text;
}

// Whether each tag that is opened is closed, in order.
std::string first_unclosed_tag(const std::string& page) {
  const std::vector<std::string> empty_ones = {"meta", "!DOCTYPE", "br"};
  std::vector<std::string> open;
  for (std::size_t at = page.find('<'); at != std::string::npos; at = page.find('<', at + 1)) {
    const std::size_t end = page.find('>', at);
    if (end == std::string::npos) return "a tag without an end";
    const std::string tag = page.substr(at + 1, end - at - 1);
    if (tag.back() == '/') continue;
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1)) return tag;
      open.pop_back();
      continue;
    }
    const std::string name = tag.substr(0, tag.find_first_of(" \n"));
    if (std::find(empty_ones.begin(), empty_ones.end(), name) == empty_ones.end()) open.push_back(name);
  }
  return open.empty() ? "" : open.back();
}

}  // namespace

TEST_CASE("page: the headline is the number that the project is about") {
  Report report;
  report.rows = {row_of("flr", Variant::reset_guard, 12'000, 0), row_of("hinic_vf", Variant::reset_guard, 345, 0),
                 row_of("flr", Variant::linux_7_1, 12'000, 300), row_of("hinic_vf", Variant::linux_7_1, 345, 21)};
  CHECK(headline_of(page_of(report)) ==
        "reset_guard: 0 of 12\u202f345 runs reported a success that was none. Linux 7.1\u2019s handlers: 321.");

  report.rows[1] = row_of("hinic_vf", Variant::reset_guard, 345, 2);  // it is not taken for granted
  CHECK(contains(headline_of(page_of(report)), "reset_guard: 2 of 12\u202f345 runs"));

  report.rows.resize(2);
  CHECK_FALSE(contains(headline_of(page_of(report)), "Linux"));
}

TEST_CASE("page: each number of a row is in it, in sum and on its own") {
  Report report;
  Row one = row_of("subject_one", Variant::march_2026, 0, 0);
  one.operations = 7;
  one.singles = 1001;
  one.pairs = 20'002;
  for (std::size_t i = 0; i != campaign::finding_count; ++i) one.found[i] = 3'000 + i;
  Row other = one;
  other.nesting = "chain";
  report.rows = {one, other};
  report.seed = 77;
  report.all_pairs = 987'654'321;
  report.machine = "a machine";
  const std::string page = page_of(report);
  for (const std::uint64_t number : {1001u, 20'002u, 3'000u, 3'001u, 3'004u, 3'008u, 42'006u, 6'000u, 6'002u, 6'006u}) {
    CAPTURE(number);
    CHECK(contains(page, ">" + campaign::number(number) + "<"));
  }
  CHECK(contains(page, "987\u202f654\u202f321"));
  CHECK(contains(page, "<code>77</code>"));
  CHECK(contains(page, "a machine"));
  CHECK(contains(page, "subject_one"));

  report.seed = 0;
  CHECK(contains(page_of(report), "all 987\u202f654\u202f321 of them"));
}

TEST_CASE("page: each variant and each subject has its row, and a false success its bar") {
  const Report report = page_test::plausible_report();
  const std::string page = page_of(report);
  for (const char* name : {"Linux 7.0", "March 2026 proposal", "Linux 7.1", "reset_guard"}) {
    CAPTURE(name);
    CHECK(contains(page, std::string(">") + name + "<"));
  }
  for (const Row& row : report.rows) CHECK(contains(page, "<code>" + row.subject + "</code></th></tr>"));
  CHECK(count(page, "class=\"bar\"") == 5 + report.rows.size() / 3);  // three nestings of each
}

TEST_CASE("page: what comes from outside is escaped") {
  constexpr const char* evil = "<script>alert('1 & \"2\"')</script>";
  Report report;
  Row row = row_of(evil, Variant::reset_guard, 1, 1);
  row.nesting = evil;
  row.examples = {{Finding::false_success, evil, evil, evil}};
  report.rows = {row};
  campaign::TimeLine line{};
  line.variant = Variant::reset_guard;
  line.moments = {{0, 1, true, evil, evil}, {1, 0, false, "fault", evil}};
  line.reported = line.state = line.failed = evil;
  report.comparisons = {{evil, evil, evil, evil, {line}}};
  report.machine = evil;
  const std::string page = page_of(report);
  CHECK_FALSE(contains(page, "<script"));
  CHECK_FALSE(contains(page, "</script"));
  CHECK(contains(page, "&lt;script&gt;alert(&#39;1 &amp; &quot;2&quot;&#39;)&lt;/script&gt;"));
  CHECK(first_unclosed_tag(page).empty());
  CHECK(campaign::escaped("a\x01z") == "a\xef\xbf\xbdz");
}

TEST_CASE("page: it needs nothing from elsewhere, and no script") {
  const std::string page = page_of(page_test::plausible_report());
  for (const char* part : {"http", "src=", "<script", "@import", "<link", "href=", "onclick"}) {
    CAPTURE(part);
    CHECK_FALSE(contains(page, part));
  }
}

TEST_CASE("page: it is well-formed, and no id is used twice") {
  const std::string page = page_of(page_test::plausible_report());
  CHECK(first_unclosed_tag(page).empty());
  std::map<std::string, int> ids;
  for (std::size_t at = page.find(" id=\""); at != std::string::npos; at = page.find(" id=\"", at + 1)) {
    ++ids[page.substr(at + 5, page.find('"', at + 5) - at - 5)];
  }
  CHECK(std::all_of(ids.begin(), ids.end(), [](const auto& id) { return id.second == 1; }));
  for (std::size_t at = page.find("url(#"); at != std::string::npos; at = page.find("url(#", at + 1)) {
    CHECK(ids.count(page.substr(at + 5, page.find(')', at) - at - 5)) == 1);
  }
}

TEST_CASE("page: each run of a comparison has its pictures, with a title and words") {
  const Report report = page_test::plausible_report();
  const std::string page = page_of(report);
  std::size_t runs = 0;
  for (const campaign::Comparison& comparison : report.comparisons) {
    runs += comparison.lines.size();
    CHECK(contains(page, ">" + campaign::escaped(comparison.title) + "</h3>"));
    for (const campaign::TimeLine& line : comparison.lines) {
      const std::string name = campaign::to_string(line.variant);
      const std::string title = ">" + campaign::escaped(name + ": " + comparison.title) + "</title>";
      CHECK(count(page, title) == 2);  // wide and narrow
      CHECK(contains(page, "Reported: " + campaign::escaped(line.reported) +
                               ". Device: " + campaign::escaped(line.state) + ". At the end: "));
    }
  }
  CHECK(count(page, "<svg class=\"lane ") == 2 * runs);
  CHECK(count(page, "<desc ") == 2 * runs);
}

TEST_CASE("page: people read the name of a handler, and what to call it on the command line") {
  for (const campaign::Subject& subject : campaign::library_subjects()) {
    CAPTURE(subject.name, subject.nesting);
    CHECK(campaign::name_of_subject(subject.name) != subject.name);
  }
  Report report;
  report.rows = {row_of("hinic_vf", Variant::reset_guard, 1, 0)};
  report.comparisons = {{"title", "hinic_vf", "device_specific", "none", {}}};
  const std::string page = page_of(report);
  CHECK(contains(page, ">HiNIC VF <code>hinic_vf</code></th></tr>"));
  CHECK(contains(page, "HiNIC VF, in a device-specific reset."));
}

TEST_CASE("page: a variant without a line is spoken of") {
  const Report report = page_test::plausible_report();
  const std::string& note = report.comparisons.back().note;
  REQUIRE_FALSE(note.empty());
  CHECK(contains(page_of(report), "<p>" + note + "</p>"));
}

TEST_CASE("page: it says what 'Other' adds up") {
  CHECK(contains(page_of({}),
                 "<dt>Other</dt><dd>the sum of false alarm, unbalanced, unfenced work, wrong error, hung "
                 "and too long</dd>"));
}

TEST_CASE("page: each inner reset has a sign where it begins and where it ends") {
  Report report;
  campaign::TimeLine line{};
  line.moments = {{0, 1, true, "prepare", ""},      {1, 2, true, "config_write", ""}, {2, 3, true, "config_write", ""},
                  {3, 1, true, "config_write", ""}, {4, 2, true, "config_write", ""}, {5, 0, false, "done", ""}};
  report.comparisons = {{"title", "", "", "none", {line}}};
  const std::string page = page_of(report);
  CHECK(count(page, "an inner reset begins</title>") == 2 * 3);  // wide and narrow
  CHECK(count(page, "an inner reset ends</title>") == 2 * 3);
}

TEST_CASE("page: an open fence during the reset is drawn, and named once") {
  Report report;
  campaign::TimeLine line{};
  line.moments = {{0, 1, true, "prepare", ""},   {1, 2, true, "config_write", ""}, {2, 2, true, "reset", "flr"},
                  {3, 1, false, "done", ""},     {4, 1, false, "mmio_read", ""},   {5, 1, false, "sleep", "20 ms"},
                  {20'005, 0, false, "done", ""}};
  report.comparisons = {{"title", "", "", "none", {line}}};
  const std::string page = page_of(report);
  CHECK(count(page, "class=\"exposed\"") == 2 + 1);  // wide and narrow, and in the legend
  CHECK(count(page, "\"small label heavy bad\"") == 2);
  CHECK(contains(page, ">DMA goes through during the reset</text>"));
}

TEST_CASE("page: a failure that ends open is an open fence, and one that ends blocked is none") {
  const auto words = [](bool blocked, std::vector<Finding> findings) {
    campaign::TimeLine line{};
    line.moments = {{0, 1, true, "prepare", ""}, {1, 1, true, "config_write", ""}, {2, 0, blocked, "done", ""}};
    line.state = "not reset";
    line.findings = std::move(findings);
    std::string text;
    for (const campaign::Mark& mark : campaign::course_of(line).marks) {
      if (mark.sign == campaign::Sign::open_fence) text += mark.label;
    }
    return text;
  };
  CHECK(words(false, {Finding::unblocked_on_failure}) == "DMA goes through after a failed reset");
  CHECK(words(false, {Finding::honest}).empty());
  CHECK(words(true, {Finding::honest}).empty());
}

TEST_CASE("page: each comparison has its legend, the first one unfolded") {
  const Report report = page_test::plausible_report();
  const std::string page = page_of(report);
  CHECK(count(page, "<ul class=\"legend\"") == report.comparisons.size());
  CHECK(count(page, "<details class=\"signs\" open>") == 1);
}

TEST_CASE("page: an empty report is a page too") {
  const std::string page = page_of({});
  CHECK(first_unclosed_tag(page).empty());
  CHECK(contains(page, "reset_guard: <b>0</b> of 0 runs"));
  Report report;
  report.comparisons = {{"nothing", "", "", "", {}}, {"no moments", "", "", "", {campaign::TimeLine{}}}};
  CHECK(first_unclosed_tag(page_of(report)).empty());
}

TEST_CASE("page: the verdict is the campaign's, or what can be seen") {
  const auto verdict = [](const char* reported, const char* state, bool blocked, std::vector<Finding> findings) {
    campaign::TimeLine line{};
    line.moments = {{0, 0, blocked, "done", ""}};
    line.reported = reported;
    line.state = state;
    line.findings = std::move(findings);
    return campaign::judgement_of(line).words;
  };
  CHECK(verdict("success", "not reset, not blocked", false, {}) == "FALSE SUCCESS");
  CHECK(verdict("success", "its firmware is busy, not blocked", false, {}) == "FALSE SUCCESS");
  CHECK(verdict("success", "reset, not blocked", false, {}) == "AS REPORTED");
  CHECK(verdict("failure: io -5", "not reset, not blocked", false, {}) == "LEFT UNBLOCKED");
  CHECK(verdict("failure: io -5", "not reset, blocked", true, {}) == "AS REPORTED");
  CHECK(verdict("unsupported", "not reset, not blocked", false, {}) == "AS REPORTED");
  CHECK(verdict("failure: io -5", "not reset, blocked", true, {Finding::honest}) == "HONEST");
  CHECK(verdict("success", "reset, not blocked", false, {Finding::wrong_error}) == "WRONG ERROR");
  CHECK(verdict("failure", "", true, {Finding::too_long, Finding::stuck}) == "LEFT STUCK");
}

TEST_CASE("page: time goes from left to right, an access has a width of its own, and a wait is a break") {
  campaign::TimeLine line{};
  line.moments = {{0, 1, true, "prepare", ""},
                  {0, 1, true, "iommu_block", ""},
                  {0, 1, true, "mmio_write", ""},
                  {1, 1, true, "mmio_read", ""},
                  {2, 1, true, "sleep", ""},
                  {20'002, 1, true, "mmio_read", ""},
                  {20'003, 1, true, "sleep", ""},
                  {15'000'000, 1, true, "mmio_read", ""},
                  {15'000'001, 0, false, "done", "fails: io"}};
  const campaign::Course course = campaign::course_of(line);
  const campaign::Scale scale({course}, 100, 900, 40);
  REQUIRE(course.marks.size() == 5);  // the block happens with its prepare, and a look between two sleeps is a look
  CHECK(course.looks == std::vector<std::uint64_t>{20'002});
  CHECK(course.marks.front().label == "prepare");
  CHECK(course.marks.back().label == "done fails: io");
  double last = 0;
  for (const campaign::Mark& mark : course.marks) {
    CHECK(scale.at(mark.place) >= last + 10);
    last = scale.at(mark.place);
  }
  CHECK(std::abs(scale.at(course.marks.front().place) - 100) < 0.01);
  CHECK(std::abs(last - 900) < 0.01);
  REQUIRE(scale.breaks().size() == 1);
  CHECK(campaign::duration(scale.breaks()[0].length_us) == "15\u00a0s");
  CHECK(scale.at(std::uint64_t{20'002}) > scale.breaks()[0].left);
}

TEST_CASE("page: labels do not meet") {
  std::vector<campaign::Label> labels;
  for (const double x : {10.0, 14.0, 20.0, 25.0, 200.0, 380.0, 390.0, 395.0}) labels.push_back({x, 90, "label"});
  const std::size_t rows = campaign::place_labels(labels, 0, 400);
  CHECK(rows <= 5);
  for (const campaign::Label& label : labels) {
    const double begin = label.to_the_left ? label.x - label.width : label.x;
    CHECK(begin >= 0);
    CHECK(begin + label.width <= 400);
    for (const campaign::Label& other : labels) {
      const double other_begin = other.to_the_left ? other.x - other.width : other.x;
      if (&other == &label || other.row != label.row) continue;
      CHECK((begin + label.width < other_begin || other_begin + other.width < begin));
    }
  }
}

TEST_CASE("page: no line passes a label where there is another place for it") {
  // A short one between two that have room on the left only.
  std::vector<campaign::Label> labels = {
      {100, 60, "prepare"}, {360, 250, "failed"}, {388, 30, "done"}, {400, 200, "violation"}};
  campaign::place_labels(labels, 90, 410);
  for (const campaign::Label& label : labels) {
    const double begin = label.to_the_left ? label.x - label.width : label.x;
    for (const campaign::Label& other : labels) {
      if (other.row <= label.row) continue;
      CAPTURE(label.text, other.text);
      CHECK((other.x < begin || other.x > begin + label.width));
    }
  }
}

TEST_CASE("page: numbers and texts for people") {
  CHECK(campaign::number(0) == "0");
  CHECK(campaign::number(999) == "999");
  CHECK(campaign::number(1'234'567) == "1\u202f234\u202f567");
  CHECK(campaign::percent(0, 10) == "0\u202f%");
  CHECK(campaign::percent(1, 1'000'000) == "under 0.1\u202f%");
  CHECK(campaign::percent(27, 1000) == "2.7\u202f%");
  CHECK(campaign::percent(99'999, 100'000) == "over 99.9\u202f%");
  CHECK(campaign::percent(5, 5) == "100\u202f%");
  CHECK(campaign::percent(0, 0) == "0\u202f%");
  CHECK(campaign::duration(1) == "1\u00a0µs");
  CHECK(campaign::duration(250'000) == "250\u00a0ms");
  CHECK(campaign::duration(999'900) == "1\u00a0s");
  CHECK(campaign::counted(1, "run") == "1 run");
  CHECK(campaign::wrapped("one two three", 50, 10) == std::vector<std::string>{"one two", "three"});
  CHECK(campaign::wrapped("µµµµµµµµ", 30, 10).front() == "µµµµµ");
}
