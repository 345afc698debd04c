#include "catch.hpp"
#include "pci/config.hpp"
#include "pci_fake.hpp"

TEST_CASE("config: switching a Command bit leaves the others", "[pci]") {
  FakeConfig config;
  config.put(pci::header::command, 2, 0x0501);
  CHECK(code_of(pci::set_command(config, pci::command::bus_master)) == rg::Errc{});
  CHECK(config.get(pci::header::command, 2) == 0x0505);
  CHECK(code_of(pci::clear_command(config, pci::command::bus_master)) == rg::Errc{});
  CHECK(config.get(pci::header::command, 2) == 0x0501);
}

TEST_CASE("config: a Command bit that is already so is not written", "[pci]") {
  FakeConfig config;
  config.put(pci::header::command, 2, pci::command::memory_space);
  CHECK(code_of(pci::set_command(config, pci::command::memory_space)) == rg::Errc{});
  CHECK(config.writes.empty());
}

TEST_CASE("config: all ones are not written back as if they were the register", "[pci]") {
  FakeConfig config;
  config.dead = true;
  CHECK(code_of(pci::clear_command(config, pci::command::bus_master)) == rg::Errc::gone);
  CHECK(config.writes.empty());
}

TEST_CASE("config: a failed write is reported", "[pci]") {
  FakeConfig config;
  config.failing = {pci::header::command};
  CHECK(error_of(pci::set_command(config, pci::command::bus_master)).native() == -5);
}

TEST_CASE("config: a 64-bit BAR is read in both halves, without its flags", "[pci]") {
  FakeConfig config;
  config.put(0x10, 4, 0xfda0000c);
  config.put(0x14, 4, 0x00000004);
  CHECK(value_of(pci::memory_bar_address(config, 0)) == 0x4fda00000u);
}

TEST_CASE("config: a 32-bit BAR does not take the next one as its upper half", "[pci]") {
  FakeConfig config;
  config.put(0x10, 4, 0xfdc00000);
  config.put(0x14, 4, 0xfdd00000);
  CHECK(value_of(pci::memory_bar_address(config, 0)) == 0xfdc00000u);
}

TEST_CASE("config: an I/O BAR is no memory BAR", "[pci]") {
  FakeConfig config;
  config.put(0x10, 4, 0x0000c001);
  CHECK(value_of(pci::memory_bar_address(config, 0)) == 0);
}

TEST_CASE("config: a BAR of a device that does not answer is no address", "[pci]") {
  FakeConfig config;
  config.dead = true;
  CHECK(code_of(pci::memory_bar_address(config, 0)) == rg::Errc::gone);
}

TEST_CASE("config: the multi-function bit does not hide a bridge", "[pci]") {
  FakeConfig config;
  config.put(pci::header::header_type, 1, 0x81);
  CHECK(pci::is_bridge(config));
  config.put(pci::header::header_type, 1, 0x80);
  CHECK_FALSE(pci::is_bridge(config));
}
