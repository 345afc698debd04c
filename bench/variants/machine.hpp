// Simulated functions to reset, for the cases that are about whole handlers.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <string_view>
#include <utility>
#include <vector>

#include "sim/fabric.hpp"
#include "sim/load.hpp"
#include "sim/quirk_devices.hpp"

namespace bench {

namespace rg = reset_guard;

// A machine with one function to reset. Its log is off, so that a reset costs the same each time.
class Machine {
 public:
  explicit Machine(const std::vector<sim::Image>& images) : fabric_(images) { fabric_.log().record(false); }
  sim::Function& function() { return fabric_[fabric_.size() - 1]; }

 private:
  sim::Fabric fabric_;
};

template <class T>
T take_or_trap(rg::Result<T> result) {
  if (result.failed()) rg::trap("the simulation cannot be built from the given functions");
  return std::move(result).take();
}

inline const std::vector<sim::Image>& given_images() {
  static sim::InputError why;
  static const std::vector<sim::Image> images = take_or_trap(sim::load(BENCH_DATA_DIR, why)).images;
  return images;
}

inline Machine hinic_vf_machine() {
  static sim::InputError why;
  static const std::vector<sim::QuirkDevice> devices = take_or_trap(sim::quirk_devices(given_images(), why));
  for (const sim::QuirkDevice& device : devices) {
    if (device.entry.quirk == pci::Quirk::hinic_vf) return Machine(device.images);
  }
  rg::trap("the simulation has no HiNIC virtual function");
}

// It offers FLR, and has no handler of its own.
inline Machine nvme_machine() {
  constexpr pci::Id port{0x1b36, 0x000c}, nvme{0x1b36, 0x0010};
  return Machine({*sim::detail::find_image(given_images(), port), *sim::detail::find_image(given_images(), nvme)});
}

}  // namespace bench
