// Fabric: functions, and the topology that their own registers describe.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
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
  // numbers; a function whose port is not among the images has none.
  explicit Fabric(std::span<const Image> images) : hardware_(std::make_unique<Hardware>()) {
    functions_.reserve(images.size());
    for (const Image& image : images) {
      functions_.push_back(std::make_unique<Function>(*hardware_, image));
      Function& function = *functions_.back();
      function.index_ = functions_.size() - 1;
      by_address_.emplace(function.address(), &function);
      buses_[bus_of(function)].functions.push_back(&function);
      add_port(function);
    }
    for (std::size_t i = 0; i != images.size(); ++i) {
      if (images[i].address_known) connect(*functions_[i]);
    }
    for (auto& [number, bus] : buses_) count(bus);
  }

  std::size_t size() const noexcept { return functions_.size(); }
  Function& operator[](std::size_t index) noexcept { return *functions_[index]; }
  const Function& operator[](std::size_t index) const noexcept { return *functions_[index]; }

  // nullptr: there is none.
  Function* find(const pci::Address& address) noexcept {
    const auto found = by_address_.find(address);
    return found != by_address_.end() ? found->second : nullptr;
  }

  // What: the functions that a reset of one has to do with: those on its bus, the ports above it, and what is below it,
  // by their index. If it is alone on its bus, and so its port may reset the bus, also all else that is below this
  // port. A machine of these alone shows the same reset.
  std::vector<std::size_t> within_reach(std::size_t index) const {
    const Function& function = *functions_[index];
    std::vector<std::size_t> reached;
    add_with_all_below(function, reached);
    if (function.parent_ != nullptr && function.functions_on_bus_ == 1) {
      for (const Function* beside : function.parent_->below_) add_with_all_below(*beside, reached);
    }
    for (const Function* beside : buses_.at(bus_of(function)).functions) reached.push_back(beside->index_);
    for (const Function* port = function.parent_; port != nullptr; port = port->parent_) {
      reached.push_back(port->index_);
    }
    std::sort(reached.begin(), reached.end());
    reached.erase(std::unique(reached.begin(), reached.end()), reached.end());
    return reached;
  }

  // How many functions were looked at to find the ports above each and the functions beside it.
  std::size_t looks() const noexcept { return looks_; }

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
  struct BusNumber {
    std::uint32_t domain;
    unsigned bus;

    friend auto operator<=>(const BusNumber&, const BusNumber&) = default;
  };
  struct Bus {
    std::vector<Function*> functions;
    std::vector<Function*> ports;  // whose secondary bus it is
  };

  static BusNumber bus_of(const Function& function) noexcept {
    return {function.address().domain, function.address().bus};
  }

  static void add_with_all_below(const Function& function, std::vector<std::size_t>& reached) {
    reached.push_back(function.index_);
    for (const Function* below : function.below_) add_with_all_below(*below, reached);
  }

  // A bus lies behind a port only if its number is higher: so no function is its own ancestor.
  void add_port(Function& function) {
    const auto behind = static_cast<std::uint8_t>(function.config().read(pci::bridge::secondary_bus, 1));
    if (!function.config().routes(behind) || behind <= function.address().bus) return;
    buses_[{function.address().domain, behind}].ports.push_back(&function);
  }

  // Below the port whose secondary bus is the function's own. A virtual function may sit on a bus number that no port
  // names (SR-IOV 1.1, section 2.1.2): then below the innermost port that routes it.
  void connect(Function& function) {
    const std::uint8_t own = function.address().bus;
    for (unsigned number = own; number != 0; --number) {
      const auto bus = buses_.find({function.address().domain, number});
      if (bus != buses_.end()) {
        for (Function* port : bus->second.ports) {
          ++looks_;
          if (!port->config().routes(own)) continue;
          function.parent_ = port;
          port->below_.push_back(&function);
          function.device_->put_below(*port->device_);
          return;
        }
      }
      if (!function.is_virtual_function()) return;
    }
  }

  // Those that are here, and those that their registers say must be: a virtual function's physical one, a physical
  // function's virtual ones, the other functions of a multi-function device.
  void count(Bus& bus) {
    std::array<unsigned, 32> of_device{};
    for (const Function* function : bus.functions) ++of_device[function->address().device];
    unsigned virtual_seen = 0, virtual_enabled = 0, missing = 0;
    for (const Function* function : bus.functions) {
      ++looks_;
      if (function->is_virtual_function()) {
        ++virtual_seen;
        continue;
      }
      virtual_enabled += virtual_functions_on_bus(*function);
      if (of_device[function->address().device] == 1 && is_one_of_several(*function)) ++missing;
    }
    const auto seen = static_cast<unsigned>(bus.functions.size());
    if (virtual_seen != 0 && virtual_seen == seen) ++missing;
    if (virtual_enabled > virtual_seen) missing += virtual_enabled - virtual_seen;
    for (Function* function : bus.functions) {
      function->functions_on_bus_ = seen + missing;
      if (seen + missing != 1) function->functions_beside_ = names_on(bus, *function);
    }
  }

  // "several functions below its port: 0000:01:00.0, 0000:01:00.1 and 2 more"; the first eight have their names.
  static const char* names_on(const Bus& bus, const Function& function) {
    std::string text = function.parent_ != nullptr ? "several functions below its port: " : "several on its bus: ";
    const std::size_t named = std::min<std::size_t>(bus.functions.size(), 8);
    for (std::size_t i = 0; i != named; ++i) {
      text += (i == 0 ? "" : ", ") + std::string(pci::to_text(bus.functions[i]->address()).c_str());
    }
    const std::size_t more = function.functions_on_bus_ - named;
    return kept_text(more == 0 ? text : text + " and " + std::to_string(more) + " more");
  }

  // Its header says that its device has several functions, or its number says so.
  static bool is_one_of_several(const Function& function) noexcept {
    return (function.header_type() & pci::header::multi_function) != 0 || function.address().function != 0;
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
  std::map<pci::Address, Function*> by_address_;
  std::map<BusNumber, Bus> buses_;
  std::size_t looks_ = 0;
};

}  // namespace sim
