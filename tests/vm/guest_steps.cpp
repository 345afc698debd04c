// What the guests' script cannot do by itself.
//   guest_steps raw METHOD FUNCTION        starts the reset by hand, and prints Command and the BARs before and after
//   guest_steps compare METHOD FUNCTION    the same, and prints each word that a simulation has otherwise afterwards
//   guest_steps cut PORT FUNCTION LENGTH   waits for a reset, cuts the slot's power, gives it back LENGTH ms later
//   guest_steps fence FUNCTION             an NVMe controller's DMA before, in and after a reset, behind VFIO's fence
// The function has no driver, or vfio-pci. raw and compare put its registers back.
#include <sys/mman.h>
#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "linux/clock.hpp"
#include "linux/config_file.hpp"
#include "linux/function.hpp"
#include "linux/kept_state.hpp"
#include "linux/kernel_reset.hpp"
#include "linux/vfio.hpp"
#include "pci/capability.hpp"
#include "pci/config.hpp"
#include "pci/registers.hpp"
#include "reset_methods/flr.hpp"
#include "sim/fabric.hpp"
#include "sim/load.hpp"

namespace {

namespace rg = reset_guard;
using namespace std::chrono_literals;

[[noreturn]] void give_up(const std::string& why) {
  std::printf("guest_steps: %s\n", why.c_str());
  std::exit(1);
}

template <class Value>
Value must(rg::Result<Value> result) {
  if (result.failed()) give_up(std::move(result).error().where());
  return std::move(result).take();
}
void must(rg::Status status) {
  if (status.failed()) give_up(std::move(status).error().where());
}

const host::Clock system_clock;

host::Port registers_of(const std::string& address) {
  return host::Port(must(host::ConfigFile::open(std::string(host::devices_folder) + "/" + address)), system_clock);
}

std::uint16_t word(const std::vector<std::uint8_t>& bytes, std::size_t offset) {
  return static_cast<std::uint16_t>(bytes[offset] | bytes[offset + 1] << 8);
}

// Whether or not the function says that it can be reset so.
template <class F>
void reset_by_hand(F& function, F* port, std::string_view method) {
  if (method == "flr") {
    const auto at = must(pci::find_capability(function, pci::express::id)) + unsigned{pci::express::device_control};
    const auto offset = static_cast<std::uint16_t>(at);
    const unsigned control = function.read16(offset) | pci::express::initiate_function_level_reset;
    must(function.write16(offset, static_cast<std::uint16_t>(control)));
  } else if (method == "pm") {
    const auto at = must(pci::find_capability(function, pci::power_management::id)) +
                    unsigned{pci::power_management::control_status};
    const auto offset = static_cast<std::uint16_t>(at);
    const unsigned control = function.read16(offset) & ~unsigned{pci::power_management::power_state_mask};
    must(function.write16(offset, static_cast<std::uint16_t>(control | pci::power_management::d3hot)));
    function.sleep(20ms);
    must(function.write16(offset, static_cast<std::uint16_t>(control)));
  } else if (method == "bus" && port != nullptr) {
    const unsigned control = port->read16(pci::bridge::control);
    must(port->write16(pci::bridge::control, static_cast<std::uint16_t>(control | pci::bridge::secondary_bus_reset)));
    port->sleep(5ms);
    must(port->write16(pci::bridge::control, static_cast<std::uint16_t>(control)));
  } else {
    give_up("no such reset: " + std::string(method));
  }
  function.sleep(110ms);
}

// Sets bits of one register of a capability, where there is that capability.
void set_in(host::Port& function, rg::Result<std::uint16_t> capability, unsigned at, unsigned bits) {
  if (capability.failed()) {
    std::move(capability).discard("the function does not have it");
    return;
  }
  const auto offset = static_cast<std::uint16_t>(std::move(capability).take() + at);
  must(function.write16(offset, static_cast<std::uint16_t>(function.read16(offset) | bits)));
}

// Gives the registers something to lose.
void use(host::Port& function) {
  namespace express = pci::express;
  must(function.write8(pci::header::cache_line_size, 0x10));
  must(pci::set_command(function, pci::command::memory_space | pci::command::bus_master));
  must(pci::set_command(function, pci::command::interrupt_disable));
  set_in(function, pci::find_capability(function, express::id), express::device_control, 0x000f);    // error reports
  set_in(function, pci::find_capability(function, express::id), express::link_control, 0x0040);      // common clock
  set_in(function, pci::find_capability(function, express::id), express::device_control_2, 0x0010);  // no timeout
  set_in(function, pci::find_capability(function, pci::msi::id), pci::msi::address + 2u, 0xfee0);
  set_in(function, pci::find_capability(function, pci::msi_x::id), pci::msi_x::flags,
         pci::msi_x::enable | pci::msi_x::function_mask);
  set_in(function, pci::find_capability(function, pci::power_management::id), pci::power_management::control_status,
         pci::power_management::pme_enable);
  constexpr std::uint16_t error_reporting = 0x0001;
  set_in(function, pci::find_extended_capability(function, error_reporting), 0x08, 0x4000);  // a sticky mask
}

// From the end: Command is the last of the header, and the number of virtual functions stands behind what enables them.
void put_back(host::Port& function, const std::vector<std::uint8_t>& before) {
  const std::vector<std::uint8_t> now = function.bytes();
  for (std::size_t offset = before.size(); offset != 0;) {
    offset -= 2;
    if (word(before, offset) == word(now, offset)) continue;
    must(function.write16(static_cast<std::uint16_t>(offset), word(before, offset)));
  }
}

std::string bars(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  for (std::size_t offset = pci::header::bar; offset != pci::header::bar + 24; offset += 2) {
    char part[8];
    std::snprintf(part, sizeof part, "%04x", word(bytes, offset));
    text += part;
  }
  return text;
}

void print_differences(const std::vector<std::uint8_t>& before, const std::vector<std::uint8_t>& real,
                       const sim::Function& simulated) {
  unsigned changed = 0;
  for (std::size_t offset = 0; offset != real.size(); offset += 2) {
    const auto at = static_cast<std::uint32_t>(offset);
    const auto model = static_cast<std::uint16_t>(simulated.config().read(at, 2));
    if (word(before, offset) != word(real, offset)) ++changed;
    if (word(real, offset) == model) continue;
    const char* name = simulated.config().name(at);
    std::printf("differs %03x before %04x real %04x simulated %04x %s\n", at, word(before, offset), word(real, offset),
                model, name != nullptr ? name : "");
  }
  std::printf("changed %u\n", changed);
}

// A reset by hand, without reset_tool and without Linux's; and the same of a simulation of this machine.
void by_hand(const std::string& address, std::string_view method, bool compare) {
  host::Port function = registers_of(address);
  const std::vector<std::uint8_t> found = function.bytes();
  use(function);
  const std::vector<std::uint8_t> before = function.bytes();
  sim::InputError why;
  auto loaded = sim::load(host::devices_folder, why);
  if (loaded.failed()) give_up(why.message());
  sim::Fabric machine(must(std::move(loaded)).images);
  const auto parsed = pci::parse_address(address);
  sim::Function* const simulated = parsed ? machine.find(*parsed) : nullptr;
  if (simulated == nullptr) give_up(address + ": not simulated");
  if (simulated->parent() != nullptr) {
    host::Port port = registers_of(pci::to_text(simulated->parent()->address()).c_str());
    reset_by_hand(function, &port, method);
  } else {
    reset_by_hand<host::Port>(function, nullptr, method);
  }
  const std::vector<std::uint8_t> after = function.bytes();
  std::printf("command %04x %04x\nbars %s %s\n", word(before, 4), word(after, 4), bars(before).c_str(),
              bars(after).c_str());
  if (compare) {
    reset_by_hand(*simulated, simulated->parent(), method);
    print_differences(before, after, *simulated);
  }
  put_back(function, found);
}

// Cuts the power of the slot below a port as soon as the function in it was reset, and gives it back after a while.
void cut_power(const std::string& port_address, const std::string& address, std::chrono::milliseconds length) {
  host::Port port = registers_of(port_address);
  const host::Port function = registers_of(address);
  const auto control = static_cast<std::uint16_t>(must(pci::find_capability(port, pci::express::id)) +
                                                  unsigned{pci::express::slot_control});
  constexpr unsigned off = 1u << 10;  // Power Controller Control
  const unsigned on = port.read16(control) & ~off;
  must(rg::poll_until(port, {10s, 1ms}, "the reset", [&] { return function.read16(pci::header::command) == 0; }));
  must(port.write16(control, static_cast<std::uint16_t>(on | off)));
  std::printf("off %04x\n", function.read16(pci::header::command));
  port.sleep(length);
  must(port.write16(control, static_cast<std::uint16_t>(on)));
  std::printf("on %04x\n", function.read16(pci::header::command));
}

// Memory of this process that the function may be given, and where it sees it.
class Memory {
 public:
  Memory(std::size_t size, std::uint64_t iova) : size_(size), iova_(iova) { map(); }
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;
  ~Memory() { munmap(start_, size_); }

  // At the same place, also after take_away().
  void map() {
    const int fixed = start_ != nullptr ? MAP_FIXED : 0;
    start_ = mmap(start_, size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | fixed, -1, 0);
    if (start_ == MAP_FAILED) give_up("no memory");
  }
  void take_away() { munmap(start_, size_); }

  void* start() const noexcept { return start_; }
  std::size_t size() const noexcept { return size_; }
  std::uint64_t iova() const noexcept { return iova_; }
  template <class Value>
  volatile Value* at(std::size_t offset) const noexcept {
    return reinterpret_cast<volatile Value*>(static_cast<char*>(start_) + offset);
  }

 private:
  void* start_ = nullptr;
  std::size_t size_;
  std::uint64_t iova_;
};

// As much of a driver as it takes to ask an NVMe controller who it is.
// Source: NVM Express Base 2.0, sections 3.1.3, 3.3.1 and 5.17.
class Nvme {
 public:
  explicit Nvme(host::Function& function) : function_(function) {}

  void intend_all(host::VfioFence& fence) {
    for (const Memory* memory : {&queues_, &data_}) {
      must(fence.intend(memory->start(), memory->size(), memory->iova()));
    }
  }

  void start() {
    must(pci::set_command(function_, pci::command::memory_space | pci::command::bus_master));
    host::Bar registers = must(function_.map_bar(0));
    registers.write32(pci::nvme::cc, 0);
    await(registers, 0);
    std::memset(queues_.start(), 0, queues_.size());
    next_ = 0;
    registers.write32(0x24, (entries - 1) << 16 | (entries - 1));  // Admin Queue Attributes
    registers.write32(0x28, static_cast<std::uint32_t>(queues_.iova()));
    registers.write32(0x2c, 0);
    registers.write32(0x30, static_cast<std::uint32_t>(queues_.iova() + page));
    registers.write32(0x34, 0);
    registers.write32(pci::nvme::cc, 0x00460001);
    await(registers, pci::nvme::csts_ready);
  }

  // Its model, by DMA. Empty: nothing was written.
  std::string identify() {
    std::memset(data_.start(), 0, data_.size());
    const std::size_t command = std::size_t{next_} * 64;
    *queues_.at<std::uint32_t>(command) = 0x06 | (next_ + 1) << 16;
    *queues_.at<std::uint32_t>(command + 24) = static_cast<std::uint32_t>(data_.iova());
    *queues_.at<std::uint32_t>(command + 40) = 1;  // the controller
    const std::size_t status = page + std::size_t{next_} * 16 + 14;
    host::Bar registers = must(function_.map_bar(0));
    registers.write32(0x1000, ++next_);
    for (int look = 0; look != 100 && (*queues_.at<std::uint16_t>(status) & 1) == 0; ++look) function_.sleep(1ms);
    const std::string model(static_cast<const char*>(data_.start()) + 24, 40);
    const std::size_t end = model.find_last_not_of(std::string_view(" \0", 2));
    return model.substr(0, end == std::string::npos ? 0 : end + 1);
  }

  Memory& data() noexcept { return data_; }

 private:
  static constexpr std::uint32_t entries = 16;
  static constexpr std::size_t page = 4096;

  void await(host::Bar& registers, std::uint32_t ready) {
    must(rg::poll_until(function_, {5s, 1ms}, "CSTS.RDY",
                        [&] { return (registers.read32(pci::nvme::csts) & pci::nvme::csts_ready) == ready; }));
  }

  host::Function& function_;
  Memory queues_{2 * page, 0x100000}, data_{page, 0x200000};
  std::uint32_t next_ = 0;
};

void print(const char* what, const std::string& found) {
  std::printf("%s: %s\n", what, found.empty() ? "nothing" : found.c_str());
  std::fflush(stdout);
}

template <class Step>
std::string answer(rg::Verdict<Step> verdict) {
  if (verdict.failed()) return "failed, " + std::string(rg::to_string(std::move(verdict).error().code()));
  return std::move(verdict).take().claimed() ? "claimed" : "verified";
}

// A controller that is bound to vfio-pci, before a reset, while it is fenced, and afterwards.
void fence(const std::string& address) {
  const auto parsed = pci::parse_address(address);
  if (!parsed) give_up(address + ": no address");
  const auto group = std::filesystem::read_symlink(host::devices_folder + ("/" + address) + "/iommu_group").filename();
  host::Vfio vfio = must(host::Vfio::open(group.string(), address));
  host::VfioFence fence(vfio);
  const host::KeptState kept = must(host::KeptState::lock("/run/reset_guard", address));
  const auto opened = must(host::Function::open(*parsed, fence, system_clock, kept, {}));
  host::Function& function = *opened;
  Nvme nvme(function);
  nvme.intend_all(fence);
  nvme.start();
  print("before", nvme.identify());

  using Flr = methods::Flr;
  print("reset", answer(rg::reset(function, [&](rg::ResetScope<host::Function>&) -> rg::Verdict<Flr> {
          print("fenced", nvme.identify());
          return Flr::run(function);
        })));
  print("fence", fence.blocked() ? "up" : "lifted");
  nvme.start();
  print("after", nvme.identify());

  // done must map memory that the process does not have any more.
  nvme.data().take_away();
  print("reset without the memory", answer(Flr::run(function)));
  print("fence", fence.blocked() ? "up" : "lifted");
  print("quarantined", function.reset_state.quarantined() ? "yes" : "no");
  nvme.data().map();
  print("reset with it", answer(Flr::run(function)));
  print("quarantined", function.reset_state.quarantined() ? "yes" : "no");
  nvme.start();
  print("after", nvme.identify());

  // A reset by sysfs is under way.
  std::thread other([&] { must(host::KernelReset::act(function)); });
  function.sleep(40ms);
  rg::Status beside = vfio.reset();
  other.join();
  if (beside.failed()) {
    print("reset beside another", std::strerror(std::move(beside).error().native()));
  } else {
    print("reset beside another", "done");
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> words(argv + 1, argv + argc);
  const auto is = [&](const char* verb, std::size_t count) { return words.size() == count + 1 && words[0] == verb; };
  if (is("raw", 2) || is("compare", 2)) {
    by_hand(words[2], words[1], words[0] == "compare");
  } else if (is("cut", 3)) {
    cut_power(words[1], words[2], std::chrono::milliseconds(std::atoi(words[3].c_str())));
  } else if (is("fence", 1)) {
    fence(words[1]);
  } else {
    give_up("see the top of guest_steps.cpp");
  }
}
