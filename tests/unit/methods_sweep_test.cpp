// Every fault, in every operation of every method and handler: an answer that cannot be trusted is never given.
#include "methods_machine.hpp"

namespace {

using Reset = rg::Verdict<methods::FunctionReset> (*)(sim::Function&);

struct Subject {
  std::string name;
  std::vector<sim::Image> images;
  Reset reset;
};

sim::Image given_on(pci::Id id, const sim::Platform& platform) {
  sim::Patch change;
  change.platform = platform;
  return sim::patch(given(id), change);
}

rg::Verdict<methods::FunctionReset> reset_as_selected(sim::Function& function) {
  std::string_view refused;
  methods::select(function, "bus flr", refused).discard("what is left out is not tried");
  return methods::reset_as_selected(function);
}

template <class M>
constexpr Reset by = methods::run_as_function_reset<sim::Function, M>;

std::vector<Subject> subjects() {
  sim::Patch af;
  af.advanced_features = true;
  std::vector<Subject> all{
      {"flr", {given(root_port_id), given(nvme_id)}, by<methods::Flr>},
      {"af_flr", {sim::patch(given(edu_id), af)}, by<methods::AfFlr>},
      {"pm", {virtio_port(), given(virtio_id)}, by<methods::Pm>},
      {"bus", {given(root_port_id), given(nvme_id)}, by<methods::Bus>},
      {"cxl_bus", {given(cxl_port_id), given(cxl_memory_id)}, by<methods::CxlBus>},
      {"acpi", {given(root_port_id), given_on(nvme_id, {.acpi_reset = true})}, by<methods::Acpi>},
      {"bus by the slot", {given(root_port_id), given_on(nvme_id, {.slot_reset = true})}, by<methods::Bus>},
      {"cxl_bus by the slot", {given(cxl_port_id), given_on(cxl_memory_id, {.slot_reset = true})}, by<methods::CxlBus>},
      {"d3cold", {given(root_port_id), given_on(nvme_id, {.power_control = true})}, by<methods::D3cold>},
      {"d3cold, D3hot resets too", {virtio_port(), given_on(virtio_id, {.power_control = true})}, by<methods::D3cold>},
      {"a selection", {virtio_port(), given(virtio_id)}, reset_as_selected},
      {"chain", {given(cxl_port_id), given(cxl_memory_id)}, [](sim::Function& f) { return reset_by_chain(f); }},
      {"chain with fallback",
       {given(root_port_id), nvme_that_dies_in_an_flr()},
       [](sim::Function& f) { return reset_by_chain(f, {.fall_back_after_timeout = true}); }},
  };
  sim::InputError why;
  for (sim::QuirkDevice& device : value_of(sim::quirk_devices(given_images(), why))) {
    all.push_back({device.entry.device, std::move(device.images), by<methods::DeviceSpecific>});
  }
  return all;
}

// What is wrong with an answer, given what became of the function; empty: nothing.
std::string objection(const Machine& machine, const std::string& answer) {
  const sim::Function& function = machine.function;
  const bool quarantined = function.reset_state.quarantined();
  const bool held = count(machine.fabric, sim::EventKind::iommu_block) != 0;
  if (function.reset_state.in_reset()) return "a scope is still open";
  if (count(machine.fabric, sim::EventKind::done) > 1) return "done was called twice";
  if (answer == "verified") {
    if (function.holds_state()) return "verified, and the function holds its state";
    if (function.blocked() || quarantined) return "verified, and the function is fenced";
    if (!machine.fabric.log().violations().empty()) return machine.fabric.log().violations()[0].text;
    return {};
  }
  if (answer == "claimed") {
    if (function.blocked() || quarantined) return "claimed, and the function is fenced";
    return {};
  }
  if (answer == "unsupported") {
    if (function.blocked() || quarantined) return "unsupported, and the function is fenced";
    if (function.resets() != 0) return "unsupported, and the function was reset";
    return {};
  }
  if (!held) return {};  // prepare failed
  if (!quarantined) return "failed, and not quarantined";
  if (!function.blocked() && !function.reset_state.unfenced()) return "failed, and not blocked";
  return {};
}

}  // namespace

TEST_CASE("sweep: any fault in any operation of any method is a failure, or does no harm", "[methods]") {
  for (const Subject& subject : subjects()) {
    DYNAMIC_SECTION(subject.name) {
      Machine healthy(subject.images);
      const std::string clean = said(subject.reset(healthy.function));
      REQUIRE((clean == "verified" || clean == "claimed"));
      const std::uint64_t operations = healthy.fabric.faults().operations();
      std::uint64_t struck = 0, failed = 0;
      for (const sim::FaultName& fault : sim::fault_names) {
        for (std::uint64_t at = 1; at <= operations; ++at) {
          Machine machine(subject.images);
          machine.fabric.faults().arm_at(at, fault.kind);
          const std::string answer = said(subject.reset(machine.function));
          struck += machine.fabric.faults().struck();
          failed += answer != clean;
          const std::string wrong = objection(machine, answer);
          if (wrong.empty()) continue;
          FAIL_CHECK(fault.name << " in operation " << at << ": " << answer << ": " << wrong);
        }
      }
      CHECK(struck > operations);
      CHECK(failed > 10);
    }
  }
}
