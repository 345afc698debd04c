// Functions of a machine by sysfs, in a folder that looks like it. While a program sleeps, the hardware works: the
// clock of these tests looks at the config files, and does what the functions would do.
#include "linux/function.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include "catch.hpp"
#include "linux/kernel_reset.hpp"
#include "pci/config.hpp"
#include "pci_fake.hpp"
#include "reset_methods/chain.hpp"

namespace linux_test {

namespace fs = std::filesystem;

constexpr std::uint16_t in_use = pci::command::bus_master | pci::command::memory_space;
constexpr std::uint64_t where_bar_0_is = 0xfe000000;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "linux_function.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// An NVMe controller, 0000:01:00.0, below a port with a hotplug slot, 0000:00:01.0.
class Machine {
 public:
  Machine() {
    fs::create_directories(devices());
    add(port_folder(), "0000:00:01.0", "0000-00-01.0_1b36_000c.bin", "0x1b36", "0x000c", "0x060400");
    add(folder(), "0000:01:00.0", "0000-01-00.0_1b36_0010.bin", "0x1b36", "0x0010", "0x010802");
    patch(folder(), pci::header::command, in_use, 2);
    patch(folder(), pci::header::bar, where_bar_0_is | 4, 8);
  }

  fs::path devices() const { return root_.path() / "devices"; }
  fs::path records() const { return root_.path() / "records"; }
  fs::path record() const { return records() / "0000:01:00.0.quarantined"; }
  fs::path port_folder() const { return root_.path() / "pci0000:00/0000:00:01.0"; }
  fs::path folder() const { return port_folder() / "0000:01:00.0"; }

  void add(const fs::path& where, const std::string& name, const std::string& data, const char* vendor,
           const char* device, const char* class_code) const {
    fs::create_directories(where);
    fs::copy_file(fs::path(RESET_GUARD_DATA_DIR) / data, where / "config");
    fs::permissions(where / "config", fs::perms::owner_write, fs::perm_options::add);
    std::ofstream(where / "vendor") << vendor << "\n";
    std::ofstream(where / "device") << device << "\n";
    std::ofstream(where / "class") << class_code << "\n";
    std::ofstream(where / "revision") << "0x02\n";
    fs::create_symlink(where, devices() / name);
  }

  static std::uint64_t read(const fs::path& where, unsigned offset, unsigned width) {
    std::ifstream file(where / "config", std::ios::binary);
    file.seekg(offset);
    std::uint64_t value = 0;
    for (unsigned i = 0; i != width; ++i) value |= static_cast<std::uint64_t>(file.get() & 0xff) << (8 * i);
    return value;
  }
  static void patch(const fs::path& where, unsigned offset, std::uint64_t value, unsigned width) {
    std::fstream file(where / "config", std::ios::binary | std::ios::in | std::ios::out);
    file.seekp(offset);
    for (unsigned i = 0; i != width; ++i) file.put(static_cast<char>(value >> (8 * i) & 0xff));
  }
  std::uint16_t command() const { return static_cast<std::uint16_t>(read(folder(), pci::header::command, 2)); }
  std::uint64_t bar_0() const { return read(folder(), pci::header::bar, 8) & ~std::uint64_t{0xf}; }

  // What a reset destroys.
  void lose_state() const {
    patch(folder(), pci::header::command, 0, 2);
    patch(folder(), pci::header::bar, 4, 8);
  }
  void go_away() const {  // its config space reads all ones
    fs::copy_file(folder() / "config", folder() / "away", fs::copy_options::overwrite_existing);
    fs::resize_file(folder() / "config", 0);
  }
  void come_back() const {
    if (!fs::exists(folder() / "away")) return;
    fs::copy_file(folder() / "away", folder() / "config", fs::copy_options::overwrite_existing);
    fs::remove(folder() / "away");
    lose_state();
  }
  unsigned device_control() const { return capability(folder(), pci::express::id) + pci::express::device_control; }
  bool flr_is_asked_for() const { return (read(folder(), device_control(), 2) & 0x8000) != 0; }
  void do_flr() const {
    if (!flr_is_asked_for()) return;
    patch(folder(), device_control(), 0, 2);
    lose_state();
  }
  static unsigned capability(const fs::path& where, std::uint8_t id) {
    auto config = host::ConfigFile::open(where.string());
    return value_of(pci::find_capability(value_of(std::move(config)), id));
  }

 private:
  Folder root_;
};

// A process that has the function open.
class Process {
 public:
  explicit Process(const Machine& machine, std::function<void()> hardware = {}, pci::Duration longest = {})
      : clock([hardware = std::move(hardware)](pci::Duration) {
          if (hardware) hardware();
        }),
        kept(value_of(host::KeptState::lock(machine.records().string(), "0000:01:00.0"))),
        function(value_of(host::Function::open(
            {0, 1, 0, 0}, fence, clock, kept, {.devices = machine.devices().string(), .longest_recovery = longest}))) {}

  rg::Errc reset() { return code_of(methods::Flr::run(*function)); }

  host::CommandFence fence{false};
  host::Clock clock;
  host::KeptState kept;
  std::unique_ptr<host::Function> function;
};

template <class... Steps>
rg::Errc code_of(rg::Verdict<Steps...> verdict) {
  if (verdict.failed()) return std::move(verdict).error().code();
  std::move(verdict).discard("test: what it did is looked at");
  return rg::Errc{};
}

}  // namespace linux_test

using namespace linux_test;

// --- what the function is ---

TEST_CASE("linux: a function's ids and class are those of sysfs", "[linux]") {
  const Machine machine;
  const Process process(machine);
  CHECK(process.function->id() == pci::Id{0x1b36, 0x0010});
  CHECK(process.function->class_code() == 0x010802);
  CHECK_FALSE(process.function->is_virtual_function());
}

TEST_CASE("linux: a function's port is the folder above it", "[linux]") {
  const Machine machine;
  const Process process(machine);
  REQUIRE(process.function->parent() != nullptr);
  CHECK(process.function->parent()->read16(pci::header::device_id) == 0x000c);
  CHECK(process.function->functions_on_bus() == 1);
}

TEST_CASE("linux: the other functions of its bus are counted, and named", "[linux]") {
  const Machine machine;
  machine.add(machine.port_folder() / "0000:01:00.1", "0000:01:00.1", "0000-01-00.0_1b36_0010.bin", "0x1b36", "0x0010",
              "0x010802");
  const Process process(machine);
  CHECK(process.function->functions_on_bus() == 2);
  CHECK(std::string(process.function->functions_beside()).find("0000:01:00.1") != std::string::npos);
}

TEST_CASE("linux: a function with a physfn is a virtual one", "[linux]") {
  const Machine machine;
  fs::create_symlink("..", machine.folder() / "physfn");
  const Process process(machine);
  CHECK(process.function->is_virtual_function());
}

TEST_CASE("linux: a function that is not there has the errno of that", "[linux]") {
  const Machine machine;
  host::CommandFence fence(false);
  const host::Clock clock;
  const auto kept = value_of(host::KeptState::lock(machine.records().string(), "0000:02:00.0"));
  const rg::Error error =
      error_of(host::Function::open({0, 2, 0, 0}, fence, clock, kept, {.devices = machine.devices().string()}));
  CHECK(error.native() == ENOENT);
}

TEST_CASE("linux: config space beyond its end reads all ones", "[linux]") {
  const Machine machine;
  const Process process(machine);
  fs::resize_file(machine.folder() / "config", 256);
  CHECK(process.function->read32(256) == 0xffffffff);
}

TEST_CASE("linux: a BAR is read and written in the file resourceN, and reads all ones beyond its end", "[linux]") {
  const Machine machine;
  std::ofstream(machine.folder() / "resource0", std::ios::binary)
      << std::string("\x01\x02\x03\x04", 4) << std::string(4092, '\0');
  const Process process(machine);
  host::Bar bar = value_of(process.function->map_bar(0));
  CHECK(bar.read32(0) == 0x04030201);
  bar.write32(4, 7);
  CHECK(bar.read32(4) == 7);
  CHECK(bar.read32(4096) == 0xffffffff);
  CHECK(error_of(process.function->map_bar(1)).native() == ENOENT);
}

// --- a reset ---

TEST_CASE("linux: an FLR is verified, and config space is what it was", "[linux]") {
  const Machine machine;
  Process process(machine, [&] { machine.do_flr(); });
  CHECK(process.reset() == rg::Errc{});
  CHECK(machine.command() == in_use);
  CHECK(machine.bar_0() == where_bar_0_is);
  CHECK_FALSE(process.function->fenced());
}

TEST_CASE("linux: while the function is reset its bus mastering is off", "[linux]") {
  const Machine machine;
  bool seen = false;
  Process process(machine, [&] {
    if (machine.flr_is_asked_for()) seen = (machine.command() & pci::command::bus_master) == 0;
    machine.do_flr();
  });
  CHECK(process.reset() == rg::Errc{});
  CHECK(seen);
}

TEST_CASE("linux: a function that ignores its FLR stays fenced and quarantined", "[linux]") {
  const Machine machine;
  Process process(machine);
  CHECK(process.reset() == rg::Errc::io);
  CHECK((machine.command() & pci::command::bus_master) == 0);
  CHECK(process.function->fenced());
  CHECK(process.function->reset_state.quarantined());
}

TEST_CASE("linux: a function that does not answer is given up after the longest recovery that was asked for",
          "[linux]") {
  const Machine machine;
  Process process(machine, [&] { fs::resize_file(machine.folder() / "config", 0); }, std::chrono::milliseconds(1));
  const auto start = host::Clock::now();
  CHECK(process.reset() == rg::Errc::timed_out);
  CHECK(host::Clock::now() - start < std::chrono::seconds(30));  // not the 65 s that are usual
}

TEST_CASE("linux: an exception while the reset waits leaves the function fenced and quarantined", "[linux]") {
  const Machine machine;
  Process process(machine, [] { throw std::runtime_error("interrupted"); });
  CHECK_THROWS_AS(process.reset(), std::runtime_error);
  CHECK(process.function->fenced());
  CHECK(process.function->reset_state.quarantine_reason().code() == rg::Errc::abandoned);
}

TEST_CASE("linux: the kernel's own reset is a claim, and lifts the fence", "[linux]") {
  const Machine machine;
  std::ofstream(machine.folder() / "reset") << "";
  Process process(machine);
  CHECK(value_of(host::KernelReset::run(*process.function)).claimed());
  CHECK(machine.command() == in_use);
  CHECK_FALSE(process.function->fenced());
}

TEST_CASE("linux: a reset of a hotplug slot has the slot's events off, and puts them back", "[linux]") {
  const Machine machine;
  const unsigned control = Machine::capability(machine.port_folder(), pci::express::id) + pci::express::slot_control;
  constexpr std::uint16_t events = 1u << 3 | 1u << 5 | 1u << 12;
  Machine::patch(machine.port_folder(), control, events, 2);
  bool held = false, quiet = false;
  Process process(machine, [&] {
    if ((Machine::read(machine.port_folder(), pci::bridge::control, 2) & pci::bridge::secondary_bus_reset) == 0) return;
    held = true;
    quiet = (Machine::read(machine.port_folder(), control, 2) & events) == 0;
    machine.lose_state();
  });
  CHECK(code_of(methods::Bus::run(*process.function)) == rg::Errc{});
  CHECK(held);
  CHECK(quiet);
  CHECK(Machine::read(machine.port_folder(), control, 2) == events);
}

TEST_CASE("linux: a fenced function that does not answer any more can be reset from outside", "[linux]") {
  const Machine machine;
  bool below_reset = false;
  Process process(machine, [&] {
    const auto control = Machine::read(machine.port_folder(), pci::bridge::control, 2);
    below_reset |= (control & pci::bridge::secondary_bus_reset) != 0;
    if (below_reset) machine.come_back();
  });
  CHECK(process.reset() == rg::Errc::io);
  machine.go_away();
  CHECK(code_of(methods::Bus::run(*process.function)) == rg::Errc{});
  CHECK(machine.command() == in_use);
}

TEST_CASE("linux: a function that cannot be fenced is not touched, and leaves no record", "[linux]") {
  const Machine machine;
  Process process(machine);
  machine.go_away();
  CHECK(code_of(methods::Bus::run(*process.function)) == rg::Errc::gone);
  CHECK_FALSE(fs::exists(machine.record()));
  CHECK_FALSE(process.function->reset_state.quarantined());
}

// --- what outlives the process ---

TEST_CASE("linux: in mid-reset there is a record, and after a verified reset there is none", "[linux]") {
  const Machine machine;
  bool recorded = false;
  Process process(machine, [&] {
    recorded |= fs::exists(machine.record());
    machine.do_flr();
  });
  CHECK(process.reset() == rg::Errc{});
  CHECK(recorded);
  CHECK_FALSE(fs::exists(machine.record()));
}

TEST_CASE("linux: without a record on the disk there is no reset, and nothing was touched", "[linux]") {
  const Machine machine;
  Process process(machine);
  fs::remove_all(machine.records());
  CHECK(process.reset() == rg::Errc::invalid);
  CHECK(machine.command() == in_use);
  CHECK_FALSE(process.function->reset_state.quarantined());
}

TEST_CASE("linux: a process that ended in mid-reset leaves a quarantined function", "[linux]") {
  const Machine machine;
  {
    Process killed(machine);
    CHECK(killed.reset() == rg::Errc::io);  // keep_quarantine() is not called
  }
  const Process next(machine);
  REQUIRE(next.function->reset_state.quarantined());
  const rg::Error reason = next.function->reset_state.quarantine_reason();
  CHECK(reason.code() == rg::Errc::abandoned);
  CHECK(std::string(reason.where()) == "an earlier reset: the process ended in mid-reset");
}

TEST_CASE("linux: the next process is told why the reset failed", "[linux]") {
  const Machine machine;
  {
    Process first(machine);
    CHECK(first.reset() == rg::Errc::io);
    CHECK(code_of(first.function->keep_quarantine()) == rg::Errc{});
  }
  const Process next(machine);
  const rg::Error reason = next.function->reset_state.quarantine_reason();
  CHECK(reason.code() == rg::Errc::io);
  CHECK(std::string(reason.where()).find("the function kept its state") != std::string::npos);
}

TEST_CASE("linux: the next process's reset, if verified, writes back what config space was before the first",
          "[linux]") {
  const Machine machine;
  {
    Process killed(machine);
    killed.function->reset_prepare().discard("test: the process ends here");
    machine.lose_state();
  }
  Process next(machine, [&] { machine.do_flr(); });
  CHECK(next.reset() == rg::Errc{});
  CHECK(machine.command() == in_use);
  CHECK(machine.bar_0() == where_bar_0_is);
  CHECK_FALSE(fs::exists(machine.record()));
}

TEST_CASE("linux: a record from before the machine was started is void", "[linux]") {
  const Machine machine;
  {
    Process first(machine);
    CHECK(first.reset() == rg::Errc::io);
  }
  std::string text;
  {
    std::ifstream file(machine.record());
    text.assign(std::istreambuf_iterator<char>(file), {});
  }
  const std::size_t boot = text.find("boot: ") + 6;
  text.replace(boot, text.find('\n', boot) - boot, "another");
  std::ofstream(machine.record()) << text;
  const Process next(machine);
  CHECK_FALSE(next.function->reset_state.quarantined());
  CHECK_FALSE(fs::exists(machine.record()));
}

TEST_CASE("linux: a damaged record is an error, not a function in order", "[linux]") {
  const Machine machine;
  {
    Process first(machine);
    CHECK(first.reset() == rg::Errc::io);
  }
  fs::resize_file(machine.record(), fs::file_size(machine.record()) - 2);  // half a byte
  host::CommandFence fence(false);
  const host::Clock clock;
  const auto kept = value_of(host::KeptState::lock(machine.records().string(), "0000:01:00.0"));
  const rg::Error error =
      error_of(host::Function::open({0, 1, 0, 0}, fence, clock, kept, {.devices = machine.devices().string()}));
  CHECK(error.code() == rg::Errc::invalid);
}

TEST_CASE("linux: a second process does not get the lock, and gets it when the first has ended", "[linux]") {
  const Machine machine;
  {
    const Process first(machine);
    CHECK(error_of(host::KeptState::lock(machine.records().string(), "0000:01:00.0")).code() == rg::Errc::busy);
  }
  CHECK(code_of(host::KeptState::lock(machine.records().string(), "0000:01:00.0")) == rg::Errc{});
}
