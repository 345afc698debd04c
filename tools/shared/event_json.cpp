#include "shared/event_json.hpp"

#include "sim/faults.hpp"

namespace program {
namespace {

namespace rg = reset_guard;

std::string in_text(const pci::Address& address) { return pci::to_text(address).c_str(); }

Json event_of(const sim::Event& event, sim::Duration start) {
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
      if (event.trace == rg::TraceKind::evidence) {
        json["outcome"] = rg::to_string(event.outcome);
        json["destroys"] = Json::array();
        for (const char* const* name = event.destroys; name != nullptr && *name != nullptr; ++name) {
          json["destroys"].push_back(*name);
        }
      }
      json["error"] = event.failed ? error_json(rg::to_string(event.code), event.native, event.text) : Json(nullptr);
      break;
    case reset:
    case reset_ignored:
    case violation: json["text"] = or_null(event.text); break;
    case fault:
      json["text"] = or_null(event.text);
      json["name"] = or_null(event.name);
      json["sentence"] = sim::fault_sentence(event.text);
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

}  // namespace

Json or_null(const char* text) { return text != nullptr ? Json(text) : Json(nullptr); }
Json or_null(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

Json error_json(const char* code, std::int32_t native, const char* where) {
  return {{"code", code}, {"native", native}, {"where", or_null(where)}};
}

Json events_json(const std::vector<sim::Event>& events) {
  Json json = Json::array();
  for (const sim::Event& event : events) json.push_back(event_of(event, events.front().time));
  return json;
}

Json violations_json(const std::vector<sim::Violation>& violations, sim::Duration start) {
  Json json = Json::array();
  for (const sim::Violation& violation : violations) {
    json.push_back({{"time_us", (violation.time - start).count()},
                    {"function", in_text(violation.function)},
                    {"text", violation.text},
                    {"count", violation.count}});
  }
  return json;
}

}  // namespace program
