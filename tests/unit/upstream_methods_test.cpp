// Upstream's reset methods and the walk over them. Version 7.1, where nothing is said of it.
#include "upstream_machine.hpp"

namespace {

std::vector<sim::Image> images_of(Subject method) {
  switch (method) {
    case Subject::af_flr: return af_flr_images();
    case Subject::pm: return virtio_images();
    case Subject::cxl_bus: return cxl_images();
    default: return nvme_images();
  }
}

std::string reset_of(Subject method) { return method == Subject::cxl_bus ? "bus" : to_string(method); }

Subject each_method() { return GENERATE(Subject::flr, Subject::af_flr, Subject::pm, Subject::bus, Subject::cxl_bus); }

}  // namespace

// --- a healthy device ---

TEST_CASE("march 2026, 7.1, quarantine: every method resets a healthy device, and breaks no rule", "[upstream]") {
  const Subject method = each_method();
  Upstream upstream(GENERATE(Version::march_2026, Version::linux_7_1, Version::quarantine), images_of(method));
  CHECK(upstream.probe(method) == 0);
  CHECK(upstream.reset(method, GENERATE(Nesting::alone, Nesting::chain, Nesting::outer_scope)) == 0);
  CHECK(resets(upstream.machine) == reset_of(method));
  CHECK_FALSE(upstream.function().blocked());
  CHECK(upstream.violations() == 0);
}

TEST_CASE("7.0: every method but cxl_bus resets a healthy device, and breaks no rule", "[upstream]") {
  const Subject method = GENERATE(Subject::flr, Subject::af_flr, Subject::pm, Subject::bus);
  Upstream upstream(Version::linux_7_0, images_of(method));
  CHECK(upstream.reset(method) == 0);
  CHECK(resets(upstream.machine) == reset_of(method));
  CHECK(upstream.violations() == 0);
}

TEST_CASE("7.1: cxl_bus masks the reset again", "[upstream]") {
  Upstream upstream(Version::linux_7_1, cxl_images());
  REQUIRE(upstream.reset(Subject::cxl_bus) == 0);
  const sim::Function& port = *upstream.function().parent();
  const unsigned control = port.config().capabilities().cxl_port + pci::cxl_port::control;
  CHECK((port.config().read(control, 2) & pci::cxl_port::unmask_sbr) == 0);
}

TEST_CASE("7.1: bus is 'unsupported' below a CXL port that masks it", "[upstream]") {
  Upstream upstream(Version::linux_7_1, cxl_images());
  CHECK(upstream.reset(Subject::bus) == -ENOTTY);
  CHECK(upstream.reset(Subject::bus, Nesting::chain) == 0);
  CHECK(resets(upstream.machine) == "bus");
}

TEST_CASE("7.1: a method that the function does not offer is 'unsupported', and makes no pair", "[upstream]") {
  const Subject method = GENERATE(Subject::af_flr, Subject::cxl_bus);
  Upstream upstream(Version::linux_7_1, nvme_images());
  CHECK(upstream.probe(method) == -ENOTTY);
  CHECK(upstream.reset(method) == -ENOTTY);
  CHECK(count(upstream.machine.fabric, sim::EventKind::prepare) == 0);
}

// --- failures ---

TEST_CASE("7.1: a reset that timed out says 'unsupported'", "[upstream]") {
  const Subject method = each_method();
  Upstream upstream(Version::linux_7_1, images_of(method));
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(upstream.reset(method) == -ENOTTY);
  CHECK(resets(upstream.machine) == reset_of(method));
  CHECK(upstream.hardware.logged() == 1);
  CHECK_FALSE(upstream.function().blocked());
}

TEST_CASE("7.1: the walk goes on past a reset that timed out, and resets again", "[upstream]") {
  Upstream upstream(Version::linux_7_1, {given(root_port_id), nvme_that_dies_in_an_flr()});
  CHECK(upstream.reset(Subject::flr, Nesting::chain) == 0);
  CHECK(resets(upstream.machine) == "flr bus");
}

TEST_CASE("7.1: after every method has timed out, the walk says 'unsupported'", "[upstream]") {
  Upstream upstream(Version::linux_7_1, nvme_images());
  upstream.machine.strike({.kind = sim::FaultKind::never_ready});
  CHECK(upstream.reset(Subject::flr, Nesting::chain) == -ENOTTY);
  CHECK(upstream.function().resets() == 2);
}

TEST_CASE("7.0: EBUSY ends the walk", "[upstream]") {
  Upstream upstream(Version::linux_7_0, cxl_images());
  CHECK(upstream.reset(Subject::cxl_bus, Nesting::chain) == -EBUSY);
}

TEST_CASE("7.1: a reset whose write was refused is success", "[upstream]") {
  const Subject method = GENERATE(Subject::flr, Subject::af_flr, Subject::pm);
  Upstream upstream(Version::linux_7_1, images_of(method));
  upstream.machine.fabric.faults().arm(
      {.kind = sim::FaultKind::write_fails, .times = 0, .function = upstream.function().address()});
  CHECK(upstream.reset(method) == 0);
  CHECK(upstream.function().resets() == 0);
  CHECK(upstream.broke("called verified, and still holds what its last user left"));
}

TEST_CASE("7.1: a bus reset whose write was refused is success", "[upstream]") {
  const Subject method = GENERATE(Subject::bus, Subject::cxl_bus);
  Upstream upstream(Version::linux_7_1, images_of(method));
  upstream.machine.refuse_writes_to(*upstream.function().parent(), pci::bridge::control);
  CHECK(upstream.reset(method) == 0);
  CHECK(upstream.function().resets() == 0);
  CHECK(upstream.broke("called verified, and still holds what its last user left"));
}

TEST_CASE("7.1: cxl_bus: an unmask bit that cannot be put back is success", "[upstream]") {
  Upstream upstream(Version::linux_7_1, cxl_images());
  sim::Function& port = *upstream.function().parent();
  const unsigned control = port.config().capabilities().cxl_port + pci::cxl_port::control;
  Upstream twin(Version::linux_7_1, cxl_images());
  twin.machine.fabric.faults().record_operations(true);
  REQUIRE(twin.reset(Subject::cxl_bus) == 0);
  const auto& performed = twin.machine.fabric.faults().performed();
  std::uint64_t last = 0;
  for (std::size_t i = 0; i != performed.size(); ++i) {
    if (performed[i].operation == sim::Operation::config_write && performed[i].offset == control) last = i + 1;
  }
  REQUIRE(last != 0);
  upstream.machine.fabric.faults().arm_at(last, sim::FaultKind::write_fails);
  CHECK(upstream.reset(Subject::cxl_bus) == 0);
  CHECK((port.config().read(control, 2) & pci::cxl_port::unmask_sbr) != 0);
}

TEST_CASE("7.1: a reset goes on over pending transactions, after 700 ms", "[upstream]") {
  const Subject method = GENERATE(Subject::flr, Subject::af_flr);
  Upstream upstream(Version::linux_7_1, images_of(method));
  upstream.machine.strike({.kind = sim::FaultKind::transactions_pending, .length = {}});
  CHECK(upstream.reset(method) == 0);
  const auto& events = upstream.machine.events();
  const std::size_t prepared = position_of(upstream.machine, sim::EventKind::prepare);
  REQUIRE(prepared < events.size());
  CHECK(events[prepared].time >= 700ms);
  CHECK(upstream.hardware.logged() == 1);
}

TEST_CASE("7.1: a function that is not in D0 is an invalid argument of pm", "[upstream]") {
  Upstream upstream(Version::linux_7_1, virtio_images());
  write16(upstream.function(), pmcsr_of(upstream.function()), pci::power_management::d3hot);
  CHECK(upstream.reset(Subject::pm) == -EINVAL);
  CHECK(upstream.reset(Subject::pm, Nesting::chain) == -EINVAL);
}

TEST_CASE("7.1: a function that is gone is 'unsupported', after all methods have been tried", "[upstream]") {
  Upstream upstream(Version::linux_7_1, nvme_images());
  upstream.function().tear_out();
  CHECK(upstream.reset(Subject::flr, Nesting::chain) == -ENOTTY);
  CHECK_FALSE(upstream.function().blocked());
}
