// Faults: the one place that every hardware operation passes, where it is counted and may be made to fail.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "clock.hpp"
#include "pci/id.hpp"

namespace sim {

// What is counted. A sleep is not: whatever strikes during it is seen by the next operation. `platform`: a call of the
// platform, which PlatformCall says; in Performed and Fault its number is the `offset`.
enum class Operation : std::uint8_t { config_read, config_write, mmio_read, mmio_write, map, platform, prepare, done };

// What a platform can be asked to do for a function.
enum class PlatformCall : std::uint8_t { acpi_reset, power_off, power_on, slot_reset };

constexpr reset_guard::Literal to_string(PlatformCall call) noexcept {
  switch (call) {
    case PlatformCall::acpi_reset: return "ACPI _RST";
    case PlatformCall::power_off: return "power off";
    case PlatformCall::power_on: return "power on";
    case PlatformCall::slot_reset: return "slot reset";
  }
  return "?";
}

enum class FaultKind : std::uint8_t {
  // Of single operations.
  write_fails,            // a config write is refused by the platform, and does not reach the device
  reads_ones,             // a config or MMIO read gives all ones
  status_lies,            // an MMIO read gives 0, which most status registers read when all is done
  write_ignored,          // a config or MMIO write does not reach the device, and nobody is told
  write_late,             // an MMIO write, which is posted, arrives with the next MMIO read or access to config space
  map_fails,              // a BAR cannot be mapped
  platform_fails,         // a call of the platform is refused, and nothing is done
  platform_does_nothing,  // a call of the platform answers success, and nothing is done
  prepare_fails,          // nothing is blocked
  done_fails,             // the block stays
  done_unfenced,          // done fails, and the block is lost
  // From an operation on.
  transactions_pending,  // for `length`; without end if that is 0
  never_ready,           // after its next reset, or the one that it is still recovering from
  ready_late,            // by `length`
  firmware_silent,
  firmware_late,  // by `length`
  gone,
  gone_and_back,  // after `length`, having lost its state
};

// The name by which a user asks for a fault, and what people are told where it strikes.
struct FaultName {
  std::string_view name;
  FaultKind kind;
  const char* sentence;  // with the usual length
};

inline constexpr std::array<FaultName, 18> fault_names{{
    {"config-write", FaultKind::write_fails, "the platform refuses the write"},
    {"reads-ones", FaultKind::reads_ones, "this read gives all ones"},
    {"status-lies", FaultKind::status_lies, "this register reads 0"},
    {"write-ignored", FaultKind::write_ignored, "this write is lost"},
    {"write-late", FaultKind::write_late, "this write arrives late"},
    {"map", FaultKind::map_fails, "its registers cannot be mapped"},
    {"platform", FaultKind::platform_fails, "the platform refuses the call"},
    {"platform-nothing", FaultKind::platform_does_nothing, "the platform reports success and does nothing"},
    {"prepare", FaultKind::prepare_fails, "prepare cannot block the device"},
    {"done", FaultKind::done_fails, "done cannot give the device its memory access back"},
    {"done-unfenced", FaultKind::done_unfenced, "done fails, and loses the block"},
    {"pending", FaultKind::transactions_pending, "transactions stay pending"},
    {"never-ready", FaultKind::never_ready, "it will not be ready again"},
    {"ready-late", FaultKind::ready_late, "it will be ready again 20 s late"},
    {"firmware-silent", FaultKind::firmware_silent, "its firmware answers no more"},
    {"firmware-late", FaultKind::firmware_late, "its firmware answers 20 s late"},
    {"gone", FaultKind::gone, "it leaves the bus"},
    {"gone-and-back", FaultKind::gone_and_back, "it leaves the bus for 20 s"},
}};

constexpr std::string_view to_string(FaultKind kind) noexcept {
  return fault_names[static_cast<std::size_t>(kind)].name;
}

constexpr std::optional<FaultKind> fault_by_name(std::string_view name) noexcept {
  for (const FaultName& entry : fault_names) {
    if (entry.name == name) return entry.kind;
  }
  return std::nullopt;
}

constexpr const char* fault_sentence(std::string_view name) noexcept {
  for (const FaultName& entry : fault_names) {
    if (entry.name == name) return entry.sentence;
  }
  return "?";
}

// Whether the fault is a state of the function from then on.
constexpr bool lasts(FaultKind kind) noexcept { return kind >= FaultKind::transactions_pending; }

// Whether the fault can strike in such an operation.
constexpr bool fits(FaultKind kind, Operation operation) noexcept {
  switch (kind) {
    case FaultKind::write_fails: return operation == Operation::config_write;
    case FaultKind::reads_ones: return operation == Operation::config_read || operation == Operation::mmio_read;
    case FaultKind::status_lies: return operation == Operation::mmio_read;
    case FaultKind::write_ignored: return operation == Operation::config_write || operation == Operation::mmio_write;
    case FaultKind::write_late: return operation == Operation::mmio_write;
    case FaultKind::map_fails: return operation == Operation::map;
    case FaultKind::platform_fails:
    case FaultKind::platform_does_nothing: return operation == Operation::platform;
    case FaultKind::prepare_fails: return operation == Operation::prepare;
    case FaultKind::done_fails:
    case FaultKind::done_unfenced: return operation == Operation::done;
    default: return true;
  }
}

// How long a fault with a length lasts when none is given: longer than every deadline of a firmware, shorter than that
// of a device that recovers.
inline constexpr Duration usual_fault_length = std::chrono::seconds(20);

struct Fault {
  FaultKind kind;
  std::uint64_t at = 0;     // the operation that it strikes in; 0: the first that fits
  std::uint64_t times = 1;  // how many operations of those that fit; 0: all. Not for what lasts
  Duration length = usual_fault_length;
  std::optional<pci::Address> function{};  // only this one. Without it and without `at`: any that is not a port
  std::optional<std::uint32_t> offset{};   // only this register
};

// One operation as it was performed, for who wants to strike in each.
struct Performed {
  Operation operation;
  pci::Address function;
  std::uint32_t offset;
};

class Faults {
 public:
  // Arms a fault. A fault with `at` whose operation does not fit never strikes.
  void arm(const Fault& fault) { armed_.push_back(Armed{fault, 0}); }
  void arm(FaultKind kind) { arm(Fault{.kind = kind}); }
  void arm_at(std::uint64_t operation, FaultKind kind) { arm(Fault{.kind = kind, .at = operation}); }
  void disarm() noexcept { armed_.clear(); }

  std::uint64_t operations() const noexcept { return count_; }  // how many there have been
  std::uint64_t struck() const noexcept { return struck_; }     // how often a fault has struck

  // Keeps a list of the operations; a clean run's list says where each fault kind can strike.
  void record_operations(bool on) noexcept { recording_ = on; }
  const std::vector<Performed>& performed() const noexcept { return performed_; }

  // Counts an operation. `strikes(fault)` is called for each fault that strikes in it.
  template <class Strikes>
  void pass(const Performed& operation, bool of_port, Strikes strikes) {
    ++count_;
    if (recording_) performed_.push_back(operation);
    for (Armed& armed : armed_) {
      if (!armed.strikes_in(count_, operation, of_port)) continue;
      ++armed.struck;
      ++struck_;
      strikes(armed.fault);
    }
  }

 private:
  struct Armed {
    Fault fault;
    std::uint64_t struck;

    bool strikes_in(std::uint64_t number, const Performed& operation, bool of_port) const noexcept {
      if (lasts(fault.kind) && struck != 0) return false;
      if (fault.times != 0 && struck >= fault.times) return false;
      if (fault.at != 0 && number < fault.at) return false;
      if (fault.at != 0 && (fault.times == 1 || lasts(fault.kind)) && number != fault.at) return false;
      if (fault.function ? *fault.function != operation.function : fault.at == 0 && of_port) return false;
      if (fault.offset && *fault.offset != operation.offset) return false;
      return fits(fault.kind, operation.operation);
    }
  };

  std::vector<Armed> armed_;
  std::vector<Performed> performed_;
  std::uint64_t count_ = 0;
  std::uint64_t struck_ = 0;
  bool recording_ = false;
};

static_assert(
    [] {
      for (std::size_t i = 0; i != fault_names.size(); ++i) {
        if (static_cast<std::size_t>(fault_names[i].kind) != i) return false;
      }
      return true;
    }(),
    "fault_names has one entry for each FaultKind, in its order");

}  // namespace sim
