// The virtual clock: a simulated sleep takes no real time.
#pragma once

#include <chrono>
#include <limits>

#include "pci/function.hpp"

namespace sim {

using pci::Duration;

inline constexpr Duration never{std::numeric_limits<Duration::rep>::max()};

// `start` + `length`, where either may be `never`.
constexpr Duration later(Duration start, Duration length) noexcept {
  return start > never - length ? never : start + length;
}

class Clock {
 public:
  constexpr Duration now() const noexcept { return now_; }
  constexpr void advance(Duration length) noexcept { now_ = later(now_, length > Duration{} ? length : Duration{}); }

 private:
  Duration now_{};
};

}  // namespace sim
