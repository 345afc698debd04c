// The IOMMU: which functions are blocked. A DMA of a blocked function faults.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace sim {

class Iommu {
 public:
  using Slot = std::size_t;

  // A function appears, not blocked.
  Slot attach() {
    functions_.push_back({});
    return functions_.size() - 1;
  }

  // Both may be repeated, and count nothing.
  void block(Slot slot) noexcept { functions_[slot].blocked = true; }
  void unblock(Slot slot) noexcept { functions_[slot].blocked = false; }
  bool blocked(Slot slot) const noexcept { return functions_[slot].blocked; }

  // Whether a DMA goes through.
  [[nodiscard]] bool dma(Slot slot) noexcept {
    if (!functions_[slot].blocked) return true;
    ++functions_[slot].faults;
    return false;
  }
  unsigned faults(Slot slot) const noexcept { return functions_[slot].faults; }

 private:
  struct PerFunction {
    bool blocked = false;
    unsigned faults = 0;
  };
  std::vector<PerFunction> functions_;
};

}  // namespace sim
