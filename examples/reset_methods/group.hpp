// What the resets of several functions at once have in common: whether the group is all that the reset reaches, and the
// wait for each member.
#pragma once

#include <reset_guard/group.hpp>
#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

#include "pci/capability.hpp"
#include "pci/config.hpp"
#include "pci/function.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/wait.hpp"

namespace methods {

namespace rg = reset_guard;

// Whether virtual functions of this one are enabled.
template <pci::ConfigRead F>
[[nodiscard]] bool has_virtual_functions(const F& function) noexcept {
  auto found = pci::find_extended_capability(function, pci::sr_iov::id);
  if (found.failed()) {
    std::move(found).discard("without SR-IOV there are none; a function that does not answer cannot be asked");
    return false;
  }
  const auto at = static_cast<std::uint16_t>(std::move(found).take() + pci::sr_iov::control);
  const auto control = pci::read_surely<std::uint16_t>(function, at);
  return control != pci::all_ones<std::uint16_t> && (control & pci::sr_iov::vf_enable) != 0;
}

// What: why the members of a group are not exactly the functions that a reset of their bus reaches. All that it reaches
// must be fenced, as VFIO's hot reset asks of its user. Changes nothing.
// Requires: no function appears on the bus or leaves it until the reset. `spared`: how many functions on the bus the
// reset does not reach.
// Returns: a string that lives as long as the program; nullptr if they are.
template <pci::Located F, std::size_t most>
[[nodiscard]] const char* why_not_all(const rg::ResetGroup<F, most>& group, unsigned spared = 0) noexcept {
  if (group.size() == 0) return "the group has no members";
  const pci::Address first = group[0].address();
  for (std::size_t i = 0; i != group.size(); ++i) {
    const F& member = group[i];
    const pci::Address at = member.address();
    if (pci::is_bridge(member)) return "a port is in the group: the bus below it would be reset too";
    if (member.is_virtual_function() || has_virtual_functions(member)) {
      return "virtual functions are enabled, and the reset ends them: disable SR-IOV first";
    }
    if (at.domain != first.domain || at.bus != first.bus) return "the members of the group are not on one bus";
    for (std::size_t j = 0; j != i; ++j) {
      if (pci::Address(group[j].address()) == at) return "a function is in the group twice";
    }
  }
  if (group.size() + spared != group[0].functions_on_bus()) {
    return "the reset reaches functions that are not in the group: add all that are on the bus";
  }
  return nullptr;
}

// Waits until each member answers, with one deadline for all. One that does not leaves the group with its error, and is
// quarantined; the others go on.
template <pci::Function F>
RESET_GUARD_MUST_USE rg::Status wait_until_ready(rg::GroupInReset<F>& members,
                                                 pci::Duration at_first = pci::reset_recovery_time) {
  const pci::Duration start = (*members.begin()).now();
  for (F& member : members) {
    rg::Status ready = pci::Ready::act(member, at_first, member.now() - start);
    at_first = {};
    if (ready.failed()) RESET_GUARD_CHECK(members.leave(member, std::move(ready).error()));
  }
  return rg::ok();
}

}  // namespace methods
