// NonCxlFunctions: which functions of a CXL device take no part in CXL.cache and CXL.mem.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "capability.hpp"
#include "function.hpp"
#include "id.hpp"
#include "registers.hpp"

namespace pci {

// Source: CXL 3.1, section 8.1.4 (Non-CXL Function Map DVSEC).
class NonCxlFunctions {
 public:
  // Requires: the device's Function 0. One without the map has none: all its functions take part.
  // Errors: as find_dvsec(), but for unsupported.
  template <ConfigRead F>
  RESET_GUARD_MUST_USE static rg::Result<NonCxlFunctions> read(const F& function_0) {
    NonCxlFunctions functions;
    auto found = find_dvsec(function_0, cxl_port::vendor, non_cxl_function_map::dvsec_id);
    if (found.failed()) {
      const rg::Error error = std::move(found).error();
      if (error.code() != rg::Errc::unsupported) return error;
      return functions;
    }
    const unsigned map = std::move(found).take() + unsigned{non_cxl_function_map::map};
    for (unsigned i = 0; i != non_cxl_function_map::registers; ++i) {
      functions.map_[i] = read_surely<std::uint32_t>(function_0, static_cast<std::uint16_t>(map + 4 * i));
    }
    auto ari = find_extended_capability(function_0, alternative_routing::id);
    functions.ari_ = !ari.failed();
    std::move(ari).discard("only whether it is there was asked");
    return functions;
  }

  // Of functions that are not there, too, the bit is 0. With ARI the bits count the functions; without it, each
  // register has a function number, and the bits count the devices.
  bool contains(const Address& at) const noexcept {
    const unsigned number = at.device * 8u + at.function;
    return ari_ ? bit(number / 32, number % 32) : bit(at.function, at.device);
  }
  unsigned count() const noexcept {
    unsigned bits = 0;
    for (const std::uint32_t each : map_) bits += static_cast<unsigned>(std::popcount(each));
    return bits;
  }

 private:
  bool bit(std::size_t index, unsigned place) const noexcept { return (map_[index] >> place & 1) != 0; }

  std::array<std::uint32_t, non_cxl_function_map::registers> map_{};
  bool ari_ = false;
};

}  // namespace pci
