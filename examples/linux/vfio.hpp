// VFIO: a function that is bound to vfio-pci, behind the hardware's IOMMU. VfioFence: without a mapping in the IOMMU no
// transaction of the function reaches memory.
#pragma once

#include <fcntl.h>
#include <linux/vfio.h>
#include <sys/ioctl.h>
#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fence.hpp"
#include "file.hpp"

namespace host {

// A container with one group of the IOMMU, and one function of the group.
// Source: Documentation/driver-api/vfio.rst of Linux; type 1, version 2.
class Vfio {
 public:
  // Requires: `group` is the number of the function's IOMMU group, all of whose functions are bound to vfio-pci or to
  // no driver; `function` is its address as sysfs has it.
  // Errors: those of open() (busy if somebody else has the group) and of ioctl(); invalid if the group is not viable.
  RESET_GUARD_MUST_USE static rg::Result<Vfio> open(const std::string& group, const std::string& function) {
    RESET_GUARD_TRY(auto container, File::open("/dev/vfio/vfio", O_RDWR, "open /dev/vfio/vfio"));
    if (::ioctl(container.descriptor(), VFIO_GET_API_VERSION) != VFIO_API_VERSION) {
      return rg::Error(rg::Errc::invalid, 0, "VFIO's version");
    }
    if (::ioctl(container.descriptor(), VFIO_CHECK_EXTENSION, VFIO_TYPE1v2_IOMMU) != 1) {
      return rg::Error(rg::Errc::invalid, 0, "VFIO without an IOMMU of type 1, version 2");
    }
    RESET_GUARD_TRY(auto members, File::open("/dev/vfio/" + group, O_RDWR, "open the group in /dev/vfio"));
    vfio_group_status status{};
    status.argsz = sizeof status;
    if (::ioctl(members.descriptor(), VFIO_GROUP_GET_STATUS, &status) != 0) return last_error("VFIO group status");
    if ((status.flags & VFIO_GROUP_FLAGS_VIABLE) == 0) {
      return rg::Error(rg::Errc::invalid, 0, "a function of the group has another driver");
    }
    const int descriptor = container.descriptor();
    if (::ioctl(members.descriptor(), VFIO_GROUP_SET_CONTAINER, &descriptor) != 0) return last_error("VFIO container");
    if (::ioctl(descriptor, VFIO_SET_IOMMU, VFIO_TYPE1v2_IOMMU) != 0) return last_error("VFIO IOMMU");
    const int device = ::ioctl(members.descriptor(), VFIO_GROUP_GET_DEVICE_FD, function.c_str());
    if (device < 0) return last_error("VFIO device");
    return Vfio(std::move(container), std::move(members), File(device));
  }

  // What: maps memory of this process for the function, at `iova`.
  // Requires: page-aligned; the memory lives until it is unmapped.
  // Errors: those of ioctl().
  RESET_GUARD_MUST_USE rg::Status map(void* memory, std::size_t size, std::uint64_t iova) noexcept {
    vfio_iommu_type1_dma_map request{};
    request.argsz = sizeof request;
    request.flags = VFIO_DMA_MAP_FLAG_READ | VFIO_DMA_MAP_FLAG_WRITE;
    request.vaddr = reinterpret_cast<std::uintptr_t>(memory);
    request.iova = iova;
    request.size = size;
    if (::ioctl(container_.descriptor(), VFIO_IOMMU_MAP_DMA, &request) != 0) return last_error("map DMA");
    return rg::ok();
  }
  // Errors: those of ioctl(); io if less was unmapped than asked for.
  RESET_GUARD_MUST_USE rg::Status unmap(std::size_t size, std::uint64_t iova) noexcept {
    vfio_iommu_type1_dma_unmap request{};
    request.argsz = sizeof request;
    request.iova = iova;
    request.size = size;
    if (::ioctl(container_.descriptor(), VFIO_IOMMU_UNMAP_DMA, &request) != 0) return last_error("unmap DMA");
    if (request.size != size) return rg::Error(rg::Errc::io, 0, "unmap DMA: not all of it");
    return rg::ok();
  }

  // The kernel's own reset: the first of its methods that works.
  // Errors: those of ioctl(), as they are: -ENOTTY where there is no method, -EAGAIN beside another reset.
  RESET_GUARD_MUST_USE rg::Status reset() noexcept {
    if (::ioctl(device_.descriptor(), VFIO_DEVICE_RESET) != 0) return last_error("VFIO_DEVICE_RESET");
    return rg::ok();
  }

  const File& device() const noexcept { return device_; }

 private:
  Vfio(File container, File members, File device) noexcept
      : container_(std::move(container)), members_(std::move(members)), device_(std::move(device)) {}

  File container_, members_, device_;  // closed from the last to the first
};

// The mappings of a function: those that its user intends, and whether the IOMMU has them now.
class VfioFence final : public Fence {
 public:
  // Requires: `vfio` outlives it.
  explicit VfioFence(Vfio& vfio) noexcept : vfio_(vfio) {}

  // What: memory that the function may read and write.
  // Effects: behind the fence it is intended only, and mapped when the fence is lifted.
  // Errors: those of Vfio::map().
  RESET_GUARD_MUST_USE rg::Status intend(void* memory, std::size_t size, std::uint64_t iova) {
    if (!blocked_) RESET_GUARD_CHECK(vfio_.map(memory, size, iova));
    intended_.push_back({memory, size, iova});
    return rg::ok();
  }

  // Takes every mapping away. One that cannot be is an error, and those that were taken away are mapped again.
  RESET_GUARD_MUST_USE rg::Status block(ConfigFile&) noexcept override {
    if (blocked_) return rg::ok();
    for (std::size_t i = 0; i != intended_.size(); ++i) {
      rg::Status unmapped = vfio_.unmap(intended_[i].size, intended_[i].iova);
      if (unmapped.failed()) return rg::first_error(std::move(unmapped), map_first(i));
    }
    blocked_ = true;
    return rg::ok();
  }

  // Maps what is intended. If one mapping fails, those before it are taken away again.
  RESET_GUARD_MUST_USE rg::Status unblock() noexcept override {
    if (!blocked_) return rg::ok();
    for (std::size_t i = 0; i != intended_.size(); ++i) {
      rg::Status mapped = vfio_.map(intended_[i].memory, intended_[i].size, intended_[i].iova);
      if (!mapped.failed()) continue;
      for (std::size_t j = 0; j != i; ++j) {
        rg::Status unmapped = vfio_.unmap(intended_[j].size, intended_[j].iova);
        if (!unmapped.failed()) continue;
        std::move(mapped).discard("the fence has a hole: that is what the caller must know first");
        return rg::Error(rg::Errc::unfenced, std::move(unmapped).error().native(), "take a mapping away again");
      }
      return mapped;
    }
    blocked_ = false;
    return rg::ok();
  }

  const char* what() const noexcept override { return "the IOMMU has no mapping for it"; }
  bool blocked() const noexcept { return blocked_; }

 private:
  struct Mapping {
    void* memory;
    std::size_t size;
    std::uint64_t iova;
  };

  RESET_GUARD_MUST_USE rg::Status map_first(std::size_t count) noexcept {
    for (std::size_t i = 0; i != count; ++i) {
      RESET_GUARD_CHECK(vfio_.map(intended_[i].memory, intended_[i].size, intended_[i].iova));
    }
    return rg::ok();
  }

  Vfio& vfio_;
  std::vector<Mapping> intended_;
  bool blocked_ = false;
};

}  // namespace host
