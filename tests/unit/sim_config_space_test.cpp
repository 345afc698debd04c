#include "sim_machine.hpp"

namespace {

sim::ConfigSpace space_of(pci::Id id) { return sim::ConfigSpace(given(id).bytes(), false); }

}  // namespace

TEST_CASE("sim config: the bytes of the file are what is read", "[sim]") {
  const sim::ConfigSpace space = space_of(nvme_id);
  const auto& bytes = given(nvme_id).bytes();
  for (std::uint32_t at = 0; at != bytes.size(); ++at) REQUIRE(space.read(at, 1) == bytes[at]);
}

TEST_CASE("sim config: beyond the end of a conventional function there are all ones", "[sim]") {
  CHECK(space_of(edu_id).read(0x100, 4) == 0xffffffff);
}

TEST_CASE("sim config: ids, class and capability list cannot be written", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  for (const std::uint32_t at : {0x00u, 0x08u, 0x34u, 0x44u}) {
    const std::uint32_t before = space.read(at, 4);
    space.write(at, 4, ~before);
    CHECK(space.read(at, 4) == before);
  }
}

TEST_CASE("sim config: the bit that starts an FLR reads 0, and its neighbours keep what is written", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  CHECK(space.write(0x48, 2, 0x8021).initiates_flr);
  CHECK(space.read(0x48, 2) == 0x0021);
}

TEST_CASE("sim config: a write beside Device Control starts nothing", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  CHECK_FALSE(space.write(0x48, 1, 0xff).initiates_flr);
  CHECK_FALSE(space.write(0x4a, 2, 0xffff).initiates_flr);
}

TEST_CASE("sim config: an FLR is started by a 32-bit write over Device Control, too", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  CHECK(space.write(0x48, 4, 0x8000).initiates_flr);
}

TEST_CASE("sim config: a reset clears Command, MSI-X and the BARs, whose flags stay", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  REQUIRE(space.command() == 0x0507);
  REQUIRE(space.msi_x_enabled());
  space.reset();
  CHECK(space.command() == 0);
  CHECK_FALSE(space.msi_x_enabled());
  CHECK(space.read(0x20, 4) == 0x0000000c);
  CHECK(space.read(0x24, 4) == 0);
}

TEST_CASE("sim config: a reset leaves ids, capabilities and what they say", "[sim]") {
  sim::ConfigSpace space = space_of(nvme_id);
  space.reset();
  CHECK(space.read(0, 4) == 0x00101b36);
  CHECK(space.flr_capable());
  CHECK_FALSE(space.soft_reset_by_power_state());
}

TEST_CASE("sim config: a BAR that the function does not have stays 0", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  space.write(0x18, 4, 0xffffffff);
  CHECK(space.read(0x18, 4) == 0);
}

TEST_CASE("sim config: only the way back from D3hot to D0 is noticed", "[sim]") {
  sim::ConfigSpace space = space_of(virtio_id);
  CHECK_FALSE(space.write(0x80, 2, 0).enters_d0);
  CHECK_FALSE(space.write(0x80, 2, 3).enters_d0);
  CHECK(space.write(0x80, 2, 0).enters_d0);
}

TEST_CASE("sim config: a virtual function's memory decode cannot be switched on", "[sim]") {
  sim::ConfigSpace space(quirk_images({0x19e5, 0x375e}).back().bytes(), true);
  space.write(pci::header::command, 2, 0x0007);
  CHECK(space.command() == pci::command::bus_master);
}

TEST_CASE("sim config: a port of a bus is told by its header, and what it routes by its bus numbers", "[sim]") {
  const sim::ConfigSpace port = space_of(cxl_port_id), endpoint = space_of(nvme_id);
  CHECK(port.routes(0x35));
  CHECK_FALSE(port.routes(0x36));
  CHECK_FALSE(endpoint.routes(0x00));
}

TEST_CASE("sim config: registers have the names of their specification", "[sim]") {
  CHECK(std::string(space_of(virtio_id).name(0x48)) == "Device Control");
  CHECK(std::string(space_of(cxl_port_id).name(0x15c)) == "CXL Port Control");
  CHECK(std::string(space_of(cxl_port_id).name(0x3e)) == "Bridge Control");
  CHECK(space_of(edu_id).name(0x48) == nullptr);
}
