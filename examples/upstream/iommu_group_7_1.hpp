// The group around prepare and done of Linux 7.1: its domain, its PASIDs, and what an attach does in mid-reset. For one
// function alone prepare_done_7_1.hpp is enough.
// Source: https://lore.kernel.org/all/cover.1777074513.git.nicolinc@nvidia.com/, version 8, merged for 7.1.
//
// Its commits: b296ca1fb43a (blocked by function), 0d5fd7a9323c (nested), 1615e8896a8f (done attaches the PASIDs of
// this function alone), fc3523b16d2b (a function that is blocked has no PASID to remove), d769711fcddd (a group without
// a domain), 5474e6e17a26 (attaches that must succeed), 15dd29ca6206 (shared requester IDs). Modelled are functions
// with ATS: for others prepare does nothing.
#pragma once

#include <cerrno>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "sim/translation.hpp"

namespace upstream::linux_7_1 {

// An attach that must succeed, in mid-reset. Before commit 5474e6e17a26 it was refused like any other: done then
// attached a domain that its user had freed (https://osv.dev/vulnerability/CVE-2026-52952).
enum class MustSucceed { refused, honoured };

class IommuGroup {
 public:
  IommuGroup(sim::Translation& tables, sim::DomainPointer domain, MustSucceed must_succeed)
      : tables_(tables), domain_(std::move(domain)), must_succeed_(must_succeed) {}
  IommuGroup(const IommuGroup&) = delete;
  IommuGroup& operator=(const IommuGroup&) = delete;

  // Probed (iommu_probe_device()): it is attached to the group's domain, also while another function is in reset.
  void add(sim::RequesterId id) {
    functions_.push_back({id});
    if (domain_) warn_unless(tables_.set(id, sim::no_pasid, domain_));
  }

  int prepare(std::size_t index) {
    Function& function = functions_[index];
    if (++function.depth > 1) return 0;
    if (!tables_.block(function.id)) {
      --function.depth;
      return -ENOMEM;
    }
    function.blocked = true;
    for (const auto& [pasid, domain] : pasids_) tables_.remove(function.id, pasid);
    ++recovering_;
    return 0;
  }

  // A warning is all that becomes of an attach that fails, and the function counts as unblocked; also of a function in
  // reset that has the same requester ID, and is unblocked with this one.
  void done(std::size_t index) {
    Function& function = functions_[index];
    warn_unless(function.depth != 0);
    if (function.depth == 0) return;
    if (--function.depth != 0) return;
    if (domain_) warn_unless(tables_.set(function.id, sim::no_pasid, domain_));
    function.blocked = false;
    for (const Function& other : functions_) warn_unless(!other.blocked || other.id != function.id);
    for (const auto& [pasid, domain] : pasids_) warn_unless(tables_.set(function.id, pasid, domain));
    --recovering_;
  }

  int set_domain(const sim::DomainPointer& domain) {
    if (domain == domain_) return 0;
    if (recovering_ != 0) return -EBUSY;
    const int result = attach_all(sim::no_pasid, domain, domain_);
    if (result == 0) domain_ = domain;
    return result;
  }

  // The user of the old domain goes, and frees it.
  void must_set_domain(const sim::DomainPointer& domain) {
    if (recovering_ != 0 && must_succeed_ == MustSucceed::refused) return warn_unless(false);
    for (const Function& function : functions_) {
      if (!function.blocked) warn_unless(tables_.set(function.id, sim::no_pasid, domain));
    }
    domain_ = domain;
  }

  // Requires: the group has no domain for this PASID.
  int set_pasid(sim::Pasid pasid, const sim::DomainPointer& domain) {
    if (recovering_ != 0) return -EBUSY;
    const int result = attach_all(pasid, domain, {});
    if (result == 0) pasids_[pasid] = domain;
    return result;
  }
  void remove_pasid(sim::Pasid pasid) {
    pasids_.erase(pasid);
    for (const Function& function : functions_) {
      if (!function.blocked) tables_.remove(function.id, pasid);
    }
  }

  unsigned warnings() const noexcept { return warnings_; }  // WARN in the kernel's log

 private:
  struct Function {
    sim::RequesterId id;
    unsigned depth = 0;
    bool blocked = false;
  };

  // All functions, or none: those before one that is refused go back to the old domain.
  int attach_all(sim::Pasid pasid, const sim::DomainPointer& domain, const sim::DomainPointer& old) {
    for (std::size_t i = 0; i != functions_.size(); ++i) {
      if (tables_.set(functions_[i].id, pasid, domain)) continue;
      for (; i != 0; --i) {
        const sim::RequesterId id = functions_[i - 1].id;
        if (old) {
          warn_unless(tables_.set(id, pasid, old));
        } else {
          tables_.remove(id, pasid);
        }
      }
      return -ENOMEM;
    }
    return 0;
  }

  void warn_unless(bool well) noexcept {
    if (!well) ++warnings_;
  }

  sim::Translation& tables_;
  sim::DomainPointer domain_;
  const MustSucceed must_succeed_;
  std::vector<Function> functions_;
  std::map<sim::Pasid, sim::DomainPointer> pasids_;
  unsigned recovering_ = 0;
  unsigned warnings_ = 0;
};

}  // namespace upstream::linux_7_1
