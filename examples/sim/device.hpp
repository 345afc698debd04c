// Device: the hardware of one function. Every operation on it is counted, may be struck by a fault, takes virtual time,
// is logged, and is held against the rules: what breaks one is a violation.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "bars.hpp"
#include "condition.hpp"
#include "config_space.hpp"
#include "faults.hpp"
#include "firmware/firmware.hpp"
#include "hardware.hpp"
#include "image.hpp"
#include "pci/cxl.hpp"
#include "pci/wait.hpp"
#include "recorder.hpp"

namespace sim {

class Device : public Recorder {
 public:
  // Requires: `hardware` and `state` outlive it.
  Device(Hardware& hardware, const Image& image, const rg::ResetState& state)
      : Recorder(hardware, state, image.address),
        config_(image.bytes(), image.is_virtual_function()),
        firmware_(image.behaviour.firmware.make(image.behaviour.firmware)),
        condition_(image.behaviour),
        bars_(config_, image.is_virtual_function()),
        unreported_flr_(image.behaviour.unreported_flr),
        virtual_function_(image.is_virtual_function()) {}
  Device(const Device&) = delete;
  Device& operator=(const Device&) = delete;

  // --- operations ---

  std::uint32_t config_read(std::uint32_t offset, unsigned width) {
    const unsigned struck = pass(Operation::config_read, offset);
    Event event = begin(EventKind::config_read, offset, width, config_.name(offset));
    check_left_alone();
    deliver();
    event.after = ones(width);
    if (struck == 0 && answers()) {
      const bool pending = condition_.transactions_pending(now());
      event.after = config_.visible(offset, width, pending, firmware_->cxl_status(now()));
    }
    event.before = event.after;
    end(event);
    return event.after;
  }

  RESET_GUARD_MUST_USE rg::Status config_write(std::uint32_t offset, unsigned width, std::uint32_t value) {
    const unsigned struck = pass(Operation::config_write, offset);
    if ((struck & bit(FaultKind::write_fails)) != 0) return rg::Error(rg::Errc::io, -5, "config write");
    Event event = begin(EventKind::config_write, offset, width, config_.name(offset));
    check_left_alone();
    deliver();
    if (!answers() || (struck & bit(FaultKind::write_ignored)) != 0) {
      lose(event, value);
      return rg::ok();
    }
    event.before = config_.read(offset, width);
    event.written = value;
    const std::uint16_t command = config_.command();
    const WriteEffect effect = config_.write(offset, width, value);
    event.after = config_.read(offset, width);
    end(event);
    constexpr unsigned in_use = pci::command::memory_space | pci::command::bus_master;
    if ((config_.command() & ~command & in_use) != 0) check_settled();
    firmware_->config_written(offset, now());
    take(effect);
    return rg::ok();
  }

  RESET_GUARD_MUST_USE rg::Status map(unsigned index) {
    if (pass(Operation::map, index) != 0) return rg::Error(rg::Errc::no_memory, -12, "map BAR");
    if (!bars_.present(index)) return rg::Error(rg::Errc::invalid, -22, "map BAR");
    bars_.map();
    end(begin(EventKind::map, index));
    return rg::ok();
  }

  void unmap(unsigned index) {
    bars_.unmap();
    end(begin(EventKind::unmap, index));
  }

  std::uint32_t mmio_read(unsigned index, std::uint32_t offset) {
    const unsigned struck = pass(Operation::mmio_read, offset);
    Event event = begin(EventKind::mmio_read, offset, 4, firmware_->name(offset));
    check_left_alone();
    check_settled();
    deliver();
    event.after = ones(4);
    if ((struck & bit(FaultKind::reads_ones)) == 0 && reaches(index)) {
      event.after = index == 0 && struck == 0 ? firmware_->read(offset, now()) : 0;
    }
    event.before = event.after;
    end(event);
    return event.after;
  }

  void mmio_write(unsigned index, std::uint32_t offset, std::uint32_t value) {
    const unsigned struck = pass(Operation::mmio_write, offset);
    Event event = begin(EventKind::mmio_write, offset, 4, firmware_->name(offset));
    check_left_alone();
    check_settled();
    deliver();
    if (!reaches(index) || index != 0 || (struck & bit(FaultKind::write_ignored)) != 0) return lose(event, value);
    event.before = firmware_->read(offset, now());
    event.written = value;
    if ((struck & bit(FaultKind::write_late)) != 0) {
      event.after = event.before;
      end(event);
      posted_.push_back({offset, value});
      return;
    }
    const MmioEffect effect = firmware_->write(offset, value, now());
    event.after = firmware_->read(offset, now());
    end(event);
    act_on(effect);
  }

  void sleep(Duration length) {
    Event event = begin(EventKind::sleep);
    event.length = length;
    end(event);
    hardware_.clock.advance(length);
  }

  // The platform does something for the function.
  RESET_GUARD_MUST_USE rg::Status platform(PlatformCall call) {
    const unsigned struck = pass(Operation::platform, static_cast<std::uint32_t>(call));
    const bool refused = (struck & bit(FaultKind::platform_fails)) != 0;
    Event event = begin(EventKind::platform, 0, 0, to_string(call));
    if (refused) event.text = "the platform cannot";
    end(event);
    if (refused) return rg::Error(rg::Errc::io, -5, to_string(call));
    if ((struck & bit(FaultKind::platform_does_nothing)) != 0) return rg::ok();
    switch (call) {
      case PlatformCall::acpi_reset:
        if (!condition_.gone() && condition_.powered()) reset(ResetKind::acpi, pci::reset_recovery_time);
        break;
      case PlatformCall::power_off: for_each_in_slot([](Device& device) { device.power_off(); }); break;
      case PlatformCall::power_on: for_each_in_slot([](Device& device) { device.power_on(); }); break;
      case PlatformCall::slot_reset: reset_slot(); break;
    }
    return rg::ok();
  }

  // --- the fence ---

  RESET_GUARD_MUST_USE rg::Status prepare() {
    const bool fails = pass(Operation::prepare, 0) != 0;
    Event event = begin(EventKind::prepare);
    if (fails) event.text = "no memory for the blocking domain";
    end(event);
    if (fails) return rg::Error(rg::Errc::no_memory, -12, "prepare");
    const bool was_blocked = blocked();
    RESET_GUARD_CHECK(hardware_.iommu.block(slot_));
    if (!was_blocked) end(begin(EventKind::iommu_block));
    return rg::ok();
  }

  RESET_GUARD_MUST_USE rg::Status done(rg::Outcome outcome) {
    const unsigned struck = pass(Operation::done, 0);
    const bool unfenced = (struck & bit(FaultKind::done_unfenced)) != 0;
    Event event = begin(EventKind::done);
    event.outcome = outcome;
    if (struck != 0) event.text = unfenced ? "the block was lost" : "the domain could not be attached";
    end(event);
    if (outcome == rg::Outcome::verified) check_verified();
    hardware_.iommu.keep_blocked(slot_);  // unless it is unblocked below
    if (struck != 0 && !unfenced) return rg::Error(rg::Errc::no_memory, -12, "done");
    if (outcome != rg::Outcome::failed || unfenced) {
      if (blocked() && resets_ != 0 && unfit() != nullptr) unblocked_too_early_ = now();
      RESET_GUARD_CHECK(hardware_.iommu.unblock(slot_));
      end(begin(EventKind::iommu_unblock));
    }
    if (unfenced) return rg::Error(rg::Errc::unfenced, -12, "done");
    return rg::ok();
  }

  // The function's driver lets it read or write memory.
  RESET_GUARD_MUST_USE rg::Status dma() {
    catch_up();
    if (!hardware_.iommu.dma(slot_)) {
      end(begin(EventKind::iommu_fault));
      violation("used while blocked");
      return rg::Error(rg::Errc::io, -14, "dma: blocked");
    }
    if (!answers()) return rg::Error(rg::Errc::gone, -19, "dma");
    if ((config_.command() & pci::command::bus_master) == 0) {
      return rg::Error(rg::Errc::io, -5, "dma: no bus mastering");
    }
    check_settled();
    end(begin(EventKind::dma));
    condition_.gain_state();
    return rg::ok();
  }

  // --- what the simulation knows ---

  const ConfigSpace& config() const noexcept { return config_; }
  unsigned memory_bars() const noexcept { return bars_.present(); }
  bool gone() const noexcept { return condition_.gone(); }
  bool holds_state() const noexcept { return condition_.holds_state(); }
  unsigned resets() const noexcept { return resets_; }
  int mapped() const noexcept { return bars_.mapped(); }

  // Why it must not be handed on to its next user; nullptr: nothing is against it.
  const char* unfit() {
    catch_up();
    if (condition_.gone()) return "it is gone";
    if (condition_.holds_state()) return "it still holds what its last user left";
    if (!answers()) return "it does not answer";
    if (const char* work = firmware_->unfinished(now()); work != nullptr) return work;
    if (!condition_.settled(now())) return "it has not settled after its reset";
    return nullptr;
  }
  const char* unfit_when_it_left() const noexcept { return unfit_when_it_left_; }
  bool hung() const noexcept { return hung_; }  // in a reset that its firmware does not survive, once at least
  // When the block was lifted from a function that was not over its reset. `never`: at no time.
  Duration unblocked_too_early() const noexcept { return unblocked_too_early_; }

  // The faults are over, and what they did to the hardware; what software left behind stays.
  void repair() {
    condition_.repair(now());
    firmware_->repair();
    catch_up();
  }

  void leave(Duration away) noexcept {
    unfit_when_it_left_ = unfit();
    condition_.lose_state();
    condition_.leave(now(), away);
  }
  void put_below(Device& port) {
    port_ = &port;
    port.below_.push_back(this);
  }

 private:
  static constexpr std::uint32_t ones(unsigned width) noexcept { return 0xffffffffu >> (32 - 8 * width); }
  static constexpr unsigned bit(FaultKind kind) noexcept { return 1u << static_cast<unsigned>(kind); }

  void act_on(const MmioEffect& effect) {
    if (effect.violation != nullptr) violation(effect.violation);
    if (effect.resets) reset(ResetKind::firmware, Duration{});
  }

  // Posted writes that are late arrive before what is read behind them.
  void deliver() {
    for (const PostedWrite& write : std::exchange(posted_, {})) {
      if (reaches(0)) act_on(firmware_->write(write.offset, write.value, now()));
    }
  }

  // A write that reaches nothing.
  void lose(Event event, std::uint32_t value) {
    event.kind = EventKind::write_lost;
    event.written = value;
    end(event);
  }

  // --- rules ---

  void check_left_alone() {
    if (!condition_.gone() && condition_.must_be_left_alone(now())) violation("spoken to too soon after its reset");
  }
  void check_settled() {
    if (!condition_.gone() && !condition_.settled(now())) violation("used before it had settled after its reset");
  }
  void check_verified() {
    if (condition_.gone()) return;
    if (condition_.holds_state()) violation("called verified, and still holds what its last user left");
    if (condition_.recovering(now())) violation("called verified, and does not answer");
    if (const char* work = firmware_->unfinished(now()); work != nullptr) violation(work);
    check_settled();
  }

  // --- presence ---

  bool answers() const noexcept {
    if (port_ != nullptr && !(port_->answers() && port_->config_.routes(address_.bus))) return false;
    return condition_.answers(now());
  }
  bool reaches(unsigned index) const noexcept {
    if (!answers() || config_.power_state() != pci::power_management::d0) return false;
    if (virtual_function_) return true;
    return (config_.command() & pci::command::memory_space) != 0 &&
           (config_.bar(index) & ~pci::base_address::flags_mask) != 0;
  }

  // What has happened by itself since the last operation.
  void catch_up() {
    if (condition_.comes_back(now())) {
      note(EventKind::returned);
      apply_reset(ResetKind::power_cycle, Duration{});
    }
    firmware_->advance(now());
  }

  // --- faults ---

  // Counts an operation. Returns the faults of this operation alone, as bits.
  unsigned pass(Operation operation, std::uint32_t offset) {
    catch_up();
    unsigned struck = 0;
    hardware_.faults.pass({operation, address_, offset}, config_.is_bridge(), [&](const Fault& fault) {
      Event event = begin(EventKind::fault, offset, 0, register_name(operation, offset));
      event.text = to_string(fault.kind).data();
      end(event);
      if (lasts(fault.kind)) {
        suffer(fault);
      } else {
        struck |= bit(fault.kind);
      }
    });
    return struck;
  }

  // Of the register that an operation accesses, where it is known.
  const char* register_name(Operation operation, std::uint32_t offset) const noexcept {
    switch (operation) {
      case Operation::config_read:
      case Operation::config_write: return config_.name(offset);
      case Operation::mmio_read:
      case Operation::mmio_write: return firmware_->name(offset);
      case Operation::platform: return to_string(static_cast<PlatformCall>(offset));
      default: return nullptr;
    }
  }

  void suffer(const Fault& fault) {
    const bool leaves = fault.kind == FaultKind::gone || fault.kind == FaultKind::gone_and_back;
    if (config_.is_bridge() && !leaves) {  // what a port is asked to do, the functions below it do
      for (Device* device : below_) device->suffer(fault);
      return;
    }
    switch (fault.kind) {
      case FaultKind::transactions_pending: return condition_.keep_pending(now(), fault.length);
      case FaultKind::never_ready: return condition_.be_ready_later(now(), never);
      case FaultKind::ready_late: return condition_.be_ready_later(now(), fault.length);
      case FaultKind::firmware_silent: return firmware_->never_answer();
      case FaultKind::firmware_late: return firmware_->answer_later(fault.length);
      case FaultKind::gone: return leave(never);
      case FaultKind::gone_and_back: return leave(fault.length);
      default: return;
    }
  }

  // --- resets ---

  void take(const WriteEffect& effect) {
    if (effect.initiates_flr) {
      if (config_.flr_capable() || unreported_flr_) {
        reset(ResetKind::flr, pci::reset_recovery_time);
      } else {
        note(EventKind::reset_ignored, "the function has no FLR");
      }
    }
    if (effect.initiates_af_flr) {
      if (config_.af_flr_capable()) {
        reset(ResetKind::af_flr, pci::reset_recovery_time);
      } else {
        note(EventKind::reset_ignored, "the function has no AF FLR");
      }
    }
    if (effect.initiates_cxl_reset) {
      if (config_.cxl_reset_capable()) {
        if (firmware_->start_cxl_reset(now())) reset_cxl_functions();
      } else {
        note(EventKind::reset_ignored, "the device is not CXL Reset Capable");
      }
    }
    if (effect.enters_d0) {
      if (config_.soft_reset_by_power_state()) {
        reset(ResetKind::pm, pci::power_transition_time);
      } else {
        note(EventKind::reset_ignored, "NoSoftRst is set: going through D3hot does not reset");
      }
    }
    if (effect.asserts_bus_reset) {
      if (config_.bus_reset_masked()) {
        note(EventKind::reset_ignored, "the CXL port masks the secondary bus reset");
      } else {
        for (Device* device : below_) device->hold_in_reset();
      }
    }
    if (effect.releases_bus_reset) {
      for (Device* device : below_) device->release_from_reset();
    }
  }

  void check_fenced() {
    if (!blocked() && !config_.is_bridge()) violation("reset while not blocked");
  }

  void reset(ResetKind kind, Duration quiet) {
    check_fenced();
    apply_reset(kind, quiet);
  }

  void apply_reset(ResetKind kind, Duration quiet) {
    ++resets_;
    note(EventKind::reset, to_string(kind));
    const bool comes_back = firmware_->survives(config_, kind, now());
    hung_ |= !comes_back;
    firmware_->was_reset(kind, now());
    if (kind == ResetKind::firmware) return condition_.lose_state();
    config_.reset();
    condition_.was_reset(now(), quiet, comes_back, kind == ResetKind::flr || kind == ResetKind::af_flr);
  }

  // This is Function 0: its map says which of its siblings are spared.
  void reset_cxl_functions() {
    auto read = pci::NonCxlFunctions::read(ConfigView(config_.bytes()));
    if (read.failed()) {
      std::move(read).discard("a broken list was refused when the image was made");
      return;
    }
    const pci::NonCxlFunctions spared = std::move(read).take();
    for_each_in_slot([&spared](Device& device) {
      if (!spared.contains(device.address_)) device.reset(ResetKind::cxl, pci::reset_recovery_time);
    });
  }

  void hold_in_reset() {
    if (condition_.held()) return;
    condition_.hold(now());
    note(EventKind::reset_held);
    check_fenced();
    for (Device* device : below_) device->hold_in_reset();
  }

  void release_from_reset() {
    if (!condition_.held()) return;
    const bool long_enough = condition_.held_for(now()) >= std::chrono::milliseconds(1);
    condition_.let_go();
    for (Device* device : below_) device->release_from_reset();
    if (long_enough) return apply_reset(ResetKind::bus, pci::reset_recovery_time);
    note(EventKind::reset_ignored, "the bus was held in reset for less than 1 ms");
    violation("bus reset shorter than 1 ms");
  }

  // --- the platform ---

  // All functions of its device, and so of its slot. The platform calls one of them, and means the slot.
  template <class Act>
  void for_each_in_slot(Act act) {
    if (port_ == nullptr) return act(*this);
    for (Device* device : port_->below_) {
      if (device->address_.bus == address_.bus && device->address_.device == address_.device) act(*device);
    }
  }

  void power_off() {
    if (condition_.gone() || !condition_.powered()) return;
    condition_.power_off();
    note(EventKind::power_off);
    check_fenced();
  }

  void power_on() {
    if (condition_.powered()) return;
    condition_.power_on();
    if (!condition_.gone()) apply_reset(ResetKind::power_cycle, pci::reset_recovery_time);
  }

  // The slot's controller uses the port's reset.
  void reset_slot() {
    if (port_ != nullptr && port_->config_.bus_reset_masked()) {
      return note(EventKind::reset_ignored, "the CXL port masks the secondary bus reset");
    }
    for_each_in_slot([](Device& device) {
      if (!device.condition_.gone() && device.condition_.powered()) {
        device.reset(ResetKind::slot, pci::reset_recovery_time);
      }
    });
  }

  ConfigSpace config_;
  std::unique_ptr<Firmware> firmware_;
  Condition condition_;
  Bars bars_;
  const bool unreported_flr_;
  const bool virtual_function_;
  unsigned resets_ = 0;
  Duration unblocked_too_early_ = never;
  const char* unfit_when_it_left_ = nullptr;
  bool hung_ = false;
  struct PostedWrite {
    std::uint32_t offset;
    std::uint32_t value;
  };
  std::vector<PostedWrite> posted_;
  Device* port_ = nullptr;
  std::vector<Device*> below_;
};

}  // namespace sim
