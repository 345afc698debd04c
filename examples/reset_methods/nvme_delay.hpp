// Intel and Solidigm NVMe controllers that answer after an FLR before they can be used: 250 ms more.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <utility>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "reset_methods/flr.hpp"

namespace quirks {

namespace rg = reset_guard;

struct Settled : rg::Step<Settled> {
  static constexpr rg::Literal name = "settle";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function) {
    function.sleep(std::chrono::milliseconds(250));
    if (pci::reads_as_absent(function)) return rg::Error(rg::Errc::gone, 0, "settle");
    return rg::ok();
  }
};

template <pci::Function F>
rg::Probe probe_nvme_delay(const F& function) noexcept {
  return methods::Flr::probe(function);
}

// Source: delay_250ms_after_flr() of Linux. A version of 2021 kept the result of the FLR, until a review remark.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<methods::Flr, Settled> reset_nvme_delay(rg::ResetScope<F>& scope) {
  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));
  RESET_GUARD_TRY(auto settled, Settled::run(scope));
  return rg::join(std::move(flr), std::move(settled));
}

}  // namespace quirks
