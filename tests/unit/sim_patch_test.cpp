#include "sim_machine.hpp"

namespace {

std::vector<sim::QuirkDevice> quirks() {
  sim::InputError why;
  return value_of(sim::quirk_devices(given_images(), why));
}

}  // namespace

TEST_CASE("quirk devices: one for each of the twelve entries, and it says that it is patched", "[sim]") {
  const auto devices = quirks();
  const pci::Id ids[] = {{0x8086, 0x10ed}, {0x8086, 0x0156}, {0x8086, 0x0166}, {0x144d, 0xa804},
                         {0x8086, 0x0953}, {0x8086, 0x0a54}, {0x025e, 0xf1ac}, {0x1425, 0x4401},
                         {0x19e5, 0x375e}, {0x17cb, 0x1103}, {0x17cb, 0x1107}, {0x17cb, 0x0308}};
  REQUIRE(devices.size() == 12);
  for (std::size_t i = 0; i != 12; ++i) {
    CHECK(devices[i].images.back().id() == ids[i]);
    CHECK(devices[i].images.back().note.find("patched") != std::string::npos);
  }
}

TEST_CASE("quirk devices: each passes the check that files pass", "[sim]") {
  for (const sim::QuirkDevice& device : quirks()) {
    for (const sim::Image& image : device.images) {
      sim::InputError why;
      INFO(device.entry.device);
      CHECK(code_of(sim::Image::from_bytes(image.bytes(), image.address, image.id(), "", why)) == rg::Errc{});
    }
  }
}

TEST_CASE("quirk devices: the device alone is asked for, below its port", "[sim]") {
  for (const sim::QuirkDevice& device : quirks()) {
    sim::Fabric fabric(device.images);
    const bool graphics = fabric[fabric.size() - 1].class_code() == 0x030000;
    INFO(device.entry.device);
    CHECK(last_of(fabric).requested());
    CHECK((last_of(fabric).parent() == nullptr) == graphics);
    if (!graphics) CHECK_FALSE(fabric[0].requested());
  }
}

TEST_CASE("quirk devices: the 82599 virtual function does not report the FLR that it has", "[sim]") {
  const sim::Image image = quirk_images({0x8086, 0x10ed}).back();
  CHECK_FALSE(sim::ConfigSpace(image.bytes(), true).flr_capable());
  CHECK(image.behaviour.unreported_flr);
}

TEST_CASE("quirk devices: a virtual function has the PCI Express and MSI-X capabilities, and no other", "[sim]") {
  const auto at = sim::CapabilityOffsets::of(quirk_images({0x19e5, 0x375e}).back().config());
  CHECK(at.express != 0);
  CHECK(at.msi_x != 0);
  CHECK(at.power_management == 0);
}

TEST_CASE("quirk devices: a base that is missing is named", "[sim]") {
  sim::InputError why;
  CHECK(code_of(sim::quirk_devices({}, why)) == rg::Errc::invalid);
  CHECK_FALSE(why.message().empty());
}

TEST_CASE("patch: the class is changed, and the revision beside it stays", "[sim]") {
  sim::Patch change;
  change.class_code = 0x030000;
  const sim::Image image = sim::patch(given(virtio_id), change);
  CHECK(image.class_code() == 0x030000);
  CHECK(image.revision() == 1);
}

TEST_CASE("patch: the base stays as it is", "[sim]") {
  const auto before = given(nvme_id).bytes();
  sim::Patch change;
  change.id = pci::Id{0x144d, 0xa804};
  change.flr = false;
  const sim::Image image = sim::patch(given(nvme_id), change);
  CHECK(image.bytes() != before);
  CHECK(given(nvme_id).bytes() == before);
}

TEST_CASE("patch: Advanced Features is linked in front, and the other capabilities are still found", "[sim]") {
  sim::Patch change;
  change.advanced_features = true;
  const auto at = sim::CapabilityOffsets::of(sim::patch(given(virtio_id), change).config());
  CHECK(at.advanced_features != 0);
  CHECK(at.express == 0x40);
  CHECK(at.msi_x == 0xdc);
}
