// The IOMMU: functions in groups. A group has one domain, and one for each PASID. A function that is reset is blocked
// meanwhile, and a DMA of it faults.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <map>
#include <vector>

#include "translation.hpp"

namespace sim {

namespace rg = reset_guard;

class Iommu {
 public:
  using Slot = std::size_t;   // a function
  using Group = std::size_t;  // functions that have the same domain

  Iommu() = default;
  Iommu(const Iommu&) = delete;
  Iommu& operator=(const Iommu&) = delete;

  // --- functions and groups ---

  // A function appears, not blocked: alone in a group.
  Slot attach() { return attach_to(add_group(DomainPointer(default_))); }
  // The same in a group.
  Slot attach_to(Group group) { return add({group, next_id_++}); }
  // The same with the requester ID of another function, whose group it is in.
  Slot attach_alias(Slot other) { return add({functions_[other].group, functions_[other].id}); }

  // Without a domain its functions stay blocked.
  Group add_group(const DomainPointer& domain = {}) {
    groups_.push_back({domain, {}, {}});
    return groups_.size() - 1;
  }
  Group group_of(Slot slot) const noexcept { return functions_[slot].group; }

  // --- the fence: each may be repeated, and counts nothing ---

  // A reset of the function begins: blocks it, and with it all that have its requester ID.
  // Errors: no_memory; nothing has changed then.
  RESET_GUARD_MUST_USE rg::Status block(Slot slot) {
    Function& function = functions_[slot];
    if (!is_held(function)) {
      if (!tables_.block(function.id)) return rg::Error(rg::Errc::no_memory, -12, "blocking domain");
      for (const auto& [pasid, domain] : groups_[function.group].pasids) remove(function.id, pasid);
    }
    function.blocked = function.recovers = true;
    return rg::ok();
  }
  // The reset is over. With the last function of its requester ID that is unblocked, they all have what the group's
  // domains are now.
  // Errors: no_memory; the function stays blocked then.
  RESET_GUARD_MUST_USE rg::Status unblock(Slot slot) {
    Function& function = functions_[slot];
    function.recovers = false;
    if (!function.blocked) return rg::ok();
    function.blocked = false;
    if (is_held(function) || apply(function)) return rg::ok();
    function.blocked = true;
    return rg::Error(rg::Errc::no_memory, -12, "attach the domain");
  }
  // The reset is over, and the function stays blocked.
  void keep_blocked(Slot slot) noexcept { functions_[slot].recovers = false; }

  bool blocked(Slot slot) const { return tables_.through(functions_[slot].id) == nullptr; }

  // --- domains ---

  // Attaches a group to another domain. A function that is blocked has it when it is unblocked.
  // Errors: busy (one of its functions is in reset), no_memory. They have the old domain then.
  RESET_GUARD_MUST_USE rg::Status set_domain(Group group, const Domain& domain) {
    if (recovers(group)) return rg::Error(rg::Errc::busy, -16, "attach: a function of the group is in reset");
    const DomainPointer old = groups_[group].domain;
    groups_[group].domain = DomainPointer(domain);
    if (apply_to_all(group)) return rg::ok();
    groups_[group].domain = old;
    apply_to_all(group);
    return rg::Error(rg::Errc::no_memory, -12, "attach the domain");
  }
  // The same where the user of the old domain goes, and frees it: in mid-reset, too, nothing names it any more. A
  // function that cannot be attached is blocked.
  void must_set_domain(Group group, const DomainPointer& domain) {
    groups_[group].domain = domain;
    apply_to_all(group);
  }

  // The same for the requests with a PASID.
  // Requires: the group has no domain for it.
  RESET_GUARD_MUST_USE rg::Status set_pasid(Group group, Pasid pasid, const Domain& domain) {
    if (recovers(group)) return rg::Error(rg::Errc::busy, -16, "attach: a function of the group is in reset");
    groups_[group].pasids[pasid] = DomainPointer(domain);
    if (apply_to_all(group)) return rg::ok();
    remove_pasid(group, pasid);
    apply_to_all(group);
    return rg::Error(rg::Errc::no_memory, -12, "attach the domain");
  }
  void remove_pasid(Group group, Pasid pasid) {
    groups_[group].pasids.erase(pasid);
    for (const Slot member : groups_[group].members) remove(functions_[member].id, pasid);
  }

  // --- use ---

  // Whether a DMA goes through.
  [[nodiscard]] bool dma(Slot slot) {
    if (!blocked(slot)) return true;
    ++functions_[slot].faults;
    return false;
  }
  unsigned faults(Slot slot) const noexcept { return functions_[slot].faults; }

  RequesterId requester_id(Slot slot) const noexcept { return functions_[slot].id; }
  Translation& tables() noexcept { return tables_; }
  const Translation& tables() const noexcept { return tables_; }

 private:
  struct Function {
    Group group;
    RequesterId id;
    bool blocked = false;
    bool recovers = false;  // it is in reset
    unsigned faults = 0;
  };
  struct Members {
    DomainPointer domain;
    std::map<Pasid, DomainPointer> pasids;
    std::vector<Slot> members;
  };

  Slot add(const Function& function) {
    const Slot slot = functions_.size();
    functions_.push_back(function);
    groups_[function.group].members.push_back(slot);
    if (!is_held(function)) apply(function);
    return slot;
  }

  bool recovers(Group group) const noexcept {
    for (const Slot member : groups_[group].members) {
      if (functions_[member].recovers) return true;
    }
    return false;
  }
  // Whether a function with this one's requester ID is blocked.
  bool is_held(const Function& function) const noexcept {
    for (const Slot member : groups_[function.group].members) {
      if (functions_[member].blocked && functions_[member].id == function.id) return true;
    }
    return false;
  }

  // Writes what the group intends into the tables: all of it, or nothing, and the requester ID is blocked.
  bool apply(const Function& function) {
    const Members& group = groups_[function.group];
    bool applied = static_cast<bool>(group.domain) && tables_.set(function.id, no_pasid, group.domain);
    for (const auto& [pasid, domain] : group.pasids) applied = applied && tables_.set(function.id, pasid, domain);
    if (!applied) {
      remove(function.id, no_pasid);
      for (const auto& [pasid, domain] : group.pasids) remove(function.id, pasid);
    }
    return applied || !group.domain;
  }
  bool apply_to_all(Group group) {
    bool applied = true;
    for (const Slot member : groups_[group].members) {
      const Function& function = functions_[member];
      if (!is_held(function)) applied = apply(function) && applied;
    }
    return applied;
  }
  void remove(RequesterId id, Pasid pasid) {
    if (tables_.through(id, pasid) != nullptr) tables_.remove(id, pasid);
  }

  Domain default_{"default"};
  Translation tables_;
  std::vector<Function> functions_;
  std::vector<Members> groups_;
  RequesterId next_id_ = 0;
};

}  // namespace sim
