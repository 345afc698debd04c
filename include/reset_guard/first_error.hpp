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
/// Errors: `first`'s own, with one later error more if the clean-up failed too; the clean-up's, if `first` was a
/// success or `unsupported`. After a success an `unsupported` of the clean-up is `already_touched`.
template <class T>
RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Result<T> first_error(Result<T> first, Status cleanup) noexcept {
  if (!cleanup.failed()) return first;
  const detail::Word second = detail::ErrorAccess::word(RESET_GUARD_MOVE(cleanup).error());
  if (!first.failed()) {
    RESET_GUARD_MOVE(first).discard("the clean-up failed");
    return detail::ErrorAccess::error(detail::after_touch(second));
  }
  const detail::Word error = detail::ErrorAccess::word(RESET_GUARD_MOVE(first).error());
  if (error.code() == Errc::unsupported) return detail::ErrorAccess::error(second);
  return detail::ErrorAccess::error(error.with_later(error.later() + 1));
}

}  // namespace reset_guard
