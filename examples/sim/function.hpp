// Function: the handle of a simulated function, as drivers, reset methods and the core see it.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "device.hpp"
#include "hardware.hpp"
#include "image.hpp"
#include "pci/function.hpp"
#include "pci/id.hpp"
#include "pci/method_selection.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/reset_flags.hpp"

namespace sim {

// Models pci::Function and rg::ResettableDevice. A port is a function too, with header type 1. Neither copied nor
// moved.
class Function {
 public:
  // The registers behind one BAR. Requires: the function outlives it.
  class Bar {
   public:
    Bar(Device& device, unsigned index) noexcept : device_(&device), index_(index) {}
    Bar(const Bar&) = delete;
    Bar(Bar&& other) noexcept : device_(std::exchange(other.device_, nullptr)), index_(other.index_) {}
    Bar& operator=(const Bar&) = delete;
    Bar& operator=(Bar&& other) noexcept {
      std::swap(device_, other.device_);
      std::swap(index_, other.index_);
      return *this;
    }
    ~Bar() {
      if (device_ != nullptr) device_->unmap(index_);
    }

    std::uint32_t read32(std::uint32_t offset) { return device_->mmio_read(index_, offset); }
    void write32(std::uint32_t offset, std::uint32_t value) { device_->mmio_write(index_, offset, value); }

   private:
    Device* device_;
    unsigned index_;
  };

  rg::ResetState reset_state;
  pci::MethodSelection reset_methods;

  // Requires: `hardware` outlives it.
  Function(Hardware& hardware, const Image& image)
      : device_(std::make_unique<Device>(hardware, image, reset_state)),
        file_(image.file),
        note_(image.note),
        platform_(image.behaviour.platform),
        id_(image.id()),
        class_code_(image.class_code()),
        revision_(image.revision()),
        header_type_(image.header_type()),
        virtual_function_(image.is_virtual_function()),
        requested_(image.requested),
        address_known_(image.address_known),
        on_root_bus_(image.on_root_bus) {}
  Function(const Function&) = delete;
  Function& operator=(const Function&) = delete;

  // --- pci::ConfigAccess ---

  std::uint8_t read8(std::uint16_t offset) const { return static_cast<std::uint8_t>(device_->config_read(offset, 1)); }
  std::uint16_t read16(std::uint16_t offset) const {
    return static_cast<std::uint16_t>(device_->config_read(offset, 2));
  }
  std::uint32_t read32(std::uint16_t offset) const { return device_->config_read(offset, 4); }
  RESET_GUARD_MUST_USE rg::Status write8(std::uint16_t offset, std::uint8_t value) {
    return device_->config_write(offset, 1, value);
  }
  RESET_GUARD_MUST_USE rg::Status write16(std::uint16_t offset, std::uint16_t value) {
    return device_->config_write(offset, 2, value);
  }
  RESET_GUARD_MUST_USE rg::Status write32(std::uint16_t offset, std::uint32_t value) {
    return device_->config_write(offset, 4, value);
  }

  // --- pci::Function ---

  // Errors: no_memory (an injected fault); invalid: there is no such memory BAR.
  RESET_GUARD_MUST_USE rg::Result<Bar> map_bar(unsigned index) {
    RESET_GUARD_CHECK(device_->map(index));
    return Bar(*device_, index);
  }
  Duration now() const noexcept { return device_->now(); }
  void sleep(Duration length) { device_->sleep(length); }
  pci::Id id() const noexcept { return id_; }
  std::uint32_t class_code() const noexcept { return class_code_; }
  Function* parent() noexcept { return parent_; }
  const Function* parent() const noexcept { return parent_; }
  unsigned functions_on_bus() const noexcept { return functions_on_bus_; }
  bool is_virtual_function() const noexcept { return virtual_function_; }
  pci::ResetFlags reset_flags() const noexcept {
    return pci::reset_flags_of(id_, class_code_, revision_, parent_ == nullptr);
  }

  // --- pci/platform.hpp ---

  // Errors of all calls: io (an injected fault).
  bool has_acpi_reset() const noexcept { return platform_.acpi_reset; }
  RESET_GUARD_MUST_USE rg::Status acpi_reset() { return device_->platform(PlatformCall::acpi_reset); }
  bool has_power_control() const noexcept { return platform_.power_control; }
  RESET_GUARD_MUST_USE rg::Status power_off() { return device_->platform(PlatformCall::power_off); }
  RESET_GUARD_MUST_USE rg::Status power_on() { return device_->platform(PlatformCall::power_on); }
  bool has_slot_reset() const noexcept { return platform_.slot_reset; }
  RESET_GUARD_MUST_USE rg::Status reset_slot() { return device_->platform(PlatformCall::slot_reset); }
  const char* functions_beside() const noexcept { return functions_beside_; }
  // A function that is built from a config space has what somebody says of its platform.
  const char* why_none(pci::Lacks what) const noexcept {
    switch (what) {
      case pci::Lacks::port:
        if (!address_known_) return "its file's name has no address, so its port is not known";
        return is_on_root_bus() ? "on a root bus: no port above it" : "its port is not in the input";
      case pci::Lacks::acpi_reset: return "a config space does not tell whether ACPI has a _RST for it";
      case pci::Lacks::power_control: return "a config space does not tell whether the platform can switch its power";
      case pci::Lacks::slot_reset: return "a config space does not tell whether it is in a slot that can be reset";
    }
    return "";
  }

  // --- rg::ResettableDevice ---

  // Blocks the function in the IOMMU; one that still is blocked stays so.
  rg::Status reset_prepare() noexcept { return device_->prepare(); }
  // Unblocks it, unless the outcome is failed. Touches nothing but the IOMMU, so a function that is gone is no matter.
  rg::Status reset_done(rg::Outcome outcome) noexcept { return device_->done(outcome); }
  void reset_trace(const rg::TraceEvent& event) noexcept { device_->trace(event); }

  // See Recorder.
  void take_depth_from(const unsigned* depth) noexcept { device_->take_depth_from(depth); }

  // --- its driver ---

  // What: the driver uses the function, which reads or writes memory by DMA, and keeps something of its user's.
  // Errors: io: blocked (a violation), or bus mastering is off; gone: it does not answer.
  RESET_GUARD_MUST_USE rg::Status use() { return device_->dma(); }

  // --- what the simulation knows ---

  const pci::Address& address() const noexcept { return device_->address(); }
  const std::string& file() const noexcept { return file_; }
  const std::string& note() const noexcept { return note_; }  // how it differs from that file
  bool requested() const noexcept { return requested_; }      // not only there for the topology
  std::uint8_t header_type() const noexcept { return header_type_; }
  bool is_port() const noexcept { return device_->config().is_bridge(); }
  const ConfigSpace& config() const noexcept { return device_->config(); }  // without an operation
  unsigned memory_bars() const noexcept { return device_->memory_bars(); }  // bit n: BAR n can be mapped
  bool blocked() const noexcept { return device_->blocked(); }
  bool gone() const noexcept { return device_->gone(); }
  bool holds_state() const noexcept { return device_->holds_state(); }  // what its last user left
  unsigned resets() const noexcept { return device_->resets(); }        // how often it was reset
  int mapped() const noexcept { return device_->mapped(); }             // how many of its BARs are
  const char* unfit() const { return device_->unfit(); }                // why it must not be handed on; nullptr: it may
  const char* unfit_when_it_left() const noexcept { return device_->unfit_when_it_left(); }
  bool hung() const noexcept { return device_->hung(); }
  Duration unblocked_too_early() const noexcept { return device_->unblocked_too_early(); }
  void tear_out(Duration away = never) noexcept { device_->leave(away); }

 private:
  friend class Fabric;

  // Bus 0 is one in each domain; others are told by sysfs, or by a function that can only be on one.
  // Source: PCI Express Base 6.0, section 7.5.3.2 (Device/Port Type).
  bool is_on_root_bus() const noexcept {
    namespace e = pci::express;
    if (on_root_bus_ || address().bus == 0) return true;
    const std::uint16_t at = config().capabilities().express;
    const std::uint32_t type = at != 0 ? config().read(at + unsigned{e::flags}, 2) & e::type_mask : 0;
    return type == e::root_port || type == e::root_complex_integrated_endpoint ||
           type == e::root_complex_event_collector;
  }

  std::unique_ptr<Device> device_;  // the handle may be const; the hardware behind it goes on
  std::string file_;
  std::string note_;
  Platform platform_;
  pci::Id id_;
  std::uint32_t class_code_;
  std::uint8_t revision_;
  std::uint8_t header_type_;
  bool virtual_function_;
  bool requested_;
  bool address_known_;
  bool on_root_bus_;
  std::size_t index_ = 0;
  Function* parent_ = nullptr;
  std::vector<const Function*> below_;
  unsigned functions_on_bus_ = 1;
  const char* functions_beside_ = "";
};

static_assert(pci::Located<Function>);
static_assert(pci::AcpiResettable<Function> && pci::PowerControlled<Function> && pci::SlotResettable<Function>);

}  // namespace sim
