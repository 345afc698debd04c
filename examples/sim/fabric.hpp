// Fabric: functions, and the topology that their own registers describe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "function.hpp"
#include "hardware.hpp"
#include "image.hpp"
#include "kept_text.hpp"

namespace sim {

// A machine of simulated functions. Movable; the functions' addresses are stable.
class Fabric {
 public:
  // Builds a function from each image. Which one is a port is in its header type, which bus lies behind it in its bus
  // numbers; a function whose port is not among the images sits on a root bus.
  explicit Fabric(std::span<const Image> images) : hardware_(std::make_unique<Hardware>()) {
    functions_.reserve(images.size());
    for (const Image& image : images) functions_.push_back(std::make_unique<Function>(*hardware_, image));
    for (std::size_t i = 0; i != images.size(); ++i) {
      if (images[i].address_known) connect(*functions_[i]);
    }
    for (const auto& function : functions_) {
      function->functions_on_bus_ = count_on_bus_of(*function);
      function->functions_beside_ = name_those_on_bus_of(*function);
    }
  }

  std::size_t size() const noexcept { return functions_.size(); }
  Function& operator[](std::size_t index) noexcept { return *functions_[index]; }
  const Function& operator[](std::size_t index) const noexcept { return *functions_[index]; }

  // nullptr: there is none.
  Function* find(const pci::Address& address) noexcept {
    for (const auto& function : functions_) {
      if (function->address() == address) return function.get();
    }
    return nullptr;
  }

  // No more faults, and the hardware is sound again; what software left behind stays.
  void repair() {
    faults().disarm();
    for (const auto& function : functions_) function->device_->repair();
  }

  Clock& clock() noexcept { return hardware_->clock; }
  Log& log() noexcept { return hardware_->log; }
  const Log& log() const noexcept { return hardware_->log; }
  Faults& faults() noexcept { return hardware_->faults; }
  Iommu& iommu() noexcept { return hardware_->iommu; }

 private:
  static bool same_bus(const Function& a, const Function& b) noexcept {
    return a.address().domain == b.address().domain && a.address().bus == b.address().bus;
  }

  // Below the port whose secondary bus is the function's own. A virtual function may sit on a bus number that no port
  // names (SR-IOV 1.1, section 2.1.2): then below the innermost port that routes it.
  void connect(Function& function) {
    Function* port = nullptr;
    unsigned best = 0;
    for (const auto& candidate : functions_) {
      const ConfigSpace& config = candidate->config();
      const std::uint32_t secondary = config.read(pci::bridge::secondary_bus, 1);
      // A bus lies behind a port only if its number is higher: so no function is its own ancestor.
      if (!config.routes(function.address().bus) || secondary <= candidate->address().bus ||
          candidate->address().domain != function.address().domain) {
        continue;
      }
      if (secondary != function.address().bus && !function.is_virtual_function()) continue;
      if (secondary > best) {
        best = secondary;
        port = candidate.get();
      }
    }
    if (port == nullptr) return;
    function.parent_ = port;
    function.device_->put_below(*port->device_);
  }

  // Those that are here, and those that their registers say must be: a virtual function's physical one, a physical
  // function's virtual ones, the other functions of a multi-function device.
  unsigned count_on_bus_of(const Function& function) const {
    unsigned seen = 0, virtual_seen = 0, virtual_enabled = 0, missing = 0;
    bool physical_seen = false;
    for (const auto& other : functions_) {
      if (!same_bus(*other, function)) continue;
      ++seen;
      if (other->is_virtual_function()) {
        ++virtual_seen;
        continue;
      }
      physical_seen = true;
      virtual_enabled += virtual_functions_on_bus(*other);
      if (stands_alone_among_several(*other)) ++missing;
    }
    if (virtual_seen != 0 && !physical_seen) ++missing;
    if (virtual_enabled > virtual_seen) missing += virtual_enabled - virtual_seen;
    return seen + missing;
  }

  // "several functions below its port: 0000:01:00.0, 0000:01:00.1 and 2 more"; the first eight have their names.
  const char* name_those_on_bus_of(const Function& function) const {
    if (function.functions_on_bus_ == 1) return "";
    constexpr unsigned most = 8;
    std::string text = function.parent_ != nullptr ? "several functions below its port: " : "several on its bus: ";
    unsigned named = 0;
    for (const auto& other : functions_) {
      if (!same_bus(*other, function) || named == most) continue;
      text += (named++ == 0 ? "" : ", ") + std::string(pci::to_text(other->address()).c_str());
    }
    const unsigned more = function.functions_on_bus_ - named;
    return kept_text(more == 0 ? text : text + " and " + std::to_string(more) + " more");
  }

  // Its header says that its device has several functions, or its number says so, and no other one is here.
  bool stands_alone_among_several(const Function& function) const {
    if ((function.header_type() & pci::header::multi_function) == 0 && function.address().function == 0) return false;
    for (const auto& other : functions_) {
      if (other.get() != &function && same_bus(*other, function) &&
          other->address().device == function.address().device) {
        return false;
      }
    }
    return true;
  }

  // How many of a physical function's virtual functions are enabled, and have its bus number.
  static unsigned virtual_functions_on_bus(const Function& function) {
    const ConfigSpace& config = function.config();
    const std::uint16_t at = config.capabilities().sr_iov;
    if (at == 0 || (config.read(at + pci::sr_iov::control, 2) & pci::sr_iov::vf_enable) == 0) return 0;
    const std::uint32_t number = config.read(at + pci::sr_iov::number_of_vfs, 2);
    const std::uint32_t first = config.read(at + pci::sr_iov::first_vf_offset, 2);
    const std::uint32_t stride = config.read(at + pci::sr_iov::vf_stride, 2);
    unsigned count = 0;
    for (std::uint32_t i = 0; i != number; ++i) {
      const std::uint32_t routing_id = (function.address().routing_id() + first + i * stride) & 0xffff;
      if (routing_id >> 8 == function.address().bus) ++count;
    }
    return count;
  }

  std::unique_ptr<Hardware> hardware_;
  std::vector<std::unique_ptr<Function>> functions_;
};

}  // namespace sim
