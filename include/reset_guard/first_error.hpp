// first_error(): an answer and the clean-up that had to run whatever it was.
#pragma once

#include "move.hpp"
#include "result.hpp"

namespace reset_guard {

// What: joins an answer with the status of the clean-up after it. RESET_GUARD_CHECK on the clean-up would hide the
// first error.
// Returns: `first`, if it failed, with `later` one higher if the clean-up failed too; the clean-up's error, if only the
// clean-up failed (an 'unsupported' is no failure); otherwise `first`.
//
//   auto flr = Flr::run(device);
//   Status restored = restore(device);  // runs in any case
//   return first_error(std::move(flr), std::move(restored));
template <class T>
RESET_GUARD_MUST_USE constexpr Result<T> first_error(Result<T> first, Status cleanup) noexcept {
  if (cleanup.failed()) {
    const Error second = RESET_GUARD_MOVE(cleanup).error();
    if (!first.failed()) {
      RESET_GUARD_MOVE(first).discard("the clean-up failed");
      return second;
    }
    Error error = RESET_GUARD_MOVE(first).error();
    if (error.code == Errc::unsupported) return second;  // which says that nothing was touched
    error.count_later();
    return error;
  }
  return first;
}

}  // namespace reset_guard
