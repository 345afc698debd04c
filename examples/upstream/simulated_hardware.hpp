// SimulatedHardware: a simulated function as upstream/ sees it. Its resets are counted, struck by faults, logged and
// held against the rules like those of the library.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cerrno>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "hardware.hpp"
#include "sim/function.hpp"

namespace upstream {

namespace rg = reset_guard;

// What upstream's code says, as events of the core:
//
//   prepare            the hook `prepare` where the IOMMU is asked to block, then `prepared`; and `entered`, with the
//                      name of the method. A prepare that is refused without a call of the hook: `refused`
//   done               `finished`, verified for 0 and failed for any errno; then the hook `done` where the IOMMU is
//                      asked to unblock, which is told the same, but `released` in place of `failed`, since it
//                      unblocks; and the trace `done`
//   a line in the log  `failure`
//
// Depth is how many pairs are open, also in the versions that do not count.
class SimulatedHardware final : public Hardware {
 public:
  // Requires: `function` outlives it, and no other one is made for it meanwhile. The capabilities are found now.
  explicit SimulatedHardware(sim::Function& function) : function_(function), found_(enumerate(function)) {
    if (function.parent() != nullptr) port_ = std::make_unique<SimulatedHardware>(*function.parent());
    function_.take_depth_from(&depth_);
  }
  SimulatedHardware(const SimulatedHardware&) = delete;
  SimulatedHardware& operator=(const SimulatedHardware&) = delete;
  ~SimulatedHardware() { function_.take_depth_from(nullptr); }

  const Enumerated& enumerated() const override { return found_; }
  Hardware* port() override { return port_.get(); }

  int read_config(unsigned offset, unsigned width, std::uint32_t& value) override {
    const auto at = static_cast<std::uint16_t>(offset);
    switch (width) {
      case 1: value = function_.read8(at); return 0;
      case 2: value = function_.read16(at); return 0;
      case 4: value = function_.read32(at); return 0;
      default: return -EINVAL;
    }
  }

  int write_config(unsigned offset, unsigned width, std::uint32_t value) override {
    const auto at = static_cast<std::uint16_t>(offset);
    switch (width) {
      case 1: return as_int(function_.write8(at, static_cast<std::uint8_t>(value)));
      case 2: return as_int(function_.write16(at, static_cast<std::uint16_t>(value)));
      case 4: return as_int(function_.write32(at, value));
      default: return -EINVAL;
    }
  }

  // One BAR at a time; accesses need it mapped.
  int map(unsigned bar) override {
    auto mapped = function_.map_bar(bar);
    if (mapped.failed()) return as_int(std::move(mapped).error());
    bar_.emplace(std::move(mapped).take());
    return 0;
  }
  void unmap(unsigned /*bar*/) override { bar_.reset(); }
  std::uint32_t read_mmio(unsigned /*bar*/, std::uint32_t offset) override { return bar_->read32(offset); }
  void write_mmio(unsigned /*bar*/, std::uint32_t offset, std::uint32_t value) override {
    bar_->write32(offset, value);
  }

  std::int64_t now_us() override { return function_.now().count(); }
  void sleep_ms(unsigned length) override { function_.sleep(std::chrono::milliseconds(length)); }

  int block() override {
    hook_answer_ = as_int(function_.reset_prepare());
    trace(rg::TraceKind::prepared, *hook_answer_, "prepare", nullptr, *hook_answer_ == 0 ? depth_ : 0);
    return *hook_answer_;
  }

  int unblock() override {
    hook_answer_ = as_int(function_.reset_done(told_));
    return *hook_answer_;
  }

  void entering(const char* /*who*/) override {
    hook_answer_.reset();
    ++depth_;
  }

  void entered(const char* who, int result) override {
    if (result == 0) return trace(rg::TraceKind::entered, 0, who, who, depth_);
    --depth_;
    if (!hook_answer_) trace(rg::TraceKind::refused, result, who, nullptr, depth_);
  }

  void leaving(const char* who, int result) override {
    told_ = result == 0 ? rg::Outcome::verified : rg::Outcome::released;
    hook_answer_.reset();
    trace(rg::TraceKind::finished, result, who, nullptr, depth_,
          result == 0 ? rg::Outcome::verified : rg::Outcome::failed);
    --depth_;
  }

  void left(const char* /*who*/) override {
    if (hook_answer_) trace(rg::TraceKind::done, *hook_answer_, "done", nullptr, depth_, told_);
  }

  void logs(const char* who, const char* what, int result) override {
    ++logged_;
    trace(rg::TraceKind::failure, result, what, who, depth_);
  }

  unsigned depth() const noexcept { return depth_; }    // open pairs
  unsigned logged() const noexcept { return logged_; }  // lines in the kernel's log

 private:
  static Enumerated enumerate(const sim::Function& function) {
    const sim::ConfigSpace& config = function.config();
    const sim::CapabilityOffsets& at = config.capabilities();
    const pci::ResetFlags flags = function.reset_flags();
    Enumerated found;
    found.id = function.id();
    found.class_code = function.class_code();
    found.is_bridge = function.is_port();
    found.functions_on_bus = function.functions_on_bus();
    found.bars = function.memory_bars();
    found.express = at.express;
    found.power_management = at.power_management;
    found.msi_x = at.msi_x;
    found.advanced_features = at.advanced_features;
    found.cxl_port = at.cxl_port;
    if (at.express != 0) {
      found.device_capabilities = config.read(at.express + pci::express::device_capabilities, 4);
    }
    found.no_flr = flags.no_flr;
    found.no_pm_reset = flags.no_pm_reset;
    found.no_bus_reset = flags.no_bus_reset;
    return found;
  }

  static int as_int(const rg::Error& error) noexcept { return error.native() < 0 ? error.native() : -EIO; }
  static int as_int(rg::Status status) noexcept {
    if (!status.failed()) return 0;
    return as_int(std::move(status).error());
  }

  static rg::Errc code_of(int result) noexcept {
    switch (result) {
      case -ENOTTY: return rg::Errc::unsupported;
      case -EBUSY: return rg::Errc::busy;
      case -ENOMEM: return rg::Errc::no_memory;
      case -ETIMEDOUT: return rg::Errc::timed_out;
      case -EINVAL: return rg::Errc::invalid;
      case -ENODEV: return rg::Errc::gone;
      default: return rg::Errc::io;
    }
  }

  void trace(rg::TraceKind kind, int result, const char* what, const char* step, unsigned depth,
             rg::Outcome outcome = rg::Outcome::failed) {
    const rg::Error error(code_of(result), result, rg::Literal::unchecked(what));
    function_.reset_trace({kind, depth, outcome, result != 0 ? &error : nullptr, step});
  }

  sim::Function& function_;
  const Enumerated found_;
  std::unique_ptr<SimulatedHardware> port_;
  std::optional<sim::Function::Bar> bar_;
  unsigned depth_ = 0;
  unsigned logged_ = 0;
  rg::Outcome told_ = rg::Outcome::failed;
  std::optional<int> hook_answer_;  // since prepare or done was called last
};

}  // namespace upstream
