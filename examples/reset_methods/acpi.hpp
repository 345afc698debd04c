// Reset by the platform's firmware: the ACPI method _RST.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include "offer.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"
#include "pci/reset_witness.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// In Linux a _RST that failed says -ENOTTY, as one that does not exist, and the walk goes on. Here it is a failure:
// nobody knows how far it got.
// Source: ACPI 6.5, section 7.3.25: it resets this function alone. pci_dev_acpi_reset() of Linux.
struct Acpi : rg::ResetStep<Acpi> {
  static constexpr rg::Literal name = "acpi";
  using destroys = rg::all_of<rg::contents::registers, rg::contents::dma>;
  using Witness = pci::ResetWitness;

  template <pci::Function F>
  static rg::Probe probe(const F& function) noexcept {
    if (!pci::has_acpi_reset(function)) {
      return {rg::Support::no, pci::why_none(function, pci::Lacks::acpi_reset)};
    }
    return {rg::Support::yes, "ACPI has a _RST for it"};
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Verdict<Acpi> run(F& function) {
    RESET_GUARD_CHECK(unless_no(probe(function)));
    return rg::ResetStep<Acpi>::run(function);
  }

  // The firmware's answer is no proof: what the function shows is.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act([[maybe_unused]] rg::ResetScope<F>& scope) {
    if constexpr (pci::AcpiResettable<F>) {
      RESET_GUARD_CHECK(scope.device().acpi_reset());
      return pci::wait_until_ready(scope);
    }
    return rg::Error(rg::Errc::unsupported, 0, "acpi: this backend has none");
  }
};

}  // namespace methods
