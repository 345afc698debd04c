// A scope that a clean-up object ends: on_exit(function) makes an object whose destructor calls it.
#pragma once

#include "counted.hpp"
#include "nested.hpp"

namespace bench {

template <class Library>
struct CleanUpScope {
  static constexpr const char* name = Library::name;
  using Device = Counted;

  template <class F>
  static int scope(Device& device, F inside) {
    if (const int error = enter(device)) return error;
    int answer = 0;
    {
      const auto end = Library::on_exit([&]() noexcept { answer = leave(device, answer); });
      answer = inside();
    }
    return answer;
  }
};

}  // namespace bench
