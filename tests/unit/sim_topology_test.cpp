#include "sim_machine.hpp"

namespace {

sim::Image at(pci::Id id, std::uint8_t bus, std::uint8_t device, std::uint8_t function, bool virtual_function = false) {
  sim::Patch change;
  change.address = pci::Address{0, bus, device, function};
  change.virtual_function = virtual_function;
  return sim::patch(given(id), change);
}

sim::Image port_at(std::uint8_t bus, std::uint8_t device, std::uint8_t behind, std::uint8_t last) {
  sim::Image image = at(root_port_id, bus, device, 0);
  sim::ImageAccess::bytes(image)[pci::bridge::secondary_bus] = behind;
  sim::ImageAccess::bytes(image)[pci::bridge::subordinate_bus] = last;
  return image;
}

// A physical function with `number` virtual functions enabled, the first `offset` after it.
sim::Image physical_function(std::uint16_t number, std::uint16_t offset, bool enabled) {
  sim::Image image = at(virtio_id, 1, 0, 0);
  auto& bytes = sim::ImageAccess::bytes(image);
  for (std::size_t i = 0x100; i != 0x140; ++i) bytes[i] = 0;
  bytes[0x100] = pci::sr_iov::id;
  bytes[0x102] = 1;
  sim::detail::put16(bytes, 0x100u + pci::sr_iov::control, enabled ? pci::sr_iov::vf_enable : 0);
  sim::detail::put16(bytes, 0x100u + pci::sr_iov::number_of_vfs, number);
  sim::detail::put16(bytes, 0x100u + pci::sr_iov::first_vf_offset, offset);
  sim::detail::put16(bytes, 0x100u + pci::sr_iov::vf_stride, 1);
  return image;
}

}  // namespace

TEST_CASE("sim topology: each given function is below the port that its bus number says", "[sim]") {
  sim::Fabric fabric(given_images());
  const auto parent_of = [&fabric](std::uint8_t bus) {
    const sim::Function* parent = fabric.find({0, bus, 0, 0})->parent();
    return parent == nullptr ? std::string("none") : std::string(pci::to_text(parent->address()).c_str());
  };
  CHECK(parent_of(0x01) == "0000:00:01.0");
  CHECK(parent_of(0x02) == "0000:00:02.0");
  CHECK(parent_of(0x35) == "0000:34:00.0");
  CHECK(parent_of(0x34) == "none");
  CHECK(fabric.find({0, 0, 7, 0})->parent() == nullptr);
}

TEST_CASE("sim topology: a port of another domain is not above", "[sim]") {
  sim::Image other = port_at(0, 1, 1, 1);
  other.address.domain = 1;
  sim::Fabric fabric = machine_of({other, at(nvme_id, 1, 0, 0)});
  CHECK(fabric[1].parent() == nullptr);
}

TEST_CASE("sim topology: of two nested ports the one whose own bus it is stands above", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 5), port_at(1, 0, 2, 2), at(nvme_id, 2, 0, 0)});
  CHECK(fabric[2].parent() == &fabric[1]);
  CHECK(fabric[1].parent() == &fabric[0]);
}

TEST_CASE("sim topology: bus numbers that run in a circle make no circle", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(1, 0, 2, 2), port_at(2, 0, 1, 2)});
  CHECK(fabric[1].parent() == &fabric[0]);
  CHECK(fabric[0].parent() == nullptr);
  CHECK(fabric[1].read32(0) == 0x000c1b36);
}

TEST_CASE("sim topology: a port without bus numbers has nothing below it", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 0, 0xff), at(nvme_id, 1, 0, 0)});
  CHECK(fabric[1].parent() == nullptr);
}

TEST_CASE("sim topology: an endpoint is no port, whatever is at the offsets of the bus numbers", "[sim]") {
  sim::Image endpoint = at(nvme_id, 0, 1, 0);
  sim::ImageAccess::bytes(endpoint)[pci::bridge::secondary_bus] = 1;
  sim::ImageAccess::bytes(endpoint)[pci::bridge::subordinate_bus] = 1;
  sim::Fabric fabric = machine_of({endpoint, at(nvme_id, 1, 0, 0)});
  CHECK(fabric[1].parent() == nullptr);
}

TEST_CASE("sim topology: functions on one bus are counted, those on others not", "[sim]") {
  sim::Fabric fabric =
      machine_of({port_at(0, 1, 1, 1), at(nvme_id, 1, 0, 0), at(nvme_id, 1, 1, 0), at(nvme_id, 2, 0, 0)});
  CHECK(fabric[1].functions_on_bus() == 2);
  CHECK(fabric[3].functions_on_bus() == 1);
}

TEST_CASE("sim topology: a virtual function shares its bus, also when its physical function is not in the folder",
          "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 1), at(nvme_id, 1, 0, 1, true)});
  REQUIRE(fabric[1].is_virtual_function());
  CHECK(fabric[1].functions_on_bus() == 2);
}

TEST_CASE("sim topology: a physical function that is there is not counted twice", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 1), at(nvme_id, 1, 0, 0), at(nvme_id, 1, 0, 1, true)});
  CHECK(fabric[1].functions_on_bus() == 2);
  CHECK(fabric[2].functions_on_bus() == 2);
}

TEST_CASE("sim topology: virtual functions that are enabled share the bus, also when they are not in the folder",
          "[sim]") {
  CHECK(machine_of({physical_function(2, 1, true)})[0].functions_on_bus() == 3);
  CHECK(machine_of({physical_function(2, 1, false)})[0].functions_on_bus() == 1);
}

TEST_CASE("sim topology: virtual functions on the next bus number do not share the bus", "[sim]") {
  CHECK(machine_of({physical_function(2, 255, true)})[0].functions_on_bus() == 2);
  CHECK(machine_of({physical_function(2, 256, true)})[0].functions_on_bus() == 1);
}

TEST_CASE("sim topology: a virtual function on a bus that no port names is below the port that routes it", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 3), at(nvme_id, 2, 0, 1, true), at(nvme_id, 3, 0, 0)});
  CHECK(fabric[1].parent() == &fabric[0]);
  CHECK(fabric[2].parent() == nullptr);
}

TEST_CASE("sim topology: a function that says it is one of several is not alone", "[sim]") {
  sim::Image several = at(nvme_id, 1, 0, 0);
  sim::ImageAccess::bytes(several)[pci::header::header_type] = pci::header::multi_function;
  CHECK(machine_of({port_at(0, 1, 1, 1), several})[1].functions_on_bus() == 2);
  CHECK(machine_of({port_at(0, 1, 1, 1), at(nvme_id, 1, 0, 3)})[1].functions_on_bus() == 2);
  CHECK(machine_of({port_at(0, 1, 1, 1), several, at(nvme_id, 1, 0, 3)})[1].functions_on_bus() == 2);
}

TEST_CASE("sim topology: a virtual function is told by its bytes: ids that read ffff, and a live Command", "[sim]") {
  const sim::Image image = at(nvme_id, 1, 0, 1, true);
  CHECK(image.is_virtual_function());
  CHECK(image.id() == nvme_id);
  CHECK(image.config().read32(0) == 0xffffffff);
  CHECK(image.config().read16(pci::header::command) == pci::command::bus_master);
  CHECK_FALSE(given(nvme_id).is_virtual_function());
}

TEST_CASE("sim topology: the functions' addresses survive a move of the fabric", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 1), at(nvme_id, 1, 0, 0)});
  const sim::Function* port = &fabric[0];
  sim::Fabric moved = std::move(fabric);
  CHECK(&moved[0] == port);
  CHECK(moved[1].parent() == port);
  CHECK(moved[1].read32(0) == 0x00101b36);
}

namespace {

// Domains of 200 functions: 50 ports on bus 0, and three functions below each.
std::vector<sim::Image> domains(std::uint32_t number) {
  std::vector<sim::Image> images;
  const auto add = [&images](sim::Image image, std::uint32_t domain) {
    image.address.domain = domain;
    images.push_back(std::move(image));
  };
  for (std::uint32_t domain = 0; domain != number; ++domain) {
    for (std::uint8_t i = 0; i != 50; ++i) {
      const auto behind = static_cast<std::uint8_t>(i + 1);
      sim::Image port = port_at(0, i / 8, behind, behind);
      port.address.function = i % 8;
      add(std::move(port), domain);
      for (std::uint8_t below = 0; below != 3; ++below) add(at(nvme_id, behind, below, 0), domain);
    }
  }
  return images;
}

std::size_t size_of_all_parts(const sim::Fabric& fabric) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i != fabric.size(); ++i) sum += fabric.within_reach(i).size();
  return sum;
}

}  // namespace

TEST_CASE("sim topology: five times the functions on buses of equal size are five times the looks", "[sim]") {
  const std::size_t one = machine_of(domains(1)).looks();
  CHECK(one >= 200);
  CHECK(machine_of(domains(5)).looks() == 5 * one);
}

TEST_CASE("sim topology: five times the functions have five times as many within reach", "[sim]") {
  const std::size_t one = size_of_all_parts(machine_of(domains(1)));
  CHECK(one >= 150 * 4);
  CHECK(size_of_all_parts(machine_of(domains(5))) == 5 * one);
}

TEST_CASE("sim topology: within reach of a function are its bus and the ports above, in order", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 1, 5), port_at(0, 2, 6, 6), port_at(1, 0, 2, 2), at(nvme_id, 2, 0, 0),
                                   at(nvme_id, 2, 1, 0), at(nvme_id, 6, 0, 0)});
  CHECK(fabric.within_reach(3) == std::vector<std::size_t>{0, 2, 3, 4});
}

TEST_CASE("sim topology: within reach of a port is all that is below it", "[sim]") {
  sim::Fabric fabric = machine_of(
      {port_at(0, 1, 1, 5), port_at(0, 2, 6, 6), port_at(1, 0, 2, 2), at(nvme_id, 2, 0, 0), at(nvme_id, 6, 0, 0)});
  CHECK(fabric.within_reach(0) == std::vector<std::size_t>{0, 1, 2, 3});
}

TEST_CASE("sim topology: within reach of a function alone on its bus is what its port resets with it", "[sim]") {
  sim::Fabric fabric = machine_of({port_at(0, 1, 2, 3), at(nvme_id, 2, 0, 0), at(nvme_id, 3, 0, 1, true)});
  REQUIRE(fabric[1].functions_on_bus() == 1);
  CHECK(fabric.within_reach(1) == std::vector<std::size_t>{0, 1, 2});
}
