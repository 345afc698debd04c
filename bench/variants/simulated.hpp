// The library's handler and chain of methods on simulated functions.
#pragma once

#include "machine.hpp"
#include "reset_methods/chain.hpp"
#include "reset_methods/hinic_vf.hpp"

namespace bench {

struct Simulated {
  static constexpr const char* name = "simulated";
  struct Device {
    Machine hinic_vf = hinic_vf_machine();
    Machine nvme = nvme_machine();
  };

  static int hinic_vf(Device& device) {
    return to_errno(rg::reset(device.hinic_vf.function(), quirks::reset_hinic_vf<sim::Function>));
  }
  static int method_chain(Device& device) {
    return to_errno(methods::chain<sim::Function>.reset(device.nvme.function()));
  }

 private:
  template <class... S>
  static int to_errno(rg::Verdict<S...> verdict) {
    if (verdict.failed()) return -static_cast<int>(std::move(verdict).error().code());
    std::move(verdict).discard("the caller wants an int");
    return 0;
  }
};

}  // namespace bench
