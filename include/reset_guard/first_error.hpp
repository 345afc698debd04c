/// An answer and the clean-up that had to run whatever it was: first_error().
#pragma once

#include "move.hpp"
#include "result.hpp"

namespace reset_guard {

/// Joins an answer with the status of the clean-up after it. RESET_GUARD_CHECK on the clean-up would hide the first
/// error.
///
///     auto flr = Flr::run(device);
///     Status restored = restore(device);  // runs in any case
///     return first_error(std::move(flr), std::move(restored));
///
/// Returns: `first`, if the clean-up went well.
/// Errors: `first`'s own, with Error::later one higher if the clean-up failed too; the clean-up's, if `first` was a
/// success or `unsupported`, which would say that nothing was touched.
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
