#include "page_data.hpp"

#include <initializer_list>
#include <string>
#include <utility>

namespace page_test {
namespace {

using campaign::Comparison;
using campaign::Finding;
using campaign::Report;
using campaign::Row;
using campaign::TimeLine;
using campaign::Variant;

constexpr Variant variants[] = {Variant::linux_7_0, Variant::march_2026, Variant::linux_7_1, Variant::quarantine,
                                Variant::reset_guard};

// --- numbers ---

struct Subject {
  const char* name;
  std::uint64_t operations;
  unsigned false_permille[campaign::variant_count];  // in the order above
};

constexpr Subject subjects[] = {
    {"intel_82599_vf", 9, {320, 330, 310, 310, 0}},
    {"ivy_bridge_graphics", 1022, {148, 148, 148, 148, 0}},
    {"nvme_disable", 74, {212, 190, 188, 188, 0}},
    {"nvme_delay", 12, {240, 236, 231, 231, 0}},
    {"chelsio_t4", 41, {86, 81, 81, 81, 0}},
    {"hinic_vf", 797, {420, 180, 168, 168, 0}},
    {"flr", 11, {0, 0, 0, 0, 0}},
    {"af_flr", 10, {0, 0, 0, 0, 0}},
    {"pm", 14, {0, 0, 0, 0, 0}},
    {"bus", 21, {0, 0, 0, 0, 0}},
    {"cxl_bus", 29, {0, 34, 2, 2, 0}},
    {"device_specific (all quirks)", 1210, {199, 150, 149, 149, 0}},
};

void count(Row& row, Finding finding, std::uint64_t runs) { row.found[static_cast<std::size_t>(finding)] = runs; }

void add_rows(Report& report) {
  for (const Subject& subject : subjects) {
    for (const char* nesting : {"alone", "chain", "outer scope"}) {
      for (std::size_t i = 0; i != campaign::variant_count; ++i) {
        Row row{};
        row.subject = subject.name;
        row.nesting = nesting;
        row.variant = variants[i];
        row.operations = subject.operations;
        row.singles = subject.operations * 6;
        row.pairs = row.singles * 3 + subject.operations;
        const std::uint64_t runs = row.singles + row.pairs;
        const std::uint64_t failures = runs / 2;
        const std::uint64_t false_successes = runs * subject.false_permille[i] / 1000;
        count(row, Finding::false_success, false_successes);
        if (row.variant == Variant::linux_7_0 || row.variant == Variant::linux_7_1) {
          count(row, Finding::unblocked_on_failure, failures - false_successes / 2);
        }
        if (row.variant == Variant::march_2026) count(row, Finding::stuck, failures / 4);
        if (row.variant == Variant::quarantine) count(row, Finding::unblocked_on_failure, false_successes / 3);
        if (row.variant == Variant::linux_7_0) count(row, Finding::unfenced_work, runs / 11);
        if (row.variant != Variant::reset_guard) count(row, Finding::wrong_error, runs / 40);
        std::uint64_t dishonest = 0;
        for (std::size_t j = 1; j != campaign::finding_count; ++j) dishonest += row.found[j];
        count(row, Finding::honest, runs > dishonest ? runs - dishonest : 0);
        if (false_successes != 0) {
          for (const char* fault : {"firmware-silent in operation 14 (mmio_write)", "config-write in operation 6"}) {
            row.examples.push_back({Finding::false_success, fault, "success", "not reset, unblocked"});
          }
        }
        if (row.variant == Variant::march_2026) {
          row.examples.push_back({Finding::stuck, "prepare in operation 2 and done in operation 31",
                                  "failure: io -5 (prepare)", "not reset, blocked"});
        }
        report.rows.push_back(std::move(row));
      }
    }
  }
}

// --- courses ---

// Writes a course down, moment by moment.
class Course {
 public:
  explicit Course(Variant variant) { line_.variant = variant; }

  Course& at(const char* kind, const char* text = "") {
    line_.moments.push_back({now_, depth_, blocked_, kind, text});
    now_ += 1;
    return *this;
  }
  Course& many(const char* kind, int times) {
    for (int i = 0; i != times; ++i) at(kind);
    return *this;
  }
  Course& sleep(std::uint64_t microseconds, const char* text = "") {
    at("sleep", text);
    now_ += microseconds;
    return *this;
  }
  Course& poll(int times, std::uint64_t pause) {
    for (int i = 0; i != times; ++i) at("mmio_read").sleep(pause);
    return at("mmio_read");
  }
  Course& state(unsigned depth, bool blocked) {
    depth_ = depth;
    blocked_ = blocked;
    return *this;
  }
  TimeLine ends(const char* reported, const char* state, const char* failed, std::initializer_list<Finding> findings) {
    line_.reported = reported;
    line_.state = state;
    line_.failed = failed;
    line_.findings = findings;
    return line_;
  }

 private:
  TimeLine line_{};
  std::uint64_t now_ = 0;
  unsigned depth_ = 0;
  bool blocked_ = false;
};

constexpr std::uint64_t ms = 1000;

Comparison silent_firmware() {
  Comparison comparison{"The firmware never answers: HiNIC VF",
                        "hinic_vf",
                        "device_specific",
                        "firmware-silent in operation 14 (mmio_write)",
                        {}};
  const auto begin = [](Course& course) -> Course& {
    return course.state(1, true)
        .at("prepare", "prepare blocks")
        .at("iommu_block")
        .at("map")
        .at("mmio_read")
        .at("mmio_read")
        .at("fault", "the firmware falls silent")
        .at("mmio_write");
  };
  const auto flr = [](Course& course) -> Course& {
    return course.many("config_read", 3).at("config_write").at("reset", "FLR").sleep(100 * ms).many("config_read", 2);
  };
  Course old(Variant::linux_7_0);
  begin(old).at("prepare", "second prepare: -EBUSY, dropped").at("config_write").poll(750, 20 * ms).at("unmap");
  old.state(0, false).at("done", "done unblocks");
  comparison.lines.push_back(
      old.ends("success", "not reset, unblocked", "the second prepare: -16 (EBUSY)", {Finding::false_success}));
  Course march(Variant::march_2026);
  begin(march).at("prepare", "second prepare: 0");
  flr(march).state(1, false).at("done", "inner done unblocks").at("config_write").poll(750, 20 * ms).at("unmap");
  march.state(0, false).at("done", "done: already unblocked");
  comparison.lines.push_back(march.ends("success", "not reset, unblocked",
                                        "firmware acknowledgement: timed out, logged",
                                        {Finding::false_success, Finding::unfenced_work}));
  for (const Variant variant : {Variant::linux_7_1, Variant::quarantine}) {
    Course course(variant);
    begin(course).state(2, true).at("prepare", "second prepare: counted");
    flr(course).state(1, true).at("done", "inner done: counted").at("config_write").poll(750, 20 * ms).at("unmap");
    course.state(0, false).at("done", variant == Variant::linux_7_1 ? "done unblocks" : "done(success) unblocks");
    comparison.lines.push_back(course.ends("success", "not reset, unblocked",
                                           "firmware acknowledgement: timed out, logged", {Finding::false_success}));
  }
  Course library(Variant::reset_guard);
  begin(library).state(2, true).at("trace");
  flr(library).state(1, true).at("trace").at("config_write").poll(750, 20 * ms);
  library.at("trace", "failure: timed_out (firmware_ack)").at("unmap");
  library.state(0, true).at("done", "done(failed) keeps the block");
  comparison.lines.push_back(library.ends("failure: timed_out -110 (firmware_ack)", "not reset, blocked, quarantined",
                                          "firmware acknowledgement: timed out", {Finding::honest}));
  return comparison;
}

Comparison refused_write() {
  Comparison comparison{"The FLR is refused: Intel 82599 VF",
                        "intel_82599_vf",
                        "outer scope",
                        "config-write in operation 6 (config_write)",
                        {}};
  for (const Variant variant : variants) {
    Course course(variant);
    course.state(1, true).at("prepare").at("iommu_block").many("config_read", 2);
    if (variant == Variant::linux_7_0) {
      course.at("prepare", "-EBUSY").state(0, false).at("done");
      comparison.lines.push_back(course.ends("success", "not reset, unblocked", "the second prepare: -16 (EBUSY)", {}));
      continue;
    }
    const bool counted = variant != Variant::march_2026;
    course.state(counted ? 2 : 1, true).at("prepare").many("config_read", 2);
    course.at("fault", "the platform refuses the write").at("write_lost").at("reset_ignored", "the write was lost");
    if (variant == Variant::reset_guard) {
      course.state(1, true).at("trace", "failure: io (flr)").state(0, true).at("done", "done(failed)");
      comparison.lines.push_back(course.ends("failure: io -5 (flr)", "not reset, blocked, quarantined", "", {}));
    } else if (variant == Variant::march_2026) {
      course.at("trace", "-5 is dropped").state(0, true);
      comparison.lines.push_back(
          course.ends("success", "not reset, blocked", "the FLR: -5 (EIO), dropped", {Finding::false_success}));
    } else {
      course.sleep(100 * ms).at("config_read").state(1, true).at("done").state(0, false).at("done");
      comparison.lines.push_back(course.ends("success", "not reset, unblocked", "the FLR: -5 (EIO), dropped", {}));
    }
  }
  return comparison;
}

// Without a word on how it was judged, and with looks summed up in the waits.
Comparison nothing_fails() {
  Comparison comparison{"Nothing fails: the nested fence of the HiNIC VF", "hinic_vf", "device_specific", "none", {}};
  for (const Variant variant : {Variant::linux_7_0, Variant::march_2026, Variant::reset_guard}) {
    Course course(variant);
    course.state(1, true).at("prepare").at("iommu_block").at("map", "BAR 0").at("mmio_write", "operation := 0x40000");
    if (variant == Variant::linux_7_0) {
      course.at("prepare", "fails: -16 (EBUSY)");
    } else {
      if (variant == Variant::reset_guard) course.state(2, true);
      course.at("prepare").at("config_write").at("reset", "FLR").sleep(100 * ms, "100 ms, 2 looks");
      course.state(1, variant == Variant::reset_guard);
      if (variant == Variant::march_2026) course.at("done").at("iommu_unblock");
    }
    course.at("config_write").sleep(320 * ms, "320 ms, 17 looks");
    if (variant == Variant::reset_guard) course.at("trace", "evidence: firmware_ack");
    course.at("unmap", "BAR 0").state(0, false).at("done").at("iommu_unblock");
    const bool is_reset = variant != Variant::linux_7_0;
    comparison.lines.push_back(
        course.ends("success", is_reset ? "reset, not blocked" : "not reset, not blocked", "", {}));
  }
  return comparison;
}

Comparison leaves_the_bus() {
  Comparison comparison{"It leaves the bus in the middle of a chain, and its NVMe controller is never ready again",
                        "nvme_disable",
                        "chain",
                        "gone in operation 61 (mmio_read) and never-ready in operation 80 (config_read)",
                        {},
                        "Linux 7.0 has no line: nothing happens there, so the fault has nothing to strike."};
  for (const Variant variant : {Variant::linux_7_1, Variant::reset_guard}) {
    Course course(variant);
    course.many("config_read", 6).sleep(100 * ms).at("config_read").sleep(200 * ms).at("config_read");
    course.state(1, true).at("prepare").state(2, true).at("prepare").at("map").many("mmio_read", 4);
    course.many("mmio_write", 3).poll(6, 100 * ms).at("fault", "it leaves the bus").poll(120, 500 * ms).at("unmap");
    course.state(3, true).at("prepare").many("config_write", 2).at("reset_ignored", "nobody answers");
    course.sleep(100 * ms).poll(7, 9'000 * ms).state(2, true).at("done");
    if (variant == Variant::reset_guard) {
      course.at("trace",
                "failure: gone (controller disable), and a reason that takes more words than a picture has "
                "room for in one line, which must not run out of it");
      course.state(0, true).at("done", "done(failed)");
      comparison.lines.push_back(course.ends("failure: gone (nvme_disable), and 2 more after it",
                                             "gone, blocked, quarantined", "", {Finding::honest}));
    } else {
      course.state(1, true).at("done").state(0, false).at("done", "done unblocks");
      comparison.lines.push_back(course.ends("failure: -25 (ENOTTY)", "not reset, unblocked", "",
                                             {Finding::unblocked_on_failure, Finding::too_long}));
    }
  }
  return comparison;
}

}  // namespace

campaign::Report plausible_report() {
  Report report;
  add_rows(report);
  report.comparisons = {silent_firmware(), refused_write(), nothing_fails(), leaves_the_bus()};
  report.seed = 20261122;
  report.all_pairs = 48'211'904;
  report.seconds = 93.4;
  report.machine = "reset_tool 0.1.0, g++ 12.2.0";
  return report;
}

}  // namespace page_test
