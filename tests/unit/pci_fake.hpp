// For the tests of the register layer: bytes as config space, a clock, and accesses that go wrong on demand.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"

namespace rg = reset_guard;

// Where the fake functions have their PCI Express capability.
inline constexpr std::uint16_t express_at = 0x80;

// What an answer says; Errc{} for success.
template <class T>
rg::Errc code_of(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error().code();
  std::move(result).discard("test: success needs no value here");
  return rg::Errc{};
}

// The error of an answer that must be one.
template <class T>
rg::Error error_of(rg::Result<T> result) {
  if (result.failed()) return std::move(result).error();
  std::move(result).discard("test: reported below");
  return rg::Error(rg::Errc::invalid, 0, "test: this should have failed");
}

// The value of an answer that must have one.
template <class T>
T value_of(rg::Result<T> result) {
  if (result.failed()) FAIL("failed: " << rg::to_string(std::move(result).error().code()));
  return std::move(result).take();
}

class FakeConfig {
 public:
  struct Write {
    std::uint16_t offset;
    std::uint32_t value;
    friend bool operator==(const Write&, const Write&) = default;
  };

  explicit FakeConfig(std::size_t size = pci::extended_config_size) : bytes(size) {}

  // --- pci::ConfigAccess, pci::Clocked ---
  std::uint8_t read8(std::uint16_t offset) const { return static_cast<std::uint8_t>(read(offset, 1)); }
  std::uint16_t read16(std::uint16_t offset) const { return static_cast<std::uint16_t>(read(offset, 2)); }
  std::uint32_t read32(std::uint16_t offset) const { return read(offset, 4); }
  rg::Status write8(std::uint16_t offset, std::uint8_t value) { return write(offset, 1, value); }
  rg::Status write16(std::uint16_t offset, std::uint16_t value) { return write(offset, 2, value); }
  rg::Status write32(std::uint16_t offset, std::uint32_t value) { return write(offset, 4, value); }
  pci::Duration now() const { return time; }
  void sleep(pci::Duration length) {
    sleeps.push_back(length);
    time += length;
  }
  FakeConfig* parent() { return port; }

  // --- set up ---
  void put(std::uint16_t offset, unsigned width, std::uint32_t value) {
    for (unsigned i = 0; i != width; ++i) bytes[offset + i] = static_cast<std::uint8_t>(value >> (8 * i) & 0xff);
  }
  std::uint32_t get(std::uint16_t offset, unsigned width) const {
    std::uint32_t value = 0;
    for (unsigned i = 0; i != width; ++i) {
      const std::size_t at = offset + i;
      value |= static_cast<std::uint32_t>(at < bytes.size() ? bytes[at] : 0xffu) << (8 * i);
    }
    return value;
  }

  // A capability list: {offset, id} in their order.
  void capabilities(std::initializer_list<std::pair<std::uint8_t, std::uint8_t>> list) {
    put(pci::header::status, 2, pci::status::capabilities_list);
    std::uint16_t link = pci::header::capabilities_pointer;
    for (const auto& [offset, id] : list) {
      bytes[link] = offset;
      bytes[offset] = id;
      link = static_cast<std::uint16_t>(offset + 1);
    }
    bytes[link] = 0;
  }

  std::vector<std::uint8_t> bytes;
  bool dead = false;                                            // reads all ones, takes no write
  pci::Duration dead_until{};                                   // the same, up to then
  std::vector<std::uint16_t> failing;                           // writes to these offsets fail
  std::vector<std::uint16_t> stuck;                             // writes to these change nothing
  std::function<void(FakeConfig&, std::uint16_t)> before_read;  // what happens meanwhile
  std::vector<Write> writes;
  std::vector<pci::Duration> sleeps;
  pci::Duration time{};
  FakeConfig* port = nullptr;

 private:
  std::uint32_t read(std::uint16_t offset, unsigned width) const {
    if (before_read) before_read(const_cast<FakeConfig&>(*this), offset);
    if (dead || time < dead_until) return 0xffffffffu >> (32 - 8 * width);
    return get(offset, width);
  }
  rg::Status write(std::uint16_t offset, unsigned width, std::uint32_t value) {
    writes.push_back({offset, value});
    for (const std::uint16_t fails : failing) {
      if (fails == offset) return rg::Error(rg::Errc::io, -5, "write");
    }
    for (const std::uint16_t sticks : stuck) {
      if (sticks == offset) return rg::ok();
    }
    if (!dead && time >= dead_until) put(offset, width, value);
    return rg::ok();
  }
};
