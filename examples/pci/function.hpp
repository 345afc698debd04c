// The concepts of the register layer: what a backend (a simulation, sysfs, VFIO) offers for one PCI function.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "id.hpp"

namespace pci {

namespace rg = reset_guard;

// Time as the function's own clock counts it; a simulation's is virtual.
using Duration = std::chrono::microseconds;

// Reset methods that must not be used on a function although its registers offer them.
struct ResetFlags {
  bool no_flr = false;
  bool no_pm_reset = false;
  bool no_bus_reset = false;
};

// Reads of config space. A read cannot fail: of an absent function, or beyond the end, it gives all ones.
template <class C>
concept ConfigRead = requires(const C& config, std::uint16_t offset) {
  { config.read8(offset) } -> std::same_as<std::uint8_t>;
  { config.read16(offset) } -> std::same_as<std::uint16_t>;
  { config.read32(offset) } -> std::same_as<std::uint32_t>;
};

// Bytes as config space, to be read. Beyond their end: all ones.
class ConfigView {
 public:
  explicit constexpr ConfigView(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  constexpr std::uint8_t read8(std::uint16_t offset) const noexcept {
    return static_cast<std::uint8_t>(read(offset, 1));
  }
  constexpr std::uint16_t read16(std::uint16_t offset) const noexcept {
    return static_cast<std::uint16_t>(read(offset, 2));
  }
  constexpr std::uint32_t read32(std::uint16_t offset) const noexcept { return read(offset, 4); }

  constexpr std::uint32_t read(std::size_t offset, unsigned width) const noexcept {
    std::uint32_t value = 0;
    for (unsigned i = 0; i != width; ++i) {
      const std::uint32_t byte = offset + i < bytes_.size() ? bytes_[offset + i] : 0xffu;
      value |= byte << (8 * i);
    }
    return value;
  }

 private:
  std::span<const std::uint8_t> bytes_;
};
static_assert(ConfigRead<ConfigView>);

// Reads and writes of config space. A write that the platform accepted is no proof that the device took it.
template <class C>
concept ConfigAccess = ConfigRead<C> && requires(C& config, std::uint16_t offset) {
  { config.write8(offset, std::uint8_t{}) } -> std::same_as<rg::Status>;
  { config.write16(offset, std::uint16_t{}) } -> std::same_as<rg::Status>;
  { config.write32(offset, std::uint32_t{}) } -> std::same_as<rg::Status>;
};

template <class C>
concept Clocked = requires(C& clocked, const C& constant, Duration duration) {
  { constant.now() } -> std::same_as<Duration>;
  clocked.sleep(duration);
};

// The registers behind one BAR, 32 bits at a time, little-endian; unmapped by the destructor. An access cannot fail:
// a dead device reads all ones.
template <class B>
concept MappedBar =
    std::movable<B> && !std::copyable<B> && requires(B& bar, std::uint32_t offset, std::uint32_t value) {
      { bar.read32(offset) } -> std::same_as<std::uint32_t>;
      bar.write32(offset, value);
    };

// The port above a function: its registers and its clock.
template <class P>
concept Port = ConfigAccess<P> && Clocked<P>;

// One PCI function that can be reset.
//   id()                   what the platform knows: a virtual function's config space reads ffff:ffff
//   class_code()           24 bits, 0xBBSSPP
//   parent()               the port above; nullptr on a root bus
//   functions_on_bus()     itself included, and those that are known to be there but cannot be seen
//   is_virtual_function()  of SR-IOV
template <class F>
concept Function = ConfigAccess<F> && Clocked<F> && rg::ResettableDevice<F> && MappedBar<typename F::Bar> &&
                   requires(F& function, const F& constant, unsigned index) {
                     { function.map_bar(index) } -> std::same_as<rg::Result<typename F::Bar>>;
                     { constant.id() } -> std::same_as<Id>;
                     { constant.class_code() } -> std::same_as<std::uint32_t>;
                     requires Port<std::remove_pointer_t<decltype(function.parent())>>;
                     requires ConfigRead<std::remove_pointer_t<decltype(constant.parent())>>;
                     { constant.functions_on_bus() } -> std::same_as<unsigned>;
                     { constant.is_virtual_function() } -> std::same_as<bool>;
                     { constant.reset_flags() } -> std::same_as<ResetFlags>;
                   };

}  // namespace pci
