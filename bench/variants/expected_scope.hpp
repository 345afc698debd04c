// A scope object in an expected: enter answers it or an error; one that was not finished ends as failed.
#pragma once

#include <cerrno>
#include <utility>

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

template <class Library>
struct ExpectedScope {
  static constexpr const char* name = Library::name;
  using Device = Counted;

  class Open {
   public:
    explicit Open(Device& device) noexcept : device_(&device) {}
    Open(Open&& other) noexcept : device_(std::exchange(other.device_, nullptr)) {}
    Open& operator=(Open&&) = delete;
    ~Open() {
      if (device_ != nullptr) leave(*device_, -ECANCELED);
    }
    int finish(int error) { return leave(*std::exchange(device_, nullptr), error); }

   private:
    Device* device_;
  };

  static typename Library::template Expected<Open> open(Device& device) {
    if (const int error = enter(device)) return Library::unexpected(error);
    return Open(device);
  }

  template <class F>
  static int scope(Device& device, F inside) {
    auto opened = open(device);
    if (!opened) return opened.error();
    return opened->finish(inside());
  }
};

}  // namespace bench
