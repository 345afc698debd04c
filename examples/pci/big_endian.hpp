// BigEndian: the registers behind a BAR of a device whose byte order is the other one.
#pragma once

#include <cstdint>

#include "function.hpp"

namespace pci {

// A view; `bar` is the owner's.
template <MappedBar Bar>
class BigEndian {
 public:
  explicit BigEndian(Bar& bar) noexcept : bar_(bar) {}

  std::uint32_t read32(std::uint32_t offset) { return __builtin_bswap32(bar_.read32(offset)); }
  void write32(std::uint32_t offset, std::uint32_t value) { bar_.write32(offset, __builtin_bswap32(value)); }

 private:
  Bar& bar_;
};

}  // namespace pci
