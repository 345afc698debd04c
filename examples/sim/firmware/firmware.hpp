// Firmware: what a device does behind BAR 0, on the virtual clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "../clock.hpp"
#include "../config_space.hpp"

namespace sim {

enum class ResetKind : std::uint8_t { flr, af_flr, pm, bus, slot, acpi, power_cycle, firmware, cxl };

constexpr const char* to_string(ResetKind kind) noexcept {
  switch (kind) {
    case ResetKind::flr: return "flr";
    case ResetKind::af_flr: return "af_flr";
    case ResetKind::pm: return "pm";
    case ResetKind::bus: return "bus";
    case ResetKind::slot: return "slot";
    case ResetKind::acpi: return "acpi";
    case ResetKind::power_cycle: return "power cycle";
    case ResetKind::firmware: return "firmware";
    case ResetKind::cxl: return "cxl_reset";
  }
  return "?";
}

// What an MMIO write set going.
struct MmioEffect {
  bool resets = false;              // the function loses its state; config space stays
  const char* violation = nullptr;  // a rule of the device that the write broke
};

// What comes of a CXL reset that was asked for. `lies`: it says that it is complete, and has reset nothing.
enum class CxlReset : std::uint8_t { completes, fails, lies };

class Firmware;
struct FirmwareOptions;

// How each kind of firmware is made: a value, so that a table can say which kind a device has.
using MakeFirmware = std::unique_ptr<Firmware> (*)(const FirmwareOptions&);
template <class Kind>
std::unique_ptr<Firmware> make_firmware(const FirmwareOptions& options) {
  return std::make_unique<Kind>(options);
}

struct FirmwareOptions {
  MakeFirmware make = make_firmware<Firmware>;
  Duration answers_after = std::chrono::milliseconds(150);
  bool hinic_flr_capable = true;         // it says that it takes part in an FLR
  std::uint8_t nvme_timeout_units = 15;  // CAP.TO, in units of 500 ms
  bool nvme_dies_when_enabled = false;   // an FLR of the enabled controller makes it unreachable, as Samsung's SM961
  CxlReset cxl_reset = CxlReset::completes;
};

// The base, and at once a device whose registers are plain memory that a reset clears.
class Firmware {
 public:
  explicit Firmware(const FirmwareOptions& options) noexcept
      : usual_answers_after_(options.answers_after),
        answers_after_(options.answers_after),
        cxl_reset_(options.cxl_reset) {}
  Firmware(const Firmware&) = delete;
  Firmware& operator=(const Firmware&) = delete;
  virtual ~Firmware() = default;

  virtual std::uint32_t read(std::uint32_t offset, Duration) {
    for (const auto& [at, value] : memory_) {
      if (at == offset) return value;
    }
    return 0;
  }

  virtual MmioEffect write(std::uint32_t offset, std::uint32_t value, Duration) {
    for (auto& [at, stored] : memory_) {
      if (at != offset) continue;
      stored = value;
      return {};
    }
    memory_.emplace_back(offset, value);
    return {};
  }

  // A config write has reached the function.
  virtual void config_written(std::uint32_t /*offset*/, Duration) {}

  // Whether the function comes back from a reset; `config` is as it was before.
  virtual bool survives(const ConfigSpace& /*config*/, ResetKind, Duration) { return true; }

  // The function was reset.
  virtual void was_reset(ResetKind kind, Duration) {
    memory_.clear();
    if (kind != ResetKind::cxl) cxl_reset_started_ = never;
  }

  // What the device still has to do before it may be used; nullptr: nothing.
  virtual const char* unfinished(Duration now) {
    return cxl_reset_started_ != never && !answered(cxl_reset_started_, now) ? "its CXL reset goes on" : nullptr;
  }

  virtual const char* name(std::uint32_t /*offset*/) const noexcept { return nullptr; }

  // Brings the device's own work up to `now`.
  virtual void advance(Duration) {}

  // A CXL reset was asked for, of this function, which is Function 0.
  // Returns: whether the device does it.
  bool start_cxl_reset(Duration now) noexcept {
    cxl_reset_started_ = now;
    return cxl_reset_ == CxlReset::completes;
  }
  // The bits of CXL Status2 that tell of it.
  std::uint16_t cxl_status(Duration now) const noexcept {
    if (cxl_reset_started_ == never || !answered(cxl_reset_started_, now)) return 0;
    return cxl_reset_ == CxlReset::fails ? pci::cxl_device::reset_error : pci::cxl_device::reset_complete;
  }

  // How long the device takes to do what it was asked. A change acts on what it is doing, too.
  void answer_later(Duration more) noexcept { answers_after_ = later(answers_after_, more); }
  void never_answer() noexcept { answers_after_ = never; }
  void repair() noexcept { answers_after_ = usual_answers_after_; }

 protected:
  // Whether something that was asked for at `start` is done.
  bool answered(Duration start, Duration now) const noexcept { return later(start, answers_after_) <= now; }

 private:
  std::vector<std::pair<std::uint32_t, std::uint32_t>> memory_;
  Duration usual_answers_after_;
  Duration answers_after_;
  CxlReset cxl_reset_;
  Duration cxl_reset_started_ = never;
};

}  // namespace sim
