// The same fault with the results of several libraries, for docs/comparison.md: compiled, never run.
#if defined(OVERWRITTEN_RESET_GUARD)
#include <reset_guard/reset_guard.hpp>
#else
#include <absl/status/status.h>
#include <tl/expected.hpp>
#if __has_include(<expected>)
#include <expected>
#endif
#endif

struct Device;
template <class Status>
Status flr(Device& device);
template <class Status>
Status load_firmware(Device& device);

// [overwritten]
template <class Status>
Status reset_device(Device& device) {
  Status status = flr<Status>(device);
  status = load_firmware<Status>(device);  // what the FLR answered is lost
  return status;
}
// [overwritten]

template <class Status>
Status ignore_flr(Device& device) {
  flr<Status>(device);
  return load_firmware<Status>(device);
}

#if defined(OVERWRITTEN_RESET_GUARD)
template reset_guard::Status reset_device(Device&);
#elif defined(IGNORED_ABSL)
template absl::Status ignore_flr(Device&);
#else
template absl::Status reset_device(Device&);
template tl::expected<void, int> reset_device(Device&);
template tl::expected<void, int> ignore_flr(Device&);
#if defined(__cpp_lib_expected)
template std::expected<void, int> reset_device(Device&);
template std::expected<void, int> ignore_flr(Device&);
#endif
#endif
