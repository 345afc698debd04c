// Translation: the IOMMU's tables, by requester ID and PASID: the domain through which a DMA goes. Without an entry it
// is blocked. Domain: an address space for DMA.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

namespace sim {

using RequesterId = std::uint32_t;  // across all segments
using Pasid = std::uint32_t;

inline constexpr Pasid no_pasid = 0;  // a request without a PASID

// Its user owns it, and frees it when no table should name it any more.
class Domain {
 public:
  // Requires: `name` is a literal.
  explicit Domain(const char* name) : name_(name), alive_(std::make_shared<const char>()) {}
  Domain(const Domain&) = delete;
  Domain& operator=(const Domain&) = delete;

  const char* name() const noexcept { return name_; }

 private:
  friend class DomainPointer;

  const char* name_;
  std::shared_ptr<const char> alive_;
};

// A domain as a group names it, or none. It does not keep the domain alive, and knows whether it was freed: so a
// program can show the use of a freed domain without one.
class DomainPointer {
 public:
  DomainPointer() noexcept = default;
  explicit DomainPointer(const Domain& domain) noexcept : domain_(&domain), alive_(domain.alive_) {}

  explicit operator bool() const noexcept { return domain_ != nullptr; }
  bool freed() const noexcept { return domain_ != nullptr && alive_.expired(); }
  // Requires: there is one, and it was not freed.
  const Domain& operator*() const noexcept { return *domain_; }
  friend bool operator==(const DomainPointer& left, const DomainPointer& right) noexcept {
    return left.domain_ == right.domain_;
  }

 private:
  const Domain* domain_ = nullptr;
  std::weak_ptr<const char> alive_;
};

class Translation {
 public:
  static constexpr const char* freed = "freed domain";

  // Reads the domain, and writes an entry.
  // Requires: there is a domain.
  // Returns: whether it did; otherwise nothing has changed.
  [[nodiscard]] bool set(RequesterId id, Pasid pasid, const DomainPointer& domain) {
    if (is_refused()) return false;
    entries_[{id, pasid}] = {domain, domain.freed() && !reads_freed_ ? freed : (*domain).name()};
    return true;
  }

  // Blocks the requests without a PASID: attaches the blocking domain.
  // Returns: as set().
  [[nodiscard]] bool block(RequesterId id) {
    if (is_refused()) return false;
    entries_[{id, no_pasid}] = {};
    return true;
  }

  // Removes an entry. The IOMMU tells the function, which does not answer in mid-reset.
  void remove(RequesterId id, Pasid pasid) {
    Entry& entry = entries_[{id, pasid}];
    if (entry.name == nullptr) ++removed_again_;
    entry = {};
  }

  // The name of the domain through which a DMA goes. nullptr: it is blocked.
  const char* through(RequesterId id, Pasid pasid = no_pasid) const {
    const auto entry = entries_.find({id, pasid});
    if (entry == entries_.end()) return nullptr;
    return entry->second.domain.freed() ? freed : entry->second.name;
  }

  // How often an entry was removed that was not there.
  unsigned removed_again() const noexcept { return removed_again_; }

  // --- what goes wrong ---

  // The nth set() or block() from now on is refused.
  void refuse(unsigned nth) noexcept { until_refused_ = nth; }
  // set() reads a freed domain, too, as a kernel does. For a sanitizer to find.
  void read_freed_domains() noexcept { reads_freed_ = true; }

 private:
  // One that is blocked stays, so that a reset allocates nothing.
  struct Entry {
    DomainPointer domain;
    const char* name = nullptr;  // stands for its page table; nullptr: blocked
  };
  bool is_refused() noexcept {
    if (until_refused_ == 0) return false;
    --until_refused_;
    return until_refused_ == 0;
  }

  std::map<std::pair<RequesterId, Pasid>, Entry> entries_;
  unsigned removed_again_ = 0;
  unsigned until_refused_ = 0;  // 0: none is
  bool reads_freed_ = false;
};

}  // namespace sim
