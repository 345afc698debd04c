// Function: a PCI function of this machine, by sysfs. It models pci::Function: the same handlers reset it that reset a
// simulated one.
#pragma once

#include <endian.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <reset_guard/hosted/text.hpp>
#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "clock.hpp"
#include "config_file.hpp"
#include "fence.hpp"
#include "file.hpp"
#include "kept_state.hpp"
#include "pci/capability.hpp"
#include "pci/function.hpp"
#include "pci/id.hpp"
#include "pci/platform.hpp"
#include "pci/registers.hpp"
#include "pci/reset_flags.hpp"
#include "pci/saved_config.hpp"
#include "pci/scoped_bits.hpp"
#include "pci/wait.hpp"

namespace host {

inline constexpr const char* devices_folder = "/sys/bus/pci/devices";

// The registers behind one BAR, mapped from the file resourceN of sysfs.
class Bar {
 public:
  Bar(void* registers, std::size_t size) noexcept : registers_(registers), size_(size) {}
  Bar(Bar&& other) noexcept : registers_(std::exchange(other.registers_, nullptr)), size_(other.size_) {}
  Bar& operator=(Bar&& other) noexcept {
    std::swap(registers_, other.registers_);
    std::swap(size_, other.size_);
    return *this;
  }
  ~Bar() {
    if (registers_ != nullptr) ::munmap(registers_, size_);
  }

  // Beyond the end: all ones, as from a device that does not answer.
  std::uint32_t read32(std::uint32_t offset) const noexcept {
    return offset + sizeof(std::uint32_t) <= size_ ? le32toh(*at(offset)) : pci::all_ones<std::uint32_t>;
  }
  void write32(std::uint32_t offset, std::uint32_t value) noexcept {
    if (offset + sizeof(std::uint32_t) <= size_) *at(offset) = htole32(value);
  }

 private:
  volatile std::uint32_t* at(std::uint32_t offset) const noexcept {
    return static_cast<volatile std::uint32_t*>(registers_) + offset / sizeof(std::uint32_t);
  }

  void* registers_;
  std::size_t size_;
};

class Function : public Port {
 public:
  using Bar = host::Bar;

  // How a function is opened.
  struct Settings {
    std::string devices = devices_folder;               // the folder that has a link for each function
    std::optional<pci::Id> as = {};                     // other ids: their handler resets it
    Duration longest_recovery = pci::longest_recovery;  // when a function that does not answer is given up
    std::function<void(const rg::TraceEvent&)> trace = {};
  };

  // Requires: fence, clock and kept state outlive it; the caller is root. A record that an earlier process has left
  // means that the function is quarantined.
  // Errors: gone if there is no such function; those of open(); invalid for a record that cannot be understood.
  RESET_GUARD_MUST_USE static rg::Result<std::unique_ptr<Function>> open(const pci::Address& address, Fence& fence,
                                                                         const Clock& clock, const KeptState& kept,
                                                                         Settings settings) {
    namespace fs = std::filesystem;
    std::error_code code;
    const fs::path folder = fs::canonical(fs::path(settings.devices) / pci::to_text(address).c_str(), code);
    if (code) return rg::from_errno(code.value(), "find the function");
    RESET_GUARD_TRY(auto config, ConfigFile::open(folder.string()));
    RESET_GUARD_TRY(auto record, kept.find());
    std::optional<Port> parent;
    if (pci::parse_address(folder.parent_path().filename().string())) {
      RESET_GUARD_TRY(auto above, ConfigFile::open(folder.parent_path().string()));
      parent.emplace(std::move(above), clock);
    }
    return std::unique_ptr<Function>(new Function(Port(std::move(config), clock), std::move(parent), address,
                                                  folder.string(), fence, kept, std::move(settings),
                                                  std::move(record)));
  }

  // --- pci::Function ---

  // Errors: those of open(), fstat() and mmap(); invalid if there is no such BAR, or none in memory space.
  RESET_GUARD_MUST_USE rg::Result<Bar> map_bar(unsigned index) {
    RESET_GUARD_TRY(auto file, File::open(folder_ + "/resource" + std::to_string(index), O_RDWR | O_SYNC, "map BAR"));
    struct stat about{};
    if (::fstat(file.descriptor(), &about) != 0) return last_error("map BAR");
    const auto size = static_cast<std::size_t>(about.st_size);
    void* const registers = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor(), 0);
    if (registers == MAP_FAILED) return last_error("map BAR");
    return Bar(registers, size);
  }
  pci::Id id() const noexcept { return settings_.as.value_or(id_); }
  std::uint32_t class_code() const noexcept { return class_code_; }
  Port* parent() noexcept { return parent_ ? &*parent_ : nullptr; }
  const Port* parent() const noexcept { return parent_ ? &*parent_ : nullptr; }
  unsigned functions_on_bus() const noexcept { return functions_on_bus_; }
  bool is_virtual_function() const noexcept { return virtual_function_; }
  pci::ResetFlags reset_flags() const noexcept {
    return pci::reset_flags_of(id(), class_code_, revision_, parent() == nullptr);
  }
  Duration longest_recovery() const noexcept { return settings_.longest_recovery; }

  // --- pci/platform.hpp. No program can evaluate _RST or switch a slot's power, as Linux is. ---

  // A hotplug slot: its controller must not take the reset of the bus for an unplug.
  bool has_slot_reset() const noexcept { return hotplug_ != 0; }
  // What: a secondary bus reset with the slot's events off.
  // Errors: those of the port's registers.
  // Source: PCI Express Base 6.0, section 6.7.3.3; pciehp_reset_slot() of Linux.
  RESET_GUARD_MUST_USE rg::Status reset_slot() {
    constexpr std::uint16_t events = pci::express::presence_detect_changed_enable |
                                     pci::express::data_link_layer_state_changed_enable |
                                     pci::express::hot_plug_interrupt_enable;
    const auto at = [this](unsigned field) { return static_cast<std::uint16_t>(hotplug_ + field); };
    return pci::with_bits16(*parent_, at(pci::express::slot_control), events, 0, [&]() -> rg::Status {
      constexpr pci::Pulse held{pci::bridge::secondary_bus_reset, pci::bridge::secondary_bus_reset, 0};
      RESET_GUARD_CHECK(pci::with_pulse16(*parent_, pci::bridge::control, held, [&] {
        parent_->sleep(pci::bus_reset_hold_time);
        return rg::ok();
      }));
      parent_->sleep(pci::reset_recovery_time);  // until the link is up again, which is such an event
      return parent_->write16(at(pci::express::slot_status),
                              pci::express::presence_detect_changed | pci::express::data_link_layer_state_changed);
    });
  }
  const char* functions_beside() const noexcept { return functions_beside_.c_str(); }

  // --- rg::ResettableDevice ---

  // Keeps config space, and puts up the fence. A record of it is on the disk first, in case the process ends.
  rg::Status reset_prepare() noexcept {
    if (!fenced_) {
      before_ = bytes();
      record("the process ended in mid-reset", rg::Errc::abandoned, 0, false);
      RESET_GUARD_CHECK(kept_.keep(record_));
    }
    rg::Status blocked = fence_.block(*this);
    if (blocked.failed()) {
      const rg::Error error = std::move(blocked).error();
      // A function that was fenced, and does not answer: a reset from outside may bring it back.
      if (fenced_ && error.code() == rg::Errc::gone) return rg::ok();
      return fenced_ ? rg::Status(error) : rg::first_error(rg::Status(error), kept_.forget());
    }
    fenced_ = true;
    return rg::ok();
  }

  // Writes config space back and lifts the fence. A claim lifts it as well: the function goes back to the same user.
  rg::Status reset_done(rg::Outcome outcome) noexcept {
    if (outcome == rg::Outcome::failed) return rg::ok();
    RESET_GUARD_TRY(const pci::SavedConfig saved, pci::SavedConfig::save(pci::ConfigView(before_)));
    RESET_GUARD_CHECK(saved.restore(*this));
    RESET_GUARD_CHECK(fence_.unblock());
    fenced_ = false;
    return kept_.forget();
  }

  void reset_trace(const rg::TraceEvent& event) noexcept {
    if (settings_.trace) settings_.trace(event);
  }

  // --- after a reset ---

  // Writes down why the function is quarantined; `why`: in other words than the first error's. Without it the record
  // says that the process ended in mid-reset.
  // Errors: those of KeptState::keep().
  RESET_GUARD_MUST_USE rg::Status keep_quarantine(const char* why = nullptr) {
    if (!reset_state.quarantined()) return rg::ok();
    const rg::Error reason = reset_state.quarantine_reason();
    if (reason.where() == earlier_.c_str()) return rg::ok();  // the earlier record stands
    record(why != nullptr ? why : reason.where(), reason.code(), reason.native(), reset_state.unfenced());
    return kept_.keep(record_);
  }

  bool fenced() const noexcept { return fenced_; }
  pci::Id own_id() const noexcept { return id_; }  // its own ids, whatever handler was asked for
  const pci::Address& address() const noexcept { return address_; }
  const std::string& folder() const noexcept { return folder_; }

 private:
  Function(Port config, std::optional<Port> parent, const pci::Address& address, std::string folder, Fence& fence,
           const KeptState& kept, Settings settings, std::optional<Record> record)
      : Port(std::move(config)),
        parent_(std::move(parent)),
        address_(address),
        folder_(std::move(folder)),
        fence_(fence),
        kept_(kept),
        settings_(std::move(settings)),
        earlier_("an earlier reset: " + (record ? record->reason : "")),
        reset_state(restored(record, earlier_)) {
    if (record) {
      before_ = std::move(record->config);
      fenced_ = true;
    }
    id_ = {static_cast<std::uint16_t>(number("vendor")), static_cast<std::uint16_t>(number("device"))};
    class_code_ = static_cast<std::uint32_t>(number("class"));
    revision_ = static_cast<std::uint8_t>(number("revision"));
    std::error_code code;
    virtual_function_ = std::filesystem::exists(folder_ + "/physfn", code);
    look_beside();
    look_above();
  }

  static rg::ResetState restored(const std::optional<Record>& record, const std::string& earlier) noexcept {
    if (!record) return rg::ResetState();
    // The function's own text: it is not asked for the reason after its end.
    const rg::Error reason(record->code, record->native, rg::Literal::unchecked(earlier.c_str()));
    return rg::ResetState(record->epoch, reason, record->unfenced);
  }

  unsigned long number(const char* name) const {
    return std::strtoul(read_text(folder_ + "/" + name).value_or("").c_str(), nullptr, 16);
  }

  // The functions on its bus: those that are below the same port, or on the same root bus.
  void look_beside() {
    std::error_code code;
    unsigned count = 0;
    std::string names;
    const std::filesystem::path above = std::filesystem::path(folder_).parent_path();
    for (std::filesystem::directory_iterator entry(above, code), end; !code && entry != end; entry.increment(code)) {
      const std::string name = entry->path().filename().string();
      if (!pci::parse_address(name)) continue;
      names += (count++ == 0 ? "" : ", ") + name;
    }
    functions_on_bus_ = count;
    functions_beside_ = (parent_ ? "several functions below its port: " : "several on its bus: ") + names;
  }

  // Whether the port above has a hotplug slot.
  void look_above() {
    if (!parent_) return;
    auto found = pci::find_capability(*parent_, pci::express::id);
    if (found.failed()) {
      std::move(found).discard("no PCI Express, so no slot");
      return;
    }
    const std::uint16_t express = std::move(found).take();
    const auto at = [express](unsigned field) { return static_cast<std::uint16_t>(express + field); };
    const auto flags = pci::read_surely<std::uint16_t>(*parent_, at(pci::express::flags));
    const auto slot = pci::read_surely<std::uint32_t>(*parent_, at(pci::express::slot_capabilities));
    if (flags == pci::all_ones<std::uint16_t> || slot == pci::all_ones<std::uint32_t>) return;
    if ((flags & pci::express::slot_implemented) != 0 && (slot & pci::express::hot_plug_capable) != 0) {
      hotplug_ = express;
    }
  }

  void record(std::string reason, rg::Errc code, std::int32_t native, bool unfenced) {
    record_ = {reset_state.epoch(), std::move(reason), code, native, unfenced, before_};
  }

  std::optional<Port> parent_;
  pci::Address address_;
  std::string folder_;
  Fence& fence_;
  const KeptState& kept_;
  Settings settings_;
  pci::Id id_;
  std::uint32_t class_code_ = 0;
  std::uint8_t revision_ = 0;
  bool virtual_function_ = false;
  unsigned functions_on_bus_ = 1;
  std::string functions_beside_;
  std::uint16_t hotplug_ = 0;         // the port's PCI Express capability, if it has a hotplug slot
  std::vector<std::uint8_t> before_;  // config space before the reset
  bool fenced_ = false;
  Record record_;
  std::string earlier_;  // why the function is quarantined from the start

 public:
  rg::ResetState reset_state;
};

static_assert(pci::Located<Function> && pci::SlotResettable<Function>);

}  // namespace host
