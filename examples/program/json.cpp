// The report for programs, as json.md describes it.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "report.hpp"

namespace program {
namespace {

using Json = nlohmann::ordered_json;

constexpr int schema_version = 1;

std::string hex(std::uint32_t value, int digits) {
  char text[16];
  std::snprintf(text, sizeof text, "%0*x", digits, value);
  return text;
}

std::string in_text(const pci::Address& address) { return pci::to_text(address).c_str(); }

template <class T>
Json or_null(const T& value) {
  return value ? Json(*value) : Json(nullptr);
}
Json or_null(const char* text) { return text != nullptr ? Json(text) : Json(nullptr); }

Json error(rg::Errc code, std::int32_t native, const char* where) {
  return {{"code", rg::to_string(code)}, {"native", native}, {"where", or_null(where)}};
}

Json error(const std::optional<rg::Error>& failure) {
  if (!failure) return nullptr;
  Json json = error(failure->code, failure->native, failure->step);
  json["later"] = failure->later;
  return json;
}

Json to_json(const sim::Event& event, sim::Duration start) {
  using enum sim::EventKind;
  Json json = {{"time_us", (event.time - start).count()},
               {"function", in_text(event.function)},
               {"kind", sim::to_string(event.kind)},
               {"depth", event.depth},
               {"blocked", event.blocked}};
  const bool write = event.kind == config_write || event.kind == mmio_write;
  switch (event.kind) {
    case config_read:
    case config_write:
    case mmio_read:
    case mmio_write:
    case write_lost:
      json["register"] = {{"offset", event.offset}, {"name", or_null(event.name)}, {"width", event.width}};
      json["before"] = event.kind == write_lost ? Json(nullptr) : Json(event.before);
      if (write || event.kind == write_lost) json["written"] = event.written;
      json["after"] = event.kind == write_lost ? Json(nullptr) : Json(event.after);
      break;
    case map:
    case unmap: json["bar"] = event.offset; break;
    case platform:
      json["call"] = or_null(event.name);
      json["error"] = or_null(event.text);
      break;
    case sleep: json["length_us"] = event.length.count(); break;
    case prepare: json["error"] = or_null(event.text); break;
    case done:
      json["outcome"] = rg::to_string(event.outcome);
      json["error"] = or_null(event.text);
      break;
    case trace:
      json["trace"] = sim::trace_name(event.trace);
      json["step"] = or_null(event.step);
      if (event.trace == rg::TraceKind::finished || event.trace == rg::TraceKind::done) {
        json["outcome"] = rg::to_string(event.outcome);
      }
      json["error"] = event.failed ? error(event.code, event.native, event.text) : Json(nullptr);
      break;
    case reset:
    case reset_ignored:
    case violation: json["text"] = or_null(event.text); break;
    case fault:
      json["text"] = or_null(event.text);
      json["name"] = or_null(event.name);
      break;
    case iommu_block:
    case iommu_unblock:
    case iommu_fault:
    case dma:
    case reset_held:
    case power_off:
    case returned: break;
  }
  return json;
}

Json to_json(const ResetReport& report, const Options& options) {
  static constexpr const char* answers[] = {"verified", "unsupported", "failed"};
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
  json["events"] = Json::array();
  for (const sim::Event& event : report.events) json["events"].push_back(to_json(event, start));
  json["violations"] = Json::array();
  for (const sim::Violation& violation : report.violations) {
    json["violations"].push_back({{"time_us", (violation.time - start).count()},
                                  {"function", in_text(violation.function)},
                                  {"text", violation.text},
                                  {"count", violation.count}});
  }
  return json;
}

Json to_json(const Entry& entry, const Options& options) {
  Json json = {{"file", entry.file},
               {"address", in_text(entry.address)},
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
    json["result"] = {{"functions", totals.functions},
                      {"verified", totals.verified},
                      {"unsupported", totals.unsupported},
                      {"failed", totals.failed},
                      {"violations", totals.violations}};
  }
  std::puts(json.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
}

}  // namespace program
