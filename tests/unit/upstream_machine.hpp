// For the tests of upstream's behaviour: a simulated machine whose function is reset by upstream's code.
#pragma once

#include <cerrno>
#include <string>
#include <vector>

#include "methods_machine.hpp"
#include "upstream/reset.hpp"
#include "upstream/simulated_hardware.hpp"

using upstream::Nesting;
using upstream::Subject;
using upstream::Version;

struct Upstream {
  Upstream(Version version, const std::vector<sim::Image>& images)
      : machine(images), hardware(machine.function), seen(version, hardware) {}

  Machine machine;
  upstream::SimulatedHardware hardware;
  upstream::Function seen;

  sim::Function& function() { return machine.function; }
  int reset(Subject subject, Nesting nesting = Nesting::alone) { return upstream::reset(seen, subject, nesting); }
  int reset_by_handler(Nesting nesting = Nesting::device_specific) { return reset(handler(), nesting); }
  int probe(Subject subject) { return upstream::probe(seen, subject); }
  Subject handler() const { return upstream::handler_of(machine.function.id()).value(); }

  unsigned violations() const { return static_cast<unsigned>(machine.fabric.log().violations().size()); }
  bool broke(const std::string& rule) const {
    const Texts texts = ::violations(machine.fabric);
    return std::find(texts.begin(), texts.end(), rule) != texts.end();
  }
};

inline constexpr pci::Id intel_82599_vf_id{0x8086, 0x10ed}, ivy_bridge_id{0x8086, 0x0156}, sm961_id{0x144d, 0xa804},
    p3700_id{0x8086, 0x0953}, chelsio_id{0x1425, 0x4401}, hinic_vf_id{0x19e5, 0x375e};

inline std::vector<sim::Image> nvme_images() { return {given(root_port_id), given(nvme_id)}; }
inline std::vector<sim::Image> virtio_images() { return {virtio_port(), given(virtio_id)}; }
inline std::vector<sim::Image> cxl_images() { return {given(cxl_port_id), given(cxl_memory_id)}; }
inline std::vector<sim::Image> af_flr_images() {
  sim::Patch change;
  change.advanced_features = true;
  return {sim::patch(given(edu_id), change)};
}

// A prepare that was refused, without a call of the hook.
inline unsigned refusals(const Machine& machine, int result) {
  unsigned number = 0;
  for (const sim::Event& event : machine.events()) {
    number += is_trace(event, rg::TraceKind::refused) && event.native == result;
  }
  return number;
}
