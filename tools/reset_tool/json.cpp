// The report for programs, as json.md describes it.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "report.hpp"
#include "shared/event_json.hpp"

namespace program {
namespace {

constexpr int schema_version = 1;

std::string hex(std::uint32_t value, int digits) {
  char text[16];
  std::snprintf(text, sizeof text, "%0*x", digits, value);
  return text;
}

Json error(const std::optional<rg::Error>& failure) {
  if (!failure) return nullptr;
  Json json = error_json(rg::to_string(failure->code()), failure->native(), failure->where());
  json["later"] = failure->later_errors();
  return json;
}

// Linux's list beside the one here.
Json to_json(const KernelReport& kernel) {
  static constexpr const char* listed[] = {"kernel", "here", "both"};
  Json json = {{"methods", kernel.methods}, {"own_order", !kernel.selected}, {"differences", Json::array()}};
  for (const KernelReport::Difference& each : kernel.differences) {
    json["differences"].push_back(
        {{"method", each.method}, {"listed_by", listed[static_cast<int>(each.listed)]}, {"why", each.why}});
  }
  return json;
}

Json to_json(const ResetReport& report, const Options& options) {
  static constexpr const char* answers[] = {"verified", "claimed", "unsupported", "failed"};
  Json json = {{"answer", answers[static_cast<int>(answer_of(report))]},
               {"method", or_null(report.method)},
               {"error", error(report.error)},
               {"failed_step", or_null(report.failed_step)},
               {"return_error", error(report.return_error)},
               {"attempted", report.attempted},
               {"blocked", report.blocked},
               {"quarantined", report.quarantined},
               {"fault_struck", options.fail ? Json(report.fault_struck) : Json(nullptr)},
               {"duration_us", report.duration.count()}};
  const sim::Duration start = report.events.empty() ? sim::Duration{} : report.events.front().time;
  json["events"] = events_json(report.events);
  json["violations"] = violations_json(report.violations, start);
  return json;
}

Json to_json(const Entry& entry, const Options& options) {
  Json json = {{"file", entry.file},
               {"address", pci::to_text(entry.address).c_str()},
               {"ids", hex(entry.id.vendor, 4) + ":" + hex(entry.id.device, 4)},
               {"vendor", hex(entry.id.vendor, 4)},
               {"device", hex(entry.id.device, 4)},
               {"class", hex(entry.class_code, 6)},
               {"name", entry.name},
               {"virtual_function", entry.virtual_function},
               {"patched", entry.patched},
               {"methods", Json::array()},
               {"maybe", Json::object()},
               {"refused", Json::object()}};
  for (const MethodReport& method : entry.methods) {
    if (method.support != rg::Support::no) json["methods"].push_back(method.name);
    if (method.support == rg::Support::maybe) json["maybe"][method.name] = method.why;
    if (method.support == rg::Support::no) json["refused"][method.name] = method.why;
  }
  if (options.list) json["kernel"] = entry.kernel ? to_json(*entry.kernel) : Json(nullptr);
  if (entry.reset) json["reset"] = to_json(*entry.reset, options);
  return json;
}

}  // namespace

void print_json(const std::vector<Entry>& entries, const Options& options) {
  Json json = {{"schema", options.list ? "reset_guard.methods" : "reset_guard.trace"}, {"version", schema_version}};
  if (!options.list) {
    json["method"] = or_null(options.method);
    json["selection"] = or_null(options.methods);
    json["fail"] = or_null(options.fail);
  }
  json["functions"] = Json::array();
  for (const Entry& entry : entries) json["functions"].push_back(to_json(entry, options));
  if (!options.list) {
    const Totals totals = count(entries);
    json["result"] = {{"functions", totals.functions}, {"verified", totals.verified},
                      {"claimed", totals.claimed},     {"unsupported", totals.unsupported},
                      {"failed", totals.failed},       {"violations", totals.violations}};
  }
  std::puts(json.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
}

}  // namespace program
