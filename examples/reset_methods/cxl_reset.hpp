// CXL Reset: all functions of a CXL device that take part in CXL.cache or CXL.mem, at once.
#pragma once

#include <reset_guard/group.hpp>
#include <reset_guard/reset_guard.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "group.hpp"
#include "offer.hpp"
#include "pci/capability.hpp"
#include "pci/cxl.hpp"
#include "pci/function.hpp"
#include "pci/id.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/reset_witness.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// Function 0 has the registers, and the reset reaches its siblings. To PCI Express it is an FLR of each of them, so the
// witness is that of an FLR. The link stays up, and functions that are not CXL's are left alone.
//
// The caller has taken the device's memory offline, and sets up its CXL registers anew, as the HDM decoders. Volatile
// memory keeps its contents, unless CXL Reset Mem Clr Enable is set and the device is capable of it.
// Source: CXL 3.1, sections 8.1.3 and 9.7; cxl_reset_function(), proposed for Linux in 2026, which refuses a device of
// several functions.
struct CxlReset : rg::ResetStep<CxlReset> {
  static constexpr rg::Literal name = "cxl_reset";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  // What the act needs to know, of a group that was held against what the reset reaches.
  template <class F>
  class Plan {
    friend CxlReset;
    Plan(F& function, std::uint16_t at, pci::Duration longest) noexcept
        : function_0(function), dvsec(at), timeout(longest) {}
    F& function_0;
    std::uint16_t dvsec;
    pci::Duration timeout;
  };

  template <pci::Located F, std::size_t most>
  static rg::Probe probe(const rg::ResetGroup<F, most>& group) noexcept {
    auto plan = plan_of(group);
    if (plan.failed()) return {rg::Support::no, std::move(plan).error().where()};
    std::move(plan).discard("only whether there is one was asked");
    return {rg::Support::yes, "all CXL functions of the device are in the group"};
  }

  // Resets the members together, and runs the steps `More` for each.
  // Effects: waits first, as before an FLR, for the transactions of each member.
  // Returns: an answer for each.
  // Errors: unsupported, and why; gone and invalid, if the capabilities of Function 0 cannot be read: no hook was
  // called then. Those of reset_all().
  template <class... More, pci::Located F, std::size_t most>
  RESET_GUARD_MUST_USE static rg::Result<rg::GroupAnswers<F, most, CxlReset, More...>> run(
      rg::ResetGroup<F, most>& group) {
    RESET_GUARD_TRY(const auto plan, plan_of(group));
    for (std::size_t i = 0; i != group.size(); ++i) {
      pci::wait_for_pending_transactions(group[i]).discard("the reset may go on without; what is wrong shows in it");
    }
    return rg::reset_all<CxlReset, More...>(group, plan);
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::GroupInReset<F>& members, const Plan<F>& plan) {
    F& function = plan.function_0;
    const auto at = [&plan](unsigned field) { return static_cast<std::uint16_t>(plan.dvsec + field); };
    const auto control = pci::read_surely<std::uint16_t>(function, at(pci::cxl_device::control_2));
    if (control == pci::all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "initiate CXL Reset");
    RESET_GUARD_CHECK(function.write16(at(pci::cxl_device::control_2), control | pci::cxl_device::initiate_cxl_reset));
    // Until then nothing may be read, and afterwards nothing but Status2 (section 9.7.3).
    function.sleep(pci::reset_recovery_time);
    const pci::Duration left = plan.timeout - pci::reset_recovery_time;
    RESET_GUARD_CHECK(
        rg::poll_until(function, {left, look_interval, look_interval}, "CXL Reset Complete", [&]() -> rg::Result<bool> {
          const std::uint16_t status = function.read16(at(pci::cxl_device::status_2));
          if (status == pci::all_ones<std::uint16_t>) return false;  // it does not answer yet
          if ((status & pci::cxl_device::reset_error) != 0) return rg::Error(rg::Errc::io, status, "CXL Reset Error");
          return (status & pci::cxl_device::reset_complete) != 0;
        }));
    return wait_until_ready(members, pci::Duration{});
  }

 private:
  static constexpr pci::Duration look_interval = std::chrono::milliseconds(20);

  RESET_GUARD_MUST_USE static rg::Error no(rg::Literal why) noexcept { return {rg::Errc::unsupported, 0, why}; }

  template <pci::Located F, std::size_t most>
  RESET_GUARD_MUST_USE static rg::Result<Plan<F>> plan_of(const rg::ResetGroup<F, most>& group) {
    if (group.size() == 0) return no("the group has no members");
    F* function_0 = &group[0];
    for (std::size_t i = 1; i != group.size(); ++i) {
      if (pci::Address(group[i].address()) < function_0->address()) function_0 = &group[i];
    }
    const F& asked = *function_0;
    if (pci::Address(asked.address()).function != 0)
      return no("Function 0, which has the registers, is not in the group");
    auto found = pci::find_dvsec(asked, pci::cxl_port::vendor, pci::cxl_device::dvsec_id);
    if (found.failed()) {
      const rg::Error error = std::move(found).error();
      return error.code() == rg::Errc::unsupported ? no("Function 0 is not that of a CXL device") : error;
    }
    const std::uint16_t dvsec = std::move(found).take();
    const auto capability =
        pci::read_surely<std::uint16_t>(asked, static_cast<std::uint16_t>(dvsec + pci::cxl_device::capability));
    if (capability == pci::all_ones<std::uint16_t>) return rg::Error(rg::Errc::gone, 0, "look for CXL Reset Capable");
    if ((capability & pci::cxl_device::reset_capable) == 0) return no("Function 0 is not CXL Reset Capable");
    RESET_GUARD_TRY(const pci::NonCxlFunctions spared, pci::NonCxlFunctions::read(asked));
    for (std::size_t i = 0; i != group.size(); ++i) {
      if (spared.contains(group[i].address())) return no("a member takes no part in CXL: the reset does not reach it");
    }
    if (const char* why = why_not_all(group, spared.count()); why != nullptr) return no(rg::Literal::unchecked(why));
    return Plan<F>(*function_0, dvsec, timeout_of(capability));
  }

  // Of a value that is reserved, the longest.
  static pci::Duration timeout_of(std::uint16_t capability) noexcept {
    using namespace std::chrono_literals;
    constexpr std::array<pci::Duration, 5> longest{10ms, 100ms, 1s, 10s, 100s};
    const std::size_t index =
        (capability & pci::cxl_device::reset_timeout_mask) >> pci::cxl_device::reset_timeout_shift;
    return longest[index < longest.size() ? index : longest.size() - 1];
  }
};

}  // namespace methods
