#include <string>

#include "catch.hpp"
#include "pci/id.hpp"
#include "pci/match.hpp"
#include "pci/reset_flags.hpp"

namespace {

std::string text(std::uint32_t domain, std::uint8_t bus, std::uint8_t device, std::uint8_t function) {
  return pci::to_text(pci::Address{domain, bus, device, function}).c_str();
}

}  // namespace

TEST_CASE("pci id: an address is written as sysfs writes it", "[pci]") {
  CHECK(text(0, 0x01, 0x10, 7) == "0000:01:10.7");
  CHECK(text(0xabcd, 0xff, 0x1f, 0) == "abcd:ff:1f.0");
}

TEST_CASE("pci id: a domain beyond four digits keeps all of them", "[pci]") {
  CHECK(text(0x10000, 0, 0, 0) == "10000:00:00.0");
  CHECK(text(0x12345678, 0, 0, 0) == "12345678:00:00.0");
}

TEST_CASE("pci id: an address is read as it is written, and without its domain", "[pci]") {
  CHECK(pci::parse_address("abcd:ff:1f.7") == pci::Address{0xabcd, 0xff, 0x1f, 7});
  CHECK(pci::parse_address("01:10.7") == pci::Address{0, 0x01, 0x10, 7});
}

TEST_CASE("pci id: what is more than an address is none", "[pci]") {
  for (const char* text : {"0000:01:00.0.bin", "0000:01:00.0 ", "0000:01:00.00", "pci0000:00", "0000:01:00"}) {
    INFO(text);
    CHECK_FALSE(pci::parse_address(text));
  }
}

TEST_CASE("pci match: an exact entry matches its device and no other", "[pci]") {
  constexpr auto entry = pci::Match::exactly(0x8086, 0x10ed);
  CHECK(entry.matches({0x8086, 0x10ed}));
  CHECK_FALSE(entry.matches({0x8086, 0x10ee}));
  CHECK_FALSE(entry.matches({0x8087, 0x10ed}));
}

TEST_CASE("pci match: an entry for a vendor matches all its devices", "[pci]") {
  constexpr auto entry = pci::Match::any_device_of(0x1425);
  CHECK(entry.matches({0x1425, 0x4401}));
  CHECK(entry.matches({0x1425, 0xffff}));
  CHECK_FALSE(entry.matches({0x1426, 0x4401}));
}

TEST_CASE("pci match: bits outside the mask do not count", "[pci]") {
  constexpr pci::Match entry{0x10de, 0x2340, 0xffc0};
  CHECK(entry.matches({0x10de, 0x237f}));
  CHECK_FALSE(entry.matches({0x10de, 0x2380}));
}

TEST_CASE("pci match: a wider entry covers a narrower one, and not the other way round", "[pci]") {
  constexpr auto device = pci::Match::exactly(0x1425, 0x4401);
  constexpr auto vendor = pci::Match::any_device_of(0x1425);
  STATIC_REQUIRE(vendor.covers(device));
  STATIC_REQUIRE_FALSE(device.covers(vendor));
  STATIC_REQUIRE(pci::Match::any().covers(vendor));
  STATIC_REQUIRE_FALSE(vendor.covers(pci::Match::any()));
}

TEST_CASE("pci match: an entry covers itself, and no other vendor's", "[pci]") {
  constexpr auto entry = pci::Match::exactly(0x8086, 0x0953);
  STATIC_REQUIRE(entry.covers(entry));
  STATIC_REQUIRE_FALSE(pci::Match::any_device_of(0x1425).covers(entry));
}

TEST_CASE("pci match: vendor 0 is a vendor, and covers no others", "[pci]") {
  STATIC_REQUIRE_FALSE(pci::Match::any_device_of(0).covers(pci::Match::any()));
}

TEST_CASE("pci match: entries that overlap in part do not cover each other", "[pci]") {
  constexpr pci::Match even{0x8086, 0x0000, 0x0001}, high{0x8086, 0x8000, 0x8000};
  STATIC_REQUIRE_FALSE(even.covers(high));
  STATIC_REQUIRE_FALSE(high.covers(even));
}

TEST_CASE("pci flags: the NVIDIA range without a bus reset is a range, not one device", "[pci]") {
  CHECK(pci::reset_flags_of({0x10de, 0x2340}, 0x030200, 0, false).no_bus_reset);
  CHECK(pci::reset_flags_of({0x10de, 0x237f}, 0x030200, 0, false).no_bus_reset);
  CHECK_FALSE(pci::reset_flags_of({0x10de, 0x2380}, 0x030200, 0, false).no_bus_reset);
}

TEST_CASE("pci flags: an AMD graphics card has no PM reset, but on a root bus it is left one", "[pci]") {
  CHECK(pci::reset_flags_of({0x1002, 0x6611}, 0x030000, 0, false).no_pm_reset);
  CHECK_FALSE(pci::reset_flags_of({0x1002, 0x6611}, 0x030000, 0, true).no_pm_reset);
  CHECK_FALSE(pci::reset_flags_of({0x1002, 0xaab0}, 0x040300, 0, false).no_pm_reset);
}

TEST_CASE("pci flags: one revision of a device can be flagged alone", "[pci]") {
  CHECK(pci::reset_flags_of({0xd063, 0x1000}, 0x020000, 1, false).no_flr);
  CHECK_FALSE(pci::reset_flags_of({0xd063, 0x1000}, 0x020000, 2, false).no_flr);
}

TEST_CASE("pci flags: a device in no entry has no flag", "[pci]") {
  const pci::ResetFlags flags = pci::reset_flags_of({0x1af4, 0x1041}, 0x020000, 1, false);
  CHECK_FALSE((flags.no_flr || flags.no_pm_reset || flags.no_bus_reset));
}
