// Qualcomm WLAN adapters and modems: no FLR, and No_Soft_Reset is set. A register behind BAR 0 resets the chip.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/registers.hpp"
#include "reset_methods/behind_bar_0.hpp"
#include "reset_methods/offer.hpp"

namespace quirks {

namespace rg = reset_guard;

namespace qualcomm {
inline constexpr std::uint32_t modem_reset = 0xb0;
inline constexpr std::uint32_t wlan_reset = 0x3008;
inline constexpr std::uint32_t wlan_held = 1u << 0;       // in wlan_reset
inline constexpr std::uint32_t mhi_control = 0x38;        // of the Modem Host Interface
inline constexpr std::uint32_t mhi_reset = 1u << 1;       // in mhi_control
inline constexpr std::uint32_t mhi_state = 0xffu << 8;    // in mhi_control: the state that a driver asks for
inline constexpr std::uint32_t mhi_running = 0x02u << 8;  // M0
inline constexpr std::uint32_t mhi_status = 0x48;
inline constexpr std::uint32_t mhi_system_error = 1u << 2;  // in mhi_status
inline constexpr pci::Duration pulse = std::chrono::milliseconds(10);

template <pci::MappedBar Bar>
[[nodiscard]] std::uint32_t asked_state(Bar& registers) {
  return pci::read_surely(registers, mhi_control) & mhi_state;
}

// A delay counts from a write that has arrived: so it is read back.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Status write_and_wait(F& function, typename F::Bar& registers, std::uint32_t offset,
                                               std::uint32_t value, pci::Duration length) {
  registers.write32(offset, value);
  if (registers.read32(offset) == pci::all_ones<std::uint32_t> && pci::reads_as_absent(function)) {
    return rg::Error(rg::Errc::gone, 0, "write register");
  }
  function.sleep(length);
  return rg::ok();
}
}  // namespace qualcomm

// The chip answers again after its reset.
struct WlanAnswers : rg::Step<WlanAnswers> {
  static constexpr rg::Literal name = "wlan_answers";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, typename F::Bar& registers) {
    return rg::poll_until(function, {std::chrono::seconds(5), std::chrono::milliseconds(20)}, name, [&] {
      return (pci::read_surely(registers, qualcomm::wlan_reset) & qualcomm::wlan_held) == 0;
    });
  }
};

struct WlanReset : rg::ResetStep<WlanReset> {
  static constexpr rg::Literal name = "qualcomm_wlan";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma, rg::contents::firmware>;

  // The state that a driver asks the interface for is gone after a reset. Where none is asked for, one is. All ones
  // before are those of a chip that an earlier reset has not let go.
  struct Witness {
    template <class F, class Bar>
    Witness(rg::ResetScope<F>& scope, Bar& registers) : before(qualcomm::asked_state(registers)) {
      if (before != 0) return;
      scope.touch();
      registers.write32(qualcomm::mhi_control, qualcomm::mhi_running);
      before = qualcomm::asked_state(registers);
    }
    template <class F, class Bar>
    RESET_GUARD_MUST_USE rg::Result<bool> check(F& function, Bar& registers) const {
      const std::uint32_t now = qualcomm::asked_state(registers);
      if (now == qualcomm::mhi_state) {
        return rg::Error(pci::reads_as_absent(function) ? rg::Errc::gone : rg::Errc::io, 0, "look at MHI control");
      }
      if (before != 0 && now == before) {
        return rg::Error(rg::Errc::io, static_cast<std::int32_t>(now), "the interface kept its state");
      }
      return before != 0;
    }
    std::uint32_t before;
  };

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::ResetScope<F>& scope, typename F::Bar& registers) {
    F& function = scope.device();
    const std::uint32_t control = pci::read_surely(registers, qualcomm::wlan_reset);
    if (control == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read reset register");
    RESET_GUARD_CHECK(qualcomm::write_and_wait(function, registers, qualcomm::wlan_reset, control | qualcomm::wlan_held,
                                               qualcomm::pulse));
    RESET_GUARD_CHECK(qualcomm::write_and_wait(function, registers, qualcomm::wlan_reset,
                                               control & ~qualcomm::wlan_held, qualcomm::pulse));
    RESET_GUARD_TRY([[maybe_unused]] auto answers, WlanAnswers::run(scope, registers));
    return rg::ok();
  }
};

// The interface may come out of the reset with a system error. A step of its own: it clears what the reset's witness
// looks at.
struct MhiReset : rg::Step<MhiReset> {
  static constexpr rg::Literal name = "mhi_reset";

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, typename F::Bar& registers) {
    RESET_GUARD_CHECK(
        qualcomm::write_and_wait(function, registers, qualcomm::mhi_control, qualcomm::mhi_reset, qualcomm::pulse));
    const std::uint32_t status = pci::read_surely(registers, qualcomm::mhi_status);
    if (status == pci::all_ones<std::uint32_t>) {
      return rg::Error(pci::reads_as_absent(function) ? rg::Errc::gone : rg::Errc::io, 0, name);
    }
    if ((status & qualcomm::mhi_system_error) == 0) return rg::ok();
    return rg::Error(rg::Errc::io, static_cast<std::int32_t>(status), "the interface keeps its error");
  }
};

struct ModemReset : rg::ResetStep<ModemReset> {
  static constexpr rg::Literal name = "qualcomm_modem";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma, rg::contents::firmware>;

  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "no register is known that tells a modem after its reset from one before it";
  };

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(F& function, typename F::Bar& registers) {
    return qualcomm::write_and_wait(function, registers, qualcomm::modem_reset, 1, std::chrono::seconds(2));
  }
};

// Both are for a function in D0, with its registers behind BAR 0.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Status require_d0(const F& function) noexcept {
  namespace pm = pci::power_management;
  RESET_GUARD_TRY(const std::uint16_t capability, pci::find_capability(function, pm::id));
  const auto status = pci::read_surely<std::uint16_t>(function, capability + pm::control_status);
  if ((status & pm::power_state_mask) == pm::d0) return rg::ok();
  return rg::Error(rg::Errc::invalid, 0, "qualcomm: the function is not in D0");
}

template <pci::Function F>
rg::Probe probe_qualcomm(const F& function) noexcept {
  return methods::probe_behind_bar_0(function, "a reset behind BAR 0");
}

// Errors: unsupported; invalid if the function is not in D0; those of with_bar_0().
template <pci::Function F, class Steps>
RESET_GUARD_MUST_USE auto with_registers(rg::ResetScope<F>& scope, Steps steps)
    -> decltype(steps(std::declval<typename F::Bar&>())) {
  const F& asked = scope.device();
  RESET_GUARD_CHECK(methods::unless_no(probe_qualcomm(asked)));
  RESET_GUARD_CHECK(require_d0(asked));
  return methods::with_bar_0(scope, std::move(steps));
}

// Source: proposed for Linux, version 12 of June 2026, which looks whether the reset register is still all ones, and no
// further.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<WlanReset, MhiReset> reset_qualcomm_wlan(rg::ResetScope<F>& scope) {
  return with_registers(scope, [&](typename F::Bar& registers) -> rg::Verdict<WlanReset, MhiReset> {
    RESET_GUARD_TRY(auto reset, WlanReset::run(scope, registers));
    RESET_GUARD_TRY(auto interface, MhiReset::run(scope, registers));
    return rg::join(std::move(reset), std::move(interface));
  });
}

// Source: the same proposal, which returns 0 after two seconds.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Verdict<ModemReset> reset_qualcomm_modem(rg::ResetScope<F>& scope) {
  return with_registers(scope, [&](typename F::Bar& registers) { return ModemReset::run(scope, registers); });
}

}  // namespace quirks
