/// What the outermost finish tells the device's done.
#pragma once

#include <cstdint>

namespace reset_guard {

/// How a reset ended, and so what the device's done is to do.
enum class Outcome : std::uint8_t {
  failed,     ///< not known to be reset: keep the block
  verified,   ///< a witness has shown that the function was reset: unblock
  claimed,    ///< every step passed, and nothing was shown: the device decides for whom that is enough
  untouched,  ///< nothing was done to the device: put back what was there before prepare
  released,   ///< release_quarantine() was called: unblock, on somebody's responsibility
};

/// The enumerator's name, a literal, for messages; "?" for a value that is none.
constexpr const char* to_string(Outcome outcome) noexcept {
  switch (outcome) {
    case Outcome::failed: return "failed";
    case Outcome::verified: return "verified";
    case Outcome::claimed: return "claimed";
    case Outcome::untouched: return "untouched";
    case Outcome::released: return "released";
  }
  return "?";
}

}  // namespace reset_guard
