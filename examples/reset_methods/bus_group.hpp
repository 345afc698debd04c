// Bus reset of all functions below a port at once, by a caller who has all of them.
#pragma once

#include <reset_guard/group.hpp>
#include <reset_guard/reset_guard.hpp>

#include <cstddef>

#include "bus.hpp"
#include "group.hpp"
#include "offer.hpp"
#include "pci/platform.hpp"
#include "pci/reset_witness.hpp"

namespace methods {

namespace rg = reset_guard;

// `bus` refuses a function that is not alone below its port; with all the others in a group, each behind its own fence,
// one reset does for all of them. Each is shown by its own witness.
// Source: PCI Express Base 6.0, section 6.6.1; VFIO_DEVICE_PCI_HOT_RESET of Linux, whose user must own all functions
// that the reset reaches.
struct BusGroup : rg::ResetStep<BusGroup> {
  static constexpr rg::Literal name = "bus";
  using destroys = Bus::destroys;
  using Witness = pci::ResetWitness;

  // That the group was held against what the reset reaches.
  class AllAreMembers {
    friend BusGroup;
    AllAreMembers() noexcept = default;
  };

  template <pci::Located F, std::size_t most>
  static rg::Probe probe(const rg::ResetGroup<F, most>& group) noexcept {
    if (const char* why = why_not_all(group); why != nullptr) return {rg::Support::no, why};
    const F& first = group[0];
    if (first.parent() == nullptr) return {rg::Support::no, pci::why_none(first, pci::Lacks::port)};
    for (std::size_t i = 0; i != group.size(); ++i) {
      if (Bus::excluded(group[i])) return {rg::Support::no, "a member is flagged: no bus reset"};
    }
    if (loses_what_is_below(*first.parent())) {
      return {rg::Support::no, "the port above is flagged: what is below does not come back from a bus reset"};
    }
    if (masks_bus_reset(*first.parent())) return {rg::Support::no, "the CXL port above masks the bus reset"};
    return {rg::Support::yes, "all functions below their port are in the group"};
  }

  // Resets the members together, and runs the steps `More` for each.
  // Returns: an answer for each.
  // Errors: unsupported, and why: no hook was called then; those of reset_all().
  template <class... More, pci::Located F, std::size_t most>
  RESET_GUARD_MUST_USE static rg::Result<rg::GroupAnswers<F, most, BusGroup, More...>> run(
      rg::ResetGroup<F, most>& group) {
    RESET_GUARD_CHECK(unless_no(probe(group)));
    return rg::reset_all<BusGroup, More...>(group, AllAreMembers());
  }

  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status act(rg::GroupInReset<F>& members, const AllAreMembers&) {
    RESET_GUARD_CHECK(reset(*members.begin()));
    return wait_until_ready(members);
  }

 private:
  // By the slot's controller, where there is one, as `bus` does. It resets what is in the slot: all below the port.
  template <pci::Function F>
  RESET_GUARD_MUST_USE static rg::Status reset(F& any) {
    if constexpr (pci::SlotResettable<F>) {
      if (any.has_slot_reset()) return any.reset_slot();
    }
    return pulse_bus_reset(*any.parent());
  }
};

}  // namespace methods
