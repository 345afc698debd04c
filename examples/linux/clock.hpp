// Clock: the system's steady clock, whose sleep a program can watch, and interrupt by an exception.
#pragma once

#include <chrono>
#include <functional>
#include <thread>
#include <utility>

#include "pci/function.hpp"

namespace host {

using pci::Duration;

class Clock {
 public:
  using Sleep = std::function<void(Duration)>;

  Clock() = default;
  // `sleep` does the sleeping, for at least so long, or throws.
  explicit Clock(Sleep sleep) : sleep_(std::move(sleep)) {}

  static Duration now() noexcept {
    return std::chrono::duration_cast<Duration>(std::chrono::steady_clock::now().time_since_epoch());
  }
  void sleep(Duration length) const { sleep_(length); }

 private:
  Sleep sleep_ = [](Duration length) { std::this_thread::sleep_for(length); };
};

}  // namespace host
