#include "experiment.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <sstream>
#include <string_view>
#include <utility>

#include "pci/saved_config.hpp"
#include "reset_methods/bus.hpp"
#include "reset_methods/chain.hpp"
#include "sim/faults.hpp"

namespace program {
namespace {

using Method = rg::Method<sim::Function, methods::FunctionReset>;
constexpr const rg::MethodChain<sim::Function, methods::FunctionReset>& chain = methods::chain<sim::Function>;

// --- faults ----------------------------------------------------------------------------------------------------------

using Events = std::vector<sim::Event>;

bool is(const char* text, std::string_view other) { return text != nullptr && text == other; }

bool is_evidence(const sim::Event& event, std::string_view step) {
  return event.kind == sim::EventKind::trace && event.trace == rg::TraceKind::evidence && is(event.step, step);
}

// The operation in which the first event of a kind happened; 0: there was none. `text`: with this text.
std::uint64_t first(const Events& events, sim::EventKind kind, std::string_view text = {}) {
  for (const sim::Event& event : events) {
    if (event.kind == kind && (text.empty() || is(event.text, text))) return event.operation;
  }
  return 0;
}

// The last operation of a step, which its evidence followed.
std::uint64_t end_of(const Events& events, std::string_view step) {
  for (const sim::Event& event : events) {
    if (is_evidence(event, step)) return event.operation;
  }
  return 0;
}

// The write by which the driver asked the firmware for something, in a reset with that step.
std::uint64_t request_of(const Events& events, std::string_view step) {
  return end_of(events, step) != 0 ? first(events, sim::EventKind::mmio_write) : 0;
}

// The moment of the reset itself.
std::uint64_t strike(const Events& events) {
  for (const sim::EventKind kind : {sim::EventKind::reset_held, sim::EventKind::power_off}) {
    if (const std::uint64_t begins = first(events, kind); begins != 0) return begins;
  }
  return first(events, sim::EventKind::reset);
}

// The write that makes the device reset itself, or the bus reset it.
std::uint64_t the_reset(const Events& events) {
  const std::uint64_t reset = strike(events);
  for (const sim::Event& event : events) {
    const bool write = event.kind == sim::EventKind::config_write || event.kind == sim::EventKind::mmio_write;
    if (write && event.operation == reset) return reset;
  }
  return 0;
}

std::uint64_t first_write_to(const Events& events, std::string_view name) {
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::config_write && is(event.name, name)) return event.operation;
  }
  return 0;
}

// The first time that the platform is asked for something.
std::uint64_t first_call(const Events& events, std::string_view name) {
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::platform && is(event.name, name)) return event.operation;
  }
  return 0;
}

// What is looked at before the first write of the reset.
std::uint64_t last_look(const Events& events) {
  std::uint64_t look = 0;
  for (const sim::Event& event : events) {
    if (event.kind == sim::EventKind::config_read || event.kind == sim::EventKind::mmio_read) look = event.operation;
    if (event.kind == sim::EventKind::config_write || event.kind == sim::EventKind::mmio_write) return look;
  }
  return 0;
}

// What --fail can name, and where it strikes: in which operation, as a rehearsal without the fault showed. 0: nowhere.
struct Fault {
  const char* name;
  sim::FaultKind kind;
  std::uint64_t (*place)(const Events& rehearsal);
};

using sim::EventKind;
using sim::FaultKind;

constexpr Fault faults[] = {
    // Steps, each with what makes it fail.
    {"acpi", FaultKind::platform_fails, [](const Events& all) { return first_call(all, "ACPI _RST"); }},
    {"flr", FaultKind::write_fails, [](const Events& all) { return first(all, EventKind::reset, "flr"); }},
    {"af_flr", FaultKind::write_fails, [](const Events& all) { return first(all, EventKind::reset, "af_flr"); }},
    {"pm", FaultKind::write_fails, [](const Events& all) { return first(all, EventKind::reset, "pm"); }},
    {"bus", FaultKind::write_fails, [](const Events& all) { return first_write_to(all, "Bridge Control"); }},
    {"slot", FaultKind::platform_fails, [](const Events& all) { return first_call(all, "slot reset"); }},
    {"cxl_bus", FaultKind::write_fails, [](const Events& all) { return first_write_to(all, "CXL Port Control"); }},
    {"d3cold", FaultKind::platform_fails, [](const Events& all) { return first_call(all, "power off"); }},
    {"firmware_ack", FaultKind::firmware_silent, [](const Events& all) { return request_of(all, "firmware_ack"); }},
    {"nvme_disable", FaultKind::firmware_silent, [](const Events& all) { return request_of(all, "nvme_disable"); }},
    {"panel_off", FaultKind::firmware_silent, [](const Events& all) { return request_of(all, "panel_off"); }},
    {"wlan_answers", FaultKind::firmware_silent, [](const Events& all) { return request_of(all, "wlan_answers"); }},
    {"settle", FaultKind::gone, [](const Events& all) { return end_of(all, "settle"); }},
    {"t4_drain", FaultKind::write_fails,
     [](const Events& all) { return end_of(all, "t4_drain") != 0 ? first_write_to(all, "MSI-X Message Control") : 0; }},
    // Faults of the simulation.
    {"config-write", FaultKind::write_fails, [](const Events& all) { return first(all, EventKind::config_write); }},
    {"reads-ones", FaultKind::reads_ones, last_look},
    {"status-lies", FaultKind::status_lies, [](const Events& all) { return first(all, EventKind::mmio_read); }},
    {"write-ignored", FaultKind::write_ignored, the_reset},
    {"write-late", FaultKind::write_late, [](const Events& all) { return first(all, EventKind::mmio_write); }},
    {"map", FaultKind::map_fails, [](const Events& all) { return first(all, EventKind::map); }},
    {"platform", FaultKind::platform_fails, [](const Events& all) { return first(all, EventKind::platform); }},
    {"platform-nothing", FaultKind::platform_does_nothing,
     [](const Events& all) { return first(all, EventKind::platform); }},
    {"prepare", FaultKind::prepare_fails, [](const Events& all) { return first(all, EventKind::prepare); }},
    {"done", FaultKind::done_fails, [](const Events& all) { return first(all, EventKind::done); }},
    {"done-unfenced", FaultKind::done_unfenced, [](const Events& all) { return first(all, EventKind::done); }},
    {"pending", FaultKind::transactions_pending, [](const Events& all) { return first(all, EventKind::prepare); }},
    {"never-ready", FaultKind::never_ready, strike},
    {"ready-late", FaultKind::ready_late, strike},
    {"firmware-silent", FaultKind::firmware_silent,
     [](const Events& all) { return first(all, EventKind::mmio_write); }},
    {"firmware-late", FaultKind::firmware_late, [](const Events& all) { return first(all, EventKind::mmio_write); }},
    {"gone", FaultKind::gone, strike},
    {"gone-and-back", FaultKind::gone_and_back, strike},
};

void arm(sim::Faults& armed, std::string_view name, const Events& rehearsal) {
  for (const Fault& fault : faults) {
    if (name != fault.name) continue;
    if (const std::uint64_t operation = fault.place(rehearsal); operation != 0) armed.arm_at(operation, fault.kind);
  }
}

// --- resets ----------------------------------------------------------------------------------------------------------

RESET_GUARD_MUST_USE rg::Verdict<methods::FunctionReset> reset_by_one(sim::Function& function,
                                                                      const std::string& name) {
  for (const Method& method : chain) {
    if (name != method.name) continue;
    const rg::Probe offered = chain.probe(method, function);
    if (offered.support == rg::Support::no)
      return rg::Error(rg::Errc::unsupported, 0, rg::Literal::unchecked(offered.why));
    return method.reset(function);
  }
  return rg::Error(rg::Errc::unsupported, 0, "no such method");
}

// The method that worked: the chain's scope encloses it.
const char* method_that_worked(const Events& events, bool chained) {
  const unsigned level = chained ? 2 : 1;
  const char* entered = nullptr;
  for (const sim::Event& event : events) {
    if (event.kind != EventKind::trace || event.depth != level) continue;
    if (event.trace == rg::TraceKind::entered) entered = event.step;
    if (event.trace != rg::TraceKind::finished) continue;
    if (event.outcome == rg::Outcome::verified || event.outcome == rg::Outcome::claimed) return entered;
  }
  return nullptr;
}

const char* step_that_failed(const Events& events, const rg::Error& error) {
  for (const sim::Event& event : events) {
    if (event.kind == EventKind::trace && event.trace == rg::TraceKind::failure && event.code == error.code() &&
        event.native == error.native() && is(event.text, error.where())) {
      return event.step;
    }
  }
  return nullptr;
}

// What its driver does after a reset, and answers for: config space is put back, and the device is used.
RESET_GUARD_MUST_USE rg::Status take_back(sim::Function& function, const pci::SavedConfig& saved) {
  RESET_GUARD_CHECK(saved.restore(function));
  if ((function.read16(pci::header::command) & pci::command::bus_master) == 0) return rg::ok();
  return function.use();
}

ResetReport run(sim::Fabric& fabric, sim::Function& function, const Request& request) {
  ResetReport report;
  auto save = pci::SavedConfig::save(function);
  if (save.failed()) {
    report.error = std::move(save).error();
    return report;
  }
  const pci::SavedConfig saved = std::move(save).take();
  fabric.log().clear();
  const sim::Duration start = function.now();

  function.reset_methods = request.selection;
  auto verdict = request.method ? reset_by_one(function, *request.method) : methods::reset_as_selected(function);
  if (verdict.failed()) {
    report.error = std::move(verdict).error();
  } else {
    report.claimed = std::move(verdict).take().claimed();
    auto after = take_back(function, saved);
    if (after.failed()) report.return_error = std::move(after).error();
  }

  report.duration = function.now() - start;
  report.blocked = function.blocked();
  report.quarantined = function.reset_state.quarantined();
  report.events = fabric.log().events();
  report.violations = fabric.log().violations();
  report.attempted = first(report.events, EventKind::prepare) != 0;
  if (report.error) {
    report.failed_step = step_that_failed(report.events, *report.error);
  } else {
    report.method = method_that_worked(report.events, !request.method);
  }
  return report;
}

// --- Linux's list ----------------------------------------------------------------------------------------------------

const MethodReport* report_of(const std::vector<MethodReport>& methods, std::string_view name) {
  const auto found =
      std::find_if(methods.begin(), methods.end(), [&](const MethodReport& m) { return name == m.name; });
  return found != methods.end() ? &*found : nullptr;
}

bool is_masked(const sim::Function& function) {
  return function.parent() != nullptr && methods::masks_bus_reset(*function.parent());
}

// Why Linux lists a method that is not listed here.
// Source: pci_init_reset_methods(), which pci_device_add() calls before the function is in its bus's list and before
// the bus behind a port is known; pci_parent_bus_reset(); pci_reset_bus_function(), whose probe does not look beside
// the function below such a CXL port.
std::string why_there(const sim::Function& function, const MethodReport* here, const std::string& name) {
  if (here == nullptr) return name + ": this program does not know the method";
  if (name == "acpi") return "acpi: sysfs does not tell whether ACPI has a _RST; '--platform acpi' says that it has";
  if (name == "bus" && is_masked(function)) {
    return "bus, below a CXL port that masks it: Linux lists it, and refuses such a reset (-ENOTTY)";
  }
  if (name == "bus" && function.is_port()) {
    return "bus, of a port: Linux makes the list before it knows the bus below, and refuses such a reset (-ENOTTY)";
  }
  if (name == "bus" && function.functions_on_bus() != 1) {
    return "bus, of one of several functions: Linux makes the list of the first before it finds the others, and "
           "refuses such a reset (-ENOTTY)";
  }
  return name + ": not listed here: " + here->why;
}

std::string why_here(const std::string& name) {
  if (name == "d3cold") return "d3cold: Linux has no such method";
  return "a shorter list than here may be a selection, which the file's user has written";
}

}  // namespace

KernelReport compare_with_kernel(const std::string& file, const sim::Function& function,
                                 const std::vector<MethodReport>& methods) {
  using enum KernelReport::Listed;
  KernelReport report;
  std::istringstream words(file);
  for (std::string word; words >> word;) report.methods.push_back(word);
  const MethodReport* last = nullptr;
  for (const std::string& name : report.methods) {
    const MethodReport* const method = report_of(methods, name);
    if (method == nullptr || method->support == rg::Support::no) {
      report.differences.push_back({name, there, why_there(function, method, name)});
    } else if (name == "bus" && is_masked(function)) {
      report.differences.push_back({name, refused, why_there(function, method, name)});
    }
    if (method == nullptr) continue;
    report.selected |= last != nullptr && method < last;
    last = method;
  }
  for (const MethodReport& method : methods) {
    const bool listed = std::find(report.methods.begin(), report.methods.end(), method.name) != report.methods.end();
    if (listed || method.support == rg::Support::no) continue;
    report.differences.push_back({method.name, here, why_here(method.name)});
  }
  return report;
}

Answer answer_of(const ResetReport& report) {
  if (!report.error) return report.return_error ? Answer::failed : report.claimed ? Answer::claimed : Answer::verified;
  return report.error->code() == rg::Errc::unsupported ? Answer::unsupported : Answer::failed;
}

const std::vector<std::string>& method_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Method& method : chain) all.emplace_back(method.name);
    return all;
  }();
  return names;
}

const std::vector<std::string>& fault_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const Fault& fault : faults) all.emplace_back(fault.name);
    return all;
  }();
  return names;
}

std::vector<MethodReport> methods_of(const sim::Function& function) {
  std::vector<MethodReport> reports;
  for (const Method& method : chain) {
    const rg::Probe probe = chain.probe(method, function);
    reports.push_back({method.name, probe.support, probe.why});
  }
  return reports;
}

ResetReport run_reset(const sim::Fabric& fabric, std::span<const sim::Image> machine, std::size_t index,
                      const Request& request) {
  std::vector<sim::Image> part;
  std::size_t at = 0;
  for (const std::size_t each : fabric.within_reach(index)) {
    if (each == index) at = part.size();
    part.push_back(machine[each]);
  }
  sim::Fabric own(part);
  if (request.fault) {
    sim::Fabric stage(part);
    arm(own.faults(), *request.fault, run(stage, stage[at], request).events);
  }
  ResetReport report = run(own, own[at], request);
  report.fault_struck = own.faults().struck() != 0;
  return report;
}

}  // namespace program
