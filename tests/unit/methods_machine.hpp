// For the tests of the reset methods and of the quirk handlers: a machine with one function to reset, and looks at what
// became of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reset_methods/chain.hpp"
#include "sim_machine.hpp"

struct Machine {
  explicit Machine(const std::vector<sim::Image>& images) : fabric(images) {}

  sim::Fabric fabric;
  sim::Function& function = last_of(fabric);

  const sim::CapabilityOffsets& at() const { return function.config().capabilities(); }
  const std::vector<sim::Event>& events() const { return fabric.log().events(); }
  void strike(sim::Fault fault) {
    if (!fault.function) fault.function = function.address();
    fabric.faults().arm(fault);
  }
  void refuse_writes_to(const sim::Function& of, unsigned offset) {
    fabric.faults().arm({.kind = sim::FaultKind::write_fails, .function = of.address(), .offset = offset});
  }
};

inline Machine nvme_machine() { return Machine({given(root_port_id), given(nvme_id)}); }

// Only a bus reset brings it back.
inline sim::Image nvme_that_dies_in_an_flr() {
  sim::Image image = given(nvme_id);
  image.behaviour.firmware.nvme_dies_when_enabled = true;
  return image;
}

// Its device is on bus 2.
inline sim::Image virtio_port() {
  sim::Patch change;
  change.bus_behind = std::uint8_t{2};
  return sim::patch(given(root_port_id), change);
}
inline Machine virtio_machine(const sim::Patch& change = {}) {
  return Machine({virtio_port(), sim::patch(given(virtio_id), change)});
}

inline Machine cxl_machine(bool unmasked = false) {
  sim::Image port = given(cxl_port_id);
  const std::size_t control = sim::CapabilityOffsets::of(port.config()).cxl_port + pci::cxl_port::control;
  sim::detail::switch16(sim::ImageAccess::bytes(port), control, pci::cxl_port::unmask_sbr, unmasked);
  return Machine({port, given(cxl_memory_id)});
}

// edu is conventional PCI, on the root bus.
inline Machine af_flr_machine() {
  sim::Patch change;
  change.advanced_features = true;
  return Machine({sim::patch(given(edu_id), change)});
}

inline Machine quirk_machine(pci::Id id) { return Machine(quirk_images(id)); }

// --- what was said and done ---

// The error of an answer that must be one.
template <class T>
rg::Error failure(rg::Result<T> answer) {
  return ::error_of(std::move(answer));
}

template <class T>
std::string said(rg::Result<T> answer) {
  if (answer.failed()) return rg::to_string(std::move(answer).error().code());
  if constexpr (requires(T value) { value.claimed(); }) {
    return std::move(answer).take().claimed() ? "claimed" : "verified";
  } else {
    std::move(answer).discard("test: that it is a success was asked");
    return "verified";
  }
}

inline rg::Verdict<methods::FunctionReset> reset_by_chain(sim::Function& function, rg::ChainOptions options = {}) {
  return methods::chain<sim::Function>.reset(function, options);
}

// The names of the supported methods, in their order.
inline std::string supported(const sim::Function& function) {
  const auto& chain = methods::chain<sim::Function>;
  std::string names;
  for (const auto& method : chain) {
    if (chain.probe(method, function).support == rg::Support::no) continue;
    names += (names.empty() ? "" : " ") + std::string(method.name);
  }
  return names;
}

inline bool stays_fenced(const sim::Function& function) {
  return function.blocked() && function.reset_state.quarantined() && !function.reset_state.in_reset();
}

// Where the first such event is; the number of events if there is none.
template <class Wanted>
std::size_t position(const Machine& machine, Wanted wanted) {
  const auto& events = machine.events();
  return static_cast<std::size_t>(std::find_if(events.begin(), events.end(), wanted) - events.begin());
}
inline std::size_t position_of(const Machine& machine, sim::EventKind kind) {
  return position(machine, [kind](const sim::Event& event) { return event.kind == kind; });
}
inline bool is_trace(const sim::Event& event, rg::TraceKind kind) {
  return event.kind == sim::EventKind::trace && event.trace == kind;
}

inline unsigned deepest(const Machine& machine) {
  unsigned depth = 0;
  for (const sim::Event& event : machine.events()) depth = std::max(depth, event.depth);
  return depth;
}

// Which resets reached the function, in their order.
inline std::string resets(const Machine& machine) {
  std::string names;
  for (const sim::Event& event : machine.events()) {
    if (event.kind == sim::EventKind::reset) names += (names.empty() ? "" : " ") + std::string(event.text);
  }
  return names;
}

// What done was told, each time.
inline std::string outcomes(const Machine& machine) {
  std::string names;
  for (const sim::Event& event : machine.events()) {
    if (event.kind == sim::EventKind::done) names += (names.empty() ? "" : " ") + std::string(to_string(event.outcome));
  }
  return names;
}

// --- what the platform performs: acpi, slot and d3cold ---

inline constexpr sim::Platform full_platform{.acpi_reset = true, .power_control = true, .slot_reset = true};

// No_Soft_Reset is set in it.
inline Machine nvme_on(const sim::Platform& platform) {
  sim::Patch change;
  change.platform = platform;
  return Machine({given(root_port_id), sim::patch(given(nvme_id), change)});
}

// Of each method: what the platform needs for it, and its first call.
template <class M>
struct PlatformMethod;
template <>
struct PlatformMethod<methods::Acpi> {
  static constexpr sim::Platform platform{.acpi_reset = true};
  static constexpr sim::PlatformCall call = sim::PlatformCall::acpi_reset;
};
template <>
struct PlatformMethod<methods::Slot> {
  static constexpr sim::Platform platform{.slot_reset = true};
  static constexpr sim::PlatformCall call = sim::PlatformCall::slot_reset;
};
template <>
struct PlatformMethod<methods::D3cold> {
  static constexpr sim::Platform platform{.power_control = true};
  static constexpr sim::PlatformCall call = sim::PlatformCall::power_off;
};

template <class M>
Machine platform_machine() {
  return nvme_on(PlatformMethod<M>::platform);
}

inline void strike_call(Machine& machine, sim::FaultKind kind, sim::PlatformCall call) {
  machine.strike({.kind = kind, .offset = static_cast<std::uint32_t>(call)});
}

inline std::size_t position_of_call(const Machine& machine, sim::PlatformCall call) {
  return position(machine, [call](const sim::Event& event) {
    return event.kind == sim::EventKind::platform && event.name == std::string(sim::to_string(call));
  });
}
inline bool was_called(const Machine& machine, sim::PlatformCall call) {
  return position_of_call(machine, call) != machine.events().size();
}
