// File: an open file of the system, closed by the destructor. Its errors are those of errno, in `native`.
#pragma once

#include <fcntl.h>
#include <unistd.h>
#include <reset_guard/hosted/error_code.hpp>
#include <reset_guard/reset_guard.hpp>

#include <array>
#include <cerrno>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace host {

namespace rg = reset_guard;

// Requires: the call that has just failed sets errno.
RESET_GUARD_MUST_USE_FUNCTION("reset_guard: this drops the error; return it")
inline rg::Error last_error(rg::Literal where) noexcept {
  return rg::from_errno(errno, where);
}

class File {
 public:
  // Errors: those of open().
  RESET_GUARD_MUST_USE static rg::Result<File> open(const std::string& path, int flags, rg::Literal where) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
    if (descriptor < 0) return last_error(where);
    return File(descriptor);
  }

  explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
  File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  File& operator=(File&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

// The whole of a text file as sysfs has them, without the newline at its end; nothing if it cannot be read. At most
// 4095 bytes, which no file of sysfs exceeds.
inline std::optional<std::string> read_text(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return std::nullopt;
  const File file(descriptor);
  std::array<char, 4096> buffer{};
  std::size_t size = 0;
  for (;;) {
    const ssize_t part = ::read(descriptor, buffer.data() + size, buffer.size() - 1 - size);
    if (part < 0) return std::nullopt;
    if (part == 0) break;
    size += static_cast<std::size_t>(part);
  }
  while (size != 0 && buffer[size - 1] == '\n') --size;
  return std::string(buffer.data(), size);
}

}  // namespace host
