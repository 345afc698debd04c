// What upstream's handlers do with a failure, in words that upstream_faults.cmake can use. A handler of this project has none
// for it.
#include <reset_guard/reset_guard.hpp>

#include <utility>

#include "sim/function.hpp"

namespace upstream {

namespace rg = reset_guard;

// The result is dropped, and success is returned: evidence made out of nothing.
template <class... S>
auto claims(rg::ResetScope<sim::Function>& scope) {
  if constexpr (sizeof...(S) == 1) {
    return (rg::detail::StepAccess::pass<S>(scope, rg::detail::step_id<S>(), false), ...);
  } else {
    return rg::join(rg::detail::StepAccess::pass<S>(scope, rg::detail::step_id<S>(), false)...);
  }
}

// A failure is logged, and the work goes on: `upstream::logs << something_that_can_fail()`.
struct Logs {
  rg::Status operator<<(rg::Status status) const {
    std::move(status).discard("logged");
    return rg::ok();
  }
};
inline constexpr Logs logs;

// Every failure says -ENOTTY, as 'unsupported' does.
template <class T>
rg::Result<T> says_unsupported(rg::Result<T> result) {
  if (!result.failed()) return result;
  return rg::Error(rg::Errc::unsupported, std::move(result).error().native(), "-ENOTTY");
}

}  // namespace upstream
