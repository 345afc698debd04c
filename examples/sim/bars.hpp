// Bars: which BARs of a function can be mapped, as the platform found them, and how many are.
#pragma once

#include <cstdint>

#include "config_space.hpp"
#include "pci/registers.hpp"

namespace sim {

class Bars {
 public:
  // As they were when the platform enumerated: a reset does not change what can be mapped.
  Bars(const ConfigSpace& config, bool virtual_function) noexcept {
    for (unsigned i = 0; i < bars_; ++i) {
      if (virtual_function) {  // its BARs are in its physical function's SR-IOV capability
        present_[i] = true;
        continue;
      }
      if (config.is_bridge() && i >= 2) break;
      const std::uint32_t value = config.bar(i);
      present_[i] = value != 0 && (value & pci::base_address::io) == 0;
      if (present_[i] && (value & pci::base_address::type_mask) == pci::base_address::type_64_bit) ++i;
    }
  }

  bool present(unsigned index) const noexcept { return index < bars_ && present_[index]; }
  unsigned present() const noexcept {  // bit n: BAR n can be mapped
    unsigned bits = 0;
    for (unsigned i = 0; i < bars_; ++i) bits |= static_cast<unsigned>(present_[i]) << i;
    return bits;
  }

  void map() noexcept { ++mapped_; }
  void unmap() noexcept { --mapped_; }
  int mapped() const noexcept { return mapped_; }  // how many are

 private:
  static constexpr unsigned bars_ = 6;

  bool present_[bars_] = {};
  int mapped_ = 0;
};

}  // namespace sim
