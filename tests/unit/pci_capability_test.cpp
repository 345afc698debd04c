#include "catch.hpp"
#include "pci/capability.hpp"
#include "pci_fake.hpp"

namespace {

FakeConfig with_list() {
  FakeConfig config;
  config.capabilities({{0x40, pci::msi_x::id}, {0x80, pci::express::id}, {0x60, pci::power_management::id}});
  return config;
}

}  // namespace

TEST_CASE("capability: found wherever it is in the list", "[pci]") {
  const FakeConfig config = with_list();
  CHECK(value_of(pci::find_capability(config, pci::msi_x::id)) == 0x40);
  CHECK(value_of(pci::find_capability(config, pci::express::id)) == 0x80);
  CHECK(value_of(pci::find_capability(config, pci::power_management::id)) == 0x60);
}

TEST_CASE("capability: one that is not in the list is unsupported", "[pci]") {
  CHECK(code_of(pci::find_capability(with_list(), pci::advanced_features::id)) == rg::Errc::unsupported);
}

TEST_CASE("capability: the pointer counts only if Status says that there is a list", "[pci]") {
  FakeConfig config = with_list();
  config.put(pci::header::status, 2, 0);
  CHECK(code_of(pci::find_capability(config, pci::express::id)) == rg::Errc::unsupported);
}

TEST_CASE("capability: a list that loops is invalid", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[0x61] = 0x40;
  CHECK(code_of(pci::find_capability(config, pci::advanced_features::id)) == rg::Errc::invalid);
}

TEST_CASE("capability: what stands before the loop is found", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[0x61] = 0x60;
  CHECK(value_of(pci::find_capability(config, pci::power_management::id)) == 0x60);
}

TEST_CASE("capability: the longest list that fits is no loop", "[pci]") {
  FakeConfig config;
  config.put(pci::header::status, 2, pci::status::capabilities_list);
  config.bytes[pci::header::capabilities_pointer] = 0x40;
  for (unsigned at = 0x40; at != 0x100; at += 4) {
    config.bytes[at] = 0x09;
    config.bytes[at + 1] = static_cast<std::uint8_t>(at == 0xfc ? 0 : at + 4);
  }
  CHECK(code_of(pci::check_capability_list(config)) == rg::Errc{});
}

TEST_CASE("capability: a pointer into the header is invalid", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[0x41] = 0x3c;
  CHECK(code_of(pci::find_capability(config, pci::express::id)) == rg::Errc::invalid);
}

TEST_CASE("capability: the two reserved bits of a pointer are masked", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[0x41] = 0x83;
  CHECK(value_of(pci::find_capability(config, pci::express::id)) == 0x80);
}

TEST_CASE("capability: a pointer of all ones is invalid", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[pci::header::capabilities_pointer] = 0xff;
  CHECK(code_of(pci::find_capability(config, pci::express::id)) == rg::Errc::invalid);
}

TEST_CASE("capability: an id of all ones is invalid, and not the end of the list", "[pci]") {
  FakeConfig config = with_list();
  config.bytes[0x80] = 0xff;
  CHECK(code_of(pci::find_capability(config, pci::power_management::id)) == rg::Errc::invalid);
}

TEST_CASE("capability: a device that does not answer is gone, and not without the capability", "[pci]") {
  FakeConfig config = with_list();
  config.dead = true;
  CHECK(code_of(pci::find_capability(config, pci::express::id)) == rg::Errc::gone);
  CHECK(code_of(pci::find_extended_capability(config, pci::sr_iov::id)) == rg::Errc::gone);
}

TEST_CASE("capability: a device that goes while its list is walked is gone", "[pci]") {
  FakeConfig config = with_list();
  config.before_read = [](FakeConfig& self, std::uint16_t offset) { self.dead |= offset == 0x80; };
  CHECK(code_of(pci::find_capability(config, pci::power_management::id)) == rg::Errc::gone);
}

TEST_CASE("extended capability: found behind others", "[pci]") {
  FakeConfig config;
  config.put(0x100, 4, 0x14820001);
  config.put(0x148, 4, 0x20010010);
  CHECK(value_of(pci::find_extended_capability(config, pci::sr_iov::id)) == 0x148);
}

TEST_CASE("extended capability: a function with 256 bytes has none", "[pci]") {
  const FakeConfig config(pci::conventional_config_size);
  CHECK(code_of(pci::find_extended_capability(config, pci::sr_iov::id)) == rg::Errc::unsupported);
}

TEST_CASE("extended capability: an empty list has none, not even of id 0", "[pci]") {
  const FakeConfig config;
  CHECK(code_of(pci::find_extended_capability(config, 0)) == rg::Errc::unsupported);
}

TEST_CASE("extended capability: a list that loops is invalid", "[pci]") {
  FakeConfig config;
  config.put(0x100, 4, 0x14810001);
  config.put(0x148, 4, 0x10010001);
  CHECK(code_of(pci::find_extended_capability(config, pci::sr_iov::id)) == rg::Errc::invalid);
}

TEST_CASE("extended capability: a pointer into the first 256 bytes is invalid", "[pci]") {
  FakeConfig config;
  config.put(0x100, 4, 0x04010001);
  CHECK(code_of(pci::find_extended_capability(config, pci::sr_iov::id)) == rg::Errc::invalid);
}

TEST_CASE("dvsec: both its vendor and its id must match", "[pci]") {
  FakeConfig config;
  const std::uint16_t offsets[] = {0x100, 0x120, 0x140};
  const std::uint16_t vendors[] = {0x1e98, 0x8086, 0x1e98}, ids[] = {8, 3, 3};
  for (unsigned i = 0; i != 3; ++i) {
    config.put(offsets[i], 4, pci::dvsec::id | 1u << 16 | (i == 2 ? 0u : offsets[i + 1u] + 0u) << 20);
    config.put(static_cast<std::uint16_t>(offsets[i] + 4), 2, vendors[i]);
    config.put(static_cast<std::uint16_t>(offsets[i] + 8), 2, ids[i]);
  }
  CHECK(value_of(pci::find_dvsec(config, 0x1e98, 3)) == 0x140);
  CHECK(code_of(pci::find_dvsec(config, 0x1e98, 4)) == rg::Errc::unsupported);
}

TEST_CASE("check_capability_list: a broken extended list is found behind a good short one", "[pci]") {
  FakeConfig config = with_list();
  CHECK(code_of(pci::check_capability_list(config)) == rg::Errc{});
  config.put(0x100, 4, 0x10010001);
  CHECK(code_of(pci::check_capability_list(config)) == rg::Errc::invalid);
}
