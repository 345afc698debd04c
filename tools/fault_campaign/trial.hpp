// A trial: one run of a subject on a machine of its own, with the faults that it is to meet, and the reset after it.
#pragma once

#include <chrono>
#include <span>
#include <utility>

#include "judge.hpp"
#include "plan.hpp"
#include "sim/fabric.hpp"
#include "subjects.hpp"

namespace campaign {

// What is the same in every run of a subject.
// Throws: std::runtime_error if a clean reset by this library is a failure, or has no documented bound.
Baseline baseline_of(const Subject& subject);

class Trial {
 public:
  Trial(const Subject& subject, const Baseline& baseline, std::span<const Strike> strikes, bool log = false)
      : subject_(subject), baseline_(baseline), strikes_(strikes), fabric_(subject.images), reset_(subject.boot()) {
    fabric_.log().record(log);
    fabric_.faults().record_operations(true);
    for (const Strike& strike : strikes) fabric_.faults().arm(armed(strike));
    answer_ = reset_(function());
    took_ = fabric_.clock().now();
  }

  sim::Fabric& fabric() noexcept { return fabric_; }
  sim::Function& function() noexcept { return fabric_[fabric_.size() - 1]; }
  const Operations& operations() { return fabric_.faults().performed(); }
  Run run() { return {subject_, baseline_, fabric_, strikes_, answer_, took_}; }

  // What: resets the function once more, on hardware that is sound again. The core puts config space back after every
  // reset; that of a port which was away too, and so came back without its bus numbers.
  // Returns: whether that ends as a clean reset does. Operations and violations are those of both resets from here on.
  bool next_is_over() {
    const auto is_back = [](const sim::Function& port) { return port.resets() != 0; };
    fabric_.repair();
    fabric_.clock().advance(std::chrono::seconds(1));
    // Twice: a function that was left in D3hot is reset on its way to D0, and takes its time.
    for (int time = 0; time != 2; ++time) {
      for (std::size_t i = 0; i != fabric_.size(); ++i) {
        if (i + 1 != fabric_.size() && !is_back(fabric_[i])) continue;
        baseline_.saved[i].restore(fabric_[i]).discard("a function that its port holds in reset does not answer");
      }
      fabric_.clock().advance(std::chrono::seconds(1));
    }
    return is_over({subject_, baseline_, fabric_, {}, reset_(function()), {}});
  }

 private:
  const Subject& subject_;
  const Baseline& baseline_;
  std::span<const Strike> strikes_;
  sim::Fabric fabric_;
  Reset reset_;
  Answer answer_;
  sim::Duration took_{};
};

}  // namespace campaign
