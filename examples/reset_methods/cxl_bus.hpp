// Secondary bus reset below a CXL port, which ignores one unless it is unmasked. Encloses `bus`, scope in scope.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <utility>

#include "bus.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/scoped_bits.hpp"

namespace methods {

namespace rg = reset_guard;

// Source: CXL 3.1, section 8.1.5.2; cxl_reset_bus_function() of Linux, where the inner pci_reset_bus_function()
// answered -EBUSY in 7.0.
struct CxlBus : rg::ResetStep<CxlBus> {
  static constexpr rg::Literal name = "cxl_bus";
  using proved_by = rg::any_of<Bus>;
  using destroys = Bus::destroys;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    const rg::Probe bus = Bus::probe(function);
    if (bus.support == rg::Support::no) return bus;
    if (function.parent() == nullptr) {
      return {rg::Support::no, pci::why_none(function, pci::Lacks::port)};
    }
    auto found = port_dvsec(*function.parent());
    if (found.failed()) {
      std::move(found).discard("a probe answers no, whatever the reason");
      return {rg::Support::no, "the port above is no CXL port"};
    }
    std::move(found).discard("only whether it is there was asked");
    return {rg::Support::yes, "alone below a CXL port"};
  }

  template <pci::Function F>
  static bool excluded(const F& function) noexcept {
    return Bus::excluded(function);
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<CxlBus> run(F& function) {
    RESET_GUARD_CHECK(unless_no(probe(function)));
    return rg::reset(function, [](rg::ResetScope<F>& scope) -> rg::Verdict<CxlBus> {
      F& inside = scope.device();
      auto found = port_dvsec(*inside.parent());
      if (found.failed()) return fail(scope, std::move(found).error());
      const auto control = static_cast<std::uint16_t>(std::move(found).take() + pci::cxl_port::control);
      auto bus =
          pci::with_bits16(*inside.parent(), control, 0, pci::cxl_port::unmask_sbr, [&] { return Bus::run(inside); });
      if (bus.failed()) return fail(scope, std::move(bus).error());
      // The last look: a write to a port that is gone reports no failure.
      if (pci::reads_as_absent(inside)) return fail(scope, rg::Error(rg::Errc::gone, 0, name));
      return std::move(bus).take();
    });
  }

 private:
  template <pci::ConfigRead Port>
  RESET_GUARD_MUST_USE static rg::Result<std::uint16_t> port_dvsec(const Port& port) noexcept {
    return pci::find_dvsec(port, pci::cxl_port::vendor, pci::cxl_port::dvsec_id);
  }
};

}  // namespace methods
