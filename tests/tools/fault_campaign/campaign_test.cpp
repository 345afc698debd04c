// The campaign's own judgement: software that is wrong in one way gets the name of that, and software that is right
// gets none.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <new>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "../../unit/catch.hpp"
#include "fault_campaign/campaign.hpp"
#include "fault_campaign/json.hpp"
#include "fault_campaign/plan.hpp"
#include "fault_campaign/subjects.hpp"
#include "pci/wait.hpp"
#include "sim/fabric.hpp"

namespace {

namespace rg = reset_guard;
using campaign::Answer;
using campaign::Finding;
using campaign::Variant;
using sim::Function;

// FLR as if it were upstream's: by hand, with hooks that are called by hand.
struct Wrong {
  bool fence = true;        // prepare and done at all
  bool fence_whole = true;  // the wait is fenced too
  bool wait = true;
  bool keep_block = true;  // after a failure
  bool lift_block = true;  // after a success
  bool tell_failure = true;
  bool tell_success = true;
  bool keep_errno = true;
  bool retry = true;  // a second reset may enter
  bool unmap = true;
  std::chrono::seconds longer{};
};

constexpr rg::Literal no_step = "";

Answer flr_by_hand(Function& function, const Wrong& wrong) {
  const auto failure = [&](rg::Error error) -> Answer {
    if (!wrong.tell_failure) return {.success = true};
    return {.success = false,
            .unsupported = false,
            .code = "",
            .native = wrong.keep_errno ? error.native() : -1,
            .step = no_step};
  };
  if (wrong.fence) {
    rg::Status prepared = function.reset_prepare();
    if (prepared.failed()) return failure(std::move(prepared).error());
  }
  bool fenced = wrong.fence;
  const auto end = [&](rg::Outcome outcome) -> rg::Status {
    if (!std::exchange(fenced, false)) return rg::ok();
    return function.reset_done(outcome);
  };
  if (!wrong.unmap) {
    auto bar = function.map_bar(0);
    if (bar.failed()) return failure(std::move(bar).error());
    alignas(Function::Bar) unsigned char place[sizeof(Function::Bar)];
    ::new (static_cast<void*>(place)) Function::Bar(std::move(bar).take());  // never destroyed: never unmapped
  }
  const auto control =
      static_cast<std::uint16_t>(function.config().capabilities().express + pci::express::device_control);
  rg::Status answer = [&]() -> rg::Status {
    RESET_GUARD_CHECK(function.write16(control, pci::express::initiate_function_level_reset));
    if (!wrong.fence_whole) RESET_GUARD_CHECK(end(rg::Outcome::verified));
    function.sleep(wrong.longer);
    if (wrong.wait) RESET_GUARD_CHECK(pci::Ready::act(function, pci::reset_recovery_time));
    if (function.holds_state()) return rg::Error(rg::Errc::io, -5, no_step);  // the witness of the simulation
    return rg::ok();
  }();
  if (answer.failed()) {
    const rg::Error error = std::move(answer).error();
    end(wrong.keep_block ? rg::Outcome::failed : rg::Outcome::released).discard("test: the first error counts");
    return failure(error);
  }
  if (!wrong.lift_block) return {.success = true};
  rg::Status ended = end(wrong.tell_success ? rg::Outcome::verified : rg::Outcome::failed);
  if (ended.failed()) return failure(std::move(ended).error());
  if (!wrong.tell_success) return failure(rg::Error(rg::Errc::timed_out, -110, no_step));
  return {.success = true};
}

std::vector<sim::Image> images_of(const std::string& name) {
  for (campaign::TestMachine& machine : campaign::test_machines()) {
    if (machine.name == name) return std::move(machine.images);
  }
  throw std::runtime_error("no such machine");
}

campaign::Row run(const Wrong& wrong) {
  const campaign::Subject subject{"flr", campaign::alone, Variant::linux_7_1, images_of("flr"),
                                  [wrong]() -> campaign::Reset {
                                    return [wrong, entered = false](Function& function) mutable -> Answer {
                                      if (std::exchange(entered, true) && !wrong.retry)
                                        return {.code = "busy", .native = -16};
                                      return flr_by_hand(function, wrong);
                                    };
                                  }};
  campaign::Progress progress;
  campaign::Report report = campaign::run({subject}, {.pairs = 500, .seed = 7}, progress);
  return report.rows.at(0);
}

std::uint64_t found(const campaign::Row& row, Finding finding) {
  return row.found.at(static_cast<std::size_t>(finding));
}
std::uint64_t tried(const campaign::Row& row) { return row.singles + row.pairs; }

using Case = std::tuple<const char*, Wrong, Finding>;

campaign::Report run_library(const campaign::Extent& extent) {
  std::vector<campaign::Subject> subjects = campaign::library_subjects();
  std::erase_if(subjects, [](const campaign::Subject& subject) {
    return subject.name != "flr" || subject.nesting == campaign::under_chain;
  });
  campaign::Progress progress;
  campaign::Report report = campaign::run(subjects, extent, progress);
  report.seconds = 0;
  return report;
}

std::string json_of(const campaign::Report& report) {
  std::ostringstream text;
  campaign::write_json(text, report);
  return text.str();
}

}  // namespace

TEST_CASE("campaign: software that is wrong in one way is called that", "[fault]") {
  const auto [name, wrong, finding] = GENERATE(values<Case>({
      {"a failure is dropped", {.tell_failure = false}, Finding::false_success},
      {"nobody waits", {.wait = false}, Finding::false_success},
      {"a failed reset is unblocked", {.keep_block = false}, Finding::unblocked_on_failure},
      {"no second reset can enter", {.retry = false}, Finding::stuck},
      {"the errno is another one", {.keep_errno = false}, Finding::wrong_error},
      {"a BAR stays mapped", {.unmap = false}, Finding::unbalanced},
      {"the block stays after a success", {.lift_block = false}, Finding::unbalanced},
      {"a success is called a failure", {.tell_success = false}, Finding::false_alarm},
      {"nothing is fenced", {.fence = false}, Finding::unfenced_work},
      {"the wait is not fenced", {.fence_whole = false}, Finding::unfenced_work},
      {"it takes a minute more", {.longer = std::chrono::seconds(60)}, Finding::too_long},
  }));
  INFO(name);
  const Finding expected = finding;  // a structured binding cannot be captured by every compiler
  const campaign::Row row = run(wrong);
  CHECK(found(row, expected) > 0);
  CHECK(found(row, Finding::honest) < tried(row));
  REQUIRE(!row.examples.empty());
  CHECK(std::any_of(row.examples.begin(), row.examples.end(),
                    [&](const campaign::Example& example) { return example.finding == expected; }));
}

TEST_CASE("campaign: software that is right is called honest", "[fault]") {
  const campaign::Row row = run({});
  for (const campaign::Example& example : row.examples) {
    CAPTURE(campaign::to_string(example.finding), example.faults, example.reported, example.state);
    CHECK(example.finding == Finding::honest);
  }
  CHECK(found(row, Finding::honest) == tried(row));
}

TEST_CASE("campaign: each single fault is tried once, where it can strike", "[fault]") {
  const sim::Performed read{sim::Operation::config_read, {}, 4}, write{sim::Operation::config_write, {}, 4};
  const std::vector<campaign::Strike> strikes = campaign::singles({read, write});
  std::set<std::pair<std::uint32_t, sim::FaultKind>> different;
  for (const campaign::Strike& strike : strikes) different.emplace(strike.at, strike.kind);
  CHECK(different.size() == strikes.size());
  CHECK(different.count({1, sim::FaultKind::reads_ones}) == 1);
  CHECK(different.count({1, sim::FaultKind::write_fails}) == 0);
  CHECK(different.count({2, sim::FaultKind::write_fails}) == 1);
  CHECK(different.count({2, sim::FaultKind::gone}) == 1);
}

TEST_CASE("campaign: the second fault strikes after the first, and of a long poll at its ends", "[fault]") {
  const sim::Performed read{sim::Operation::config_read, {}, 4}, write{sim::Operation::config_write, {}, 4};
  const campaign::Operations operations{write, read, read, read, read, read, write};
  std::set<std::uint32_t> at;
  for (const campaign::Strike& strike : campaign::seconds(operations, {1, sim::FaultKind::gone})) at.insert(strike.at);
  CHECK(at == std::set<std::uint32_t>{2, 3, 6, 7});
}

TEST_CASE("campaign: reset_guard makes at least 5000 different runs with one fault, in every nesting", "[fault]") {
  std::uint64_t singles = 0;
  std::set<std::string> nestings;
  for (const campaign::Subject& subject : campaign::library_subjects()) {
    nestings.insert(subject.nesting);
    sim::Fabric fabric(subject.images);
    fabric.faults().record_operations(true);
    CHECK(subject.boot()(fabric[fabric.size() - 1]).success);
    singles += campaign::singles(fabric.faults().performed()).size();
  }
  CHECK(singles >= 5000);
  CHECK(nestings == std::set<std::string>{"Command 0x0000", "Command 0x0002", "Command 0x0400", "alone",
                                          "beside another", "chain", "device_specific", "outer scope"});
}

TEST_CASE("campaign: the report does not depend on the number of threads", "[fault]") {
  const std::string one = json_of(run_library({.pairs = 500, .seed = 3, .threads = 1}));
  CHECK(one == json_of(run_library({.pairs = 500, .seed = 3, .threads = 4})));
  CHECK(one != json_of(run_library({.pairs = 500, .seed = 4, .threads = 1})));
}

TEST_CASE("campaign: all pairs are as many as the report states", "[fault]") {
  const campaign::Report report = run_library({.all_pairs = true});
  std::uint64_t pairs = 0;
  for (const campaign::Row& row : report.rows) {
    CHECK(row.pairs == row.all_pairs);
    pairs += row.pairs;
  }
  CHECK(pairs == report.all_pairs);
  CHECK(report.seed == 0);
}

// Drawn at random until all are there, the last few would take very long.
TEST_CASE("campaign: of fewer pairs than it is asked for it tries each once", "[fault]") {
  std::uint64_t pairs = 0, all = 0;
  for (const campaign::Row& row : run_library({.pairs = 1'000'000'000, .seed = 1}).rows) {
    pairs += row.pairs;
    all += row.all_pairs;
  }
  CHECK(pairs == all);
}

TEST_CASE("campaign: the comparisons tell what happened, in order", "[fault]") {
  const std::vector<campaign::Comparison> comparisons = campaign::compare(campaign::library_subjects());
  REQUIRE(comparisons.size() >= 4);
  for (const campaign::Comparison& comparison : comparisons) {
    CAPTURE(comparison.title);
    REQUIRE(comparison.lines.size() == 1);
    const auto& moments = comparison.lines[0].moments;
    CHECK(moments.size() < 60);
    CHECK(std::is_sorted(moments.begin(), moments.end(),
                         [](const auto& a, const auto& b) { return a.time_us < b.time_us; }));
    const bool fault = comparison.faults != "none";
    CHECK((comparison.lines[0].reported == "success") != fault);
    CHECK(std::any_of(moments.begin(), moments.end(), [](const auto& moment) { return moment.kind == "fault"; }) ==
          fault);
  }
}

TEST_CASE("campaign: each comparison has a line for each variant, or says why not", "[fault]") {
  std::vector<campaign::Subject> subjects = campaign::upstream_subjects();
  for (campaign::Subject& subject : campaign::library_subjects()) subjects.push_back(std::move(subject));
  for (const campaign::Comparison& comparison : campaign::compare(subjects)) {
    for (std::size_t i = 0; i != campaign::variant_count; ++i) {
      const auto variant = static_cast<campaign::Variant>(i);
      CAPTURE(comparison.title, to_string(variant));
      const bool has_line = std::any_of(comparison.lines.begin(), comparison.lines.end(),
                                        [&](const campaign::TimeLine& line) { return line.variant == variant; });
      const bool has_note = comparison.note.find(std::string(to_string(variant)) + " has no line") != std::string::npos;
      CHECK(has_line != has_note);
    }
  }
}

TEST_CASE("campaign: a wait is as deep as the reset that waits", "[fault]") {
  for (const campaign::Comparison& comparison : campaign::compare(campaign::upstream_subjects())) {
    if (comparison.subject != "hinic_vf" || comparison.faults != "none") continue;
    for (const campaign::TimeLine& line : comparison.lines) {
      CAPTURE(to_string(line.variant));
      const auto reset = std::find_if(line.moments.begin(), line.moments.end(),
                                      [](const campaign::Moment& moment) { return moment.kind == "reset"; });
      if (reset == line.moments.end()) continue;  // Linux 7.0
      REQUIRE(reset + 1 != line.moments.end());
      CHECK(reset[1].kind == "sleep");
      CHECK(reset[1].depth == 2);
    }
  }
}
