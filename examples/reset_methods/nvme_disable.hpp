// Samsung SM961 and PM961: an FLR of the enabled controller kills it, so it is disabled first.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "reset_methods/behind_bar_0.hpp"
#include "reset_methods/flr.hpp"
#include "reset_methods/offer.hpp"

namespace quirks {

namespace rg = reset_guard;

// Source: NVM Express Base 2.0, section 3.6; nvme_disable_and_flr() of Linux, which logs its own timeout, drops the
// result of the FLR, and calls a failed map 'unsupported'.
struct NvmeDisabled : rg::Step<NvmeDisabled> {
  static constexpr rg::Literal name = "nvme_disable";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope) {
    return methods::with_bar_0(scope, [&](typename F::Bar& registers) { return disable(scope.device(), registers); });
  }

 private:
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status disable(F& function, typename F::Bar& registers) {
    namespace nvme = pci::nvme;
    const std::uint32_t capabilities = pci::read_surely(registers, nvme::cap);
    // Before its timeout is read out of it: all ones would mean a wait of 128 s for a dead device.
    if (capabilities == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read CAP");
    const std::uint32_t configuration = pci::read_surely(registers, nvme::cc);
    if (configuration == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read CC");
    if ((configuration & nvme::cc_enable) == 0) return rg::ok();
    registers.write32(nvme::cc, configuration & ~(nvme::cc_enable | nvme::cc_shutdown));
    const pci::Duration timeout = ((capabilities >> nvme::cap_timeout_shift) + 1) * std::chrono::milliseconds(500);
    return rg::poll_until(function, {timeout, std::chrono::milliseconds(100)}, "controller not ready",
                          [&]() -> rg::Result<bool> {
                            const std::uint32_t status = pci::read_surely(registers, nvme::csts);
                            if (status == pci::all_ones<std::uint32_t>) {
                              return rg::Error(rg::Errc::gone, 0, "controller not ready");
                            }
                            return (status & nvme::csts_ready) == 0;
                          });
  }
};

template <pci::Function F>
rg::Probe probe_nvme_disable(const F& function) noexcept {
  if (function.class_code() != pci::nvme::class_code) return {rg::Support::no, "not an NVMe controller"};
  const rg::Probe flr = methods::Flr::probe(function);
  if (flr.support == rg::Support::no) return flr;
  return methods::probe_behind_bar_0(function, "disable the controller, then FLR");
}

template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<NvmeDisabled, methods::Flr> reset_nvme_disable(rg::ResetScope<F>& scope) {
  const F& asked = scope.device();
  RESET_GUARD_CHECK(methods::unless_no(probe_nvme_disable(asked)));
  RESET_GUARD_TRY(auto disabled, NvmeDisabled::run(scope));
  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));
  return rg::join(std::move(disabled), std::move(flr));
}

}  // namespace quirks
