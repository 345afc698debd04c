// Linux's handler and walk over the methods, with the prepare and done of the quarantine series, on the same functions.
#pragma once

#include "machine.hpp"
#include "upstream/reset.hpp"
#include "upstream/simulated_hardware.hpp"

namespace bench {

struct SimulatedUpstream {
  static constexpr const char* name = "simulated_upstream";
  struct Kernel {
    explicit Kernel(Machine booted) : machine(std::move(booted)) {}
    Machine machine;
    upstream::SimulatedHardware hardware{machine.function()};
    upstream::Function function{upstream::Version::quarantine, hardware};
  };
  struct Device {
    Kernel hinic_vf{hinic_vf_machine()};
    Kernel nvme{nvme_machine()};
  };

  static int hinic_vf(Device& device) {
    return upstream::reset(device.hinic_vf.function, upstream::Subject::hinic_vf, upstream::Nesting::device_specific);
  }
  static int method_chain(Device& device) {
    return upstream::reset(device.nvme.function, upstream::Subject::flr, upstream::Nesting::chain);
  }
};

}  // namespace bench
