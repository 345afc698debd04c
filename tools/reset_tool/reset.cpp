#include "reset.hpp"

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <reset_guard/hosted/text.hpp>
#include <reset_guard/hosted/trace_tree.hpp>
#include <reset_guard/reset_guard.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "linux/function.hpp"
#include "linux/kernel_reset.hpp"
#include "linux/vfio.hpp"
#include "options.hpp"
#include "reset_methods/chain.hpp"
#include "shared/command_line.hpp"
#include "shared/event_json.hpp"
#include "shared/style.hpp"

namespace program {
namespace {

namespace fs = std::filesystem;
namespace rg = reset_guard;
using host::Duration;
using methods::FunctionReset;

struct ResetOptions {
  pci::Address address;
  std::optional<std::string> method;
  std::optional<pci::Id> as;
  std::optional<std::string> release;  // the reason
  Duration timeout = pci::longest_recovery;
  bool vfio = false, force = false, dry_run = false, json = false;
  std::string devices = host::devices_folder;
  std::string records = "/run/reset_guard";
};

constexpr const char* kernel_method = host::KernelReset::name;

std::vector<std::string> names_of_methods() {
  std::vector<std::string> names(pci::method_names.begin(), pci::method_names.end());
  names.emplace_back(kernel_method);
  return names;
}

std::string reset_help() {
  return "Usage: reset_tool reset FUNCTION [OPTION...]\n"
         "Resets a PCI function of this machine: fences it, resets it by the first of its\n"
         "methods that works, looks whether it was reset, writes config space back and\n"
         "lifts the fence. A function whose reset failed stays fenced: it is quarantined\n"
         "until a reset is verified. To be run as root.\n\n"
         "  FUNCTION           its address, as lspci has it: 0000:01:00.0, or 01:00.0\n"
         "  --method NAME      by this method alone; 'kernel' is the kernel's own reset,\n"
         "                     which can only be claimed\n"
         "  --via sysfs|vfio   the fence. sysfs: bus mastering is off, which holds no\n"
         "                     hostile device; vfio: the IOMMU has no mapping for it\n"
         "  --timeout SECONDS  give a function up that does not answer (65)\n"
         "  --as VENDOR:DEVICE by the handler of other ids\n"
         "  --force            also with a driver bound, a disk in use, or a group shared\n"
         "  --dry-run          say what would be done, and do nothing\n"
         "  --release REASON   lift the quarantine without a reset, on your responsibility\n"
         "  --json             print JSON, which tools/reset_tool/json.md describes\n"
         "  --devices FOLDER   instead of /sys/bus/pci/devices\n"
         "  --records FOLDER   where quarantines are kept (/run/reset_guard)\n"
         "  --help             print this\n"
         "\nExit status: 0 verified, or released; 1 failed; 2 it could not be tried; 3 no\n"
         "method is supported, and nothing was touched; 4 claimed: nothing showed that it\n"
         "was reset.\n";
}

std::optional<ResetOptions> parse_reset(int argc, char** argv, int& status) {
  ResetOptions options;
  std::string function;
  std::optional<std::string> as;
  std::string via = "sysfs";
  double seconds = std::chrono::duration<double>(options.timeout).count();
  CLI::App app("", "reset_tool");
  app.add_option("FUNCTION", function);
  app.add_option("--method", options.method);
  app.add_option("--via", via);
  app.add_option("--timeout", seconds);
  app.add_option("--as", as);
  app.add_option("--release", options.release);
  app.add_option("--devices", options.devices);
  app.add_option("--records", options.records);
  app.add_flag("--force", options.force);
  app.add_flag("--dry-run", options.dry_run);
  app.add_flag("--json", options.json);
  if (!command_line::read(app, argc, argv, reset_help(), status)) return std::nullopt;
  const auto refuse = [&status](const std::string& what) {
    status = complain(what);
    return std::nullopt;
  };
  if (function.empty()) return refuse("reset: which function? Its address, as lspci has it: 0000:01:00.0");
  const auto address = pci::parse_address(function);
  if (!address) return refuse("reset " + function + ": no address of a function; one is like 0000:01:00.0");
  options.address = *address;
  const auto names = names_of_methods();
  if (options.method && std::find(names.begin(), names.end(), *options.method) == names.end()) {
    return refuse("--method " + *options.method + ": no such method; there are: " + command_line::join(names));
  }
  if (via != "sysfs" && via != "vfio") return refuse("--via " + via + ": there are sysfs and vfio");
  options.vfio = via == "vfio";
  if (!(seconds > 0 && seconds <= 3600)) return refuse("--timeout: between 0 and 3600 seconds");
  options.timeout = std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds));
  if (as) {
    unsigned vendor = 0, device = 0;
    int end = 0;
    if (std::sscanf(as->c_str(), "%4x:%4x%n", &vendor, &device, &end) != 2 ||
        static_cast<std::size_t>(end) != as->size()) {
      return refuse("--as " + *as + ": two hexadecimal numbers, like 8086:0953");
    }
    options.as = pci::Id{static_cast<std::uint16_t>(vendor), static_cast<std::uint16_t>(device)};
  }
  return options;
}

// --- what forbids a reset --------------------------------------------------------------------------------------------

std::string link_name(const fs::path& link) {
  std::error_code code;
  const fs::path target = fs::read_symlink(link, code);
  return code ? "" : target.filename().string();
}

// The block devices below a function that are in use, with what uses them.
std::vector<std::string> disks_in_use(const fs::path& folder) {
  std::set<std::string> mounted;  // "8:1"
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words(line);
    std::string id, parent, device;
    words >> id >> parent >> device;
    mounted.insert(device);
  }
  std::ifstream swaps("/proc/swaps");
  for (std::string line; std::getline(swaps, line);) {
    struct stat about{};
    const std::string file = line.substr(0, line.find_first_of(" \t"));
    if (::stat(file.c_str(), &about) == 0 && S_ISBLK(about.st_mode)) {
      mounted.insert(std::to_string(major(about.st_rdev)) + ":" + std::to_string(minor(about.st_rdev)));
    }
  }
  std::vector<std::string> found;
  std::error_code code;
  for (fs::recursive_directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    const fs::path& path = entry->path();
    std::error_code ignored;
    if (path.filename() == "dev" && path.string().find("/block/") != std::string::npos) {
      const std::string name = path.parent_path().filename().string();
      if (mounted.contains(host::read_text(path.string()).value_or(""))) found.push_back(name + " is mounted");
    }
    if (path.filename() == "holders" && fs::is_directory(path, ignored) && !fs::is_empty(path, ignored)) {
      found.push_back(path.parent_path().filename().string() + " is part of another device");
    }
  }
  return found;
}

// A function that does not answer is taken for none: a reset from outside may bring it back.
bool is_bridge(const fs::path& folder) {
  const int type = std::ifstream(folder / "config", std::ios::binary).seekg(pci::header::header_type).get();
  return type != pci::all_ones<std::uint8_t> && type >= 0 &&
         (type & pci::header::type_mask) != pci::header::type_endpoint;
}

struct Refusal {
  std::string what;
  bool forcible = true;
};

// Why the function should not be reset now, and what to do about it.
std::vector<Refusal> refusals(const ResetOptions& options, const fs::path& folder) {
  std::vector<Refusal> found;
  const std::string name = pci::to_text(options.address).c_str();
  if (is_bridge(folder)) found.push_back({"it is a bridge: reset what is below it", false});
  if (host::read_text(folder / "sriov_numvfs").value_or("0") != "0") {
    found.push_back({"its virtual functions are enabled, and end with its reset: write 0 to " +
                     (folder / "sriov_numvfs").string()});
  }
  for (const std::string& disk : disks_in_use(folder)) found.push_back({disk + ": unmount it first"});
  const std::string driver = link_name(folder / "driver");
  if (options.vfio && driver != "vfio-pci") {
    found.push_back({"--via vfio, and it is not bound to vfio-pci: write vfio-pci to " +
                         (folder / "driver_override").string() + ", unbind it, and write " + name +
                         " to /sys/bus/pci/drivers_probe",
                     false});
  } else if (!driver.empty() && driver != "vfio-pci" && driver != "pci-stub") {
    found.push_back({"its driver is " + driver + ": write " + name + " to /sys/bus/pci/drivers/" + driver + "/unbind"});
  }
  std::string others;
  std::error_code code;
  for (fs::directory_iterator entry(folder / "iommu_group/devices", code), end; !code && entry != end;
       entry.increment(code)) {
    const std::string other = entry->path().filename().string();
    // A port in the group has no DMA of its own.
    if (other != name && !is_bridge(entry->path())) others += (others.empty() ? "" : ", ") + other;
  }
  if (!others.empty()) {
    found.push_back({"it shares its IOMMU group with " + others + ": see that nobody uses these"});
  }
  return found;
}

// --- waiting ---------------------------------------------------------------------------------------------------------

volatile std::sig_atomic_t interrupted = 0;

struct Interrupted {};
constexpr rg::Literal interrupted_text = "interrupted";

// Sleeps in short parts: says on a terminal for how long it has waited, and leaves when somebody interrupts.
class Waiting {
 public:
  Waiting() noexcept : shown_(isatty(STDERR_FILENO) == 1) {}

  void operator()(Duration length) {
    constexpr Duration part = std::chrono::milliseconds(50);
    const Duration end = host::Clock::now() + length;
    for (Duration now = host::Clock::now(); now < end; now = host::Clock::now()) {
      if (interrupted != 0) throw Interrupted();
      std::this_thread::sleep_for(std::min(part, end - now));
      waited_ += host::Clock::now() - now;
      if (shown_ && waited_ > std::chrono::milliseconds(200)) {
        std::fprintf(stderr, "\r\033[Kwaiting, %.1f s (Ctrl-C: gives up, and leaves it fenced)",
                     std::chrono::duration<double>(waited_).count());
        dirty_ = true;
      }
    }
  }

  void clear() {
    if (std::exchange(dirty_, false)) std::fputs("\r\033[K", stderr);
    waited_ = {};
  }

 private:
  bool shown_, dirty_ = false;
  Duration waited_{};
};

// --- the reset -------------------------------------------------------------------------------------------------------

struct Result {
  std::string answer;  // verified, claimed, unsupported, failed, released
  int status = has_failed;
  std::string method;
  std::string error_text;
  Json error;
  bool fenced = false, quarantined = false, unfenced = false;
  Duration duration{};
};

void set_error(Result& result, const rg::Error& error) {
  const bool unsupported = error.code() == rg::Errc::unsupported;
  result.answer = unsupported ? "unsupported" : "failed";
  result.status = unsupported ? is_unsupported : has_failed;
  result.error_text = rg::to_string(error);
  result.error = error_json(rg::to_string(error.code()), error.native(), error.where());
  result.error["later"] = error.later_errors();
}

template <class Step>
void set_answer(Result& result, rg::Verdict<Step> verdict) {
  if (verdict.failed()) return set_error(result, std::move(verdict).error());
  const bool claimed = std::move(verdict).take().claimed();
  result.answer = claimed ? "claimed" : "verified";
  result.status = claimed ? was_claimed : was_verified;
}

RESET_GUARD_MUST_USE rg::Verdict<FunctionReset> reset_by_one(host::Function& function, std::string_view name) {
  const host::Function& asked = function;
  for (const auto& method : methods::chain<host::Function>) {
    if (name != method.name) continue;
    const rg::Probe offered = methods::chain<host::Function>.probe(method, asked);
    if (offered.support != rg::Support::no) return method.reset(function);
    return rg::Error(rg::Errc::unsupported, 0, rg::Literal::unchecked(offered.why));
  }
  return rg::Error(rg::Errc::unsupported, 0, "no such method");
}

// The trace, as a tree on a time line; and which method has worked.
class Trace {
 public:
  Trace(bool shown, bool chained, Waiting& waiting) : shown_(shown), level_(chained ? 2 : 1), waiting_(waiting) {}

  void operator()(const rg::TraceEvent& event) {
    waiting_.clear();
    if (event.kind == rg::TraceKind::entered && event.depth == level_) entered_ = event.step;
    if (event.kind == rg::TraceKind::finished && event.depth == level_ && event.error == nullptr) method_ = entered_;
    if (!shown_) return;
    rg::write_trace(event, [this](std::string_view line) {
      std::printf("%9.3f ms  %.*s\n", std::chrono::duration<double, std::milli>(host::Clock::now() - start_).count(),
                  static_cast<int>(line.size()), line.data());
    });
    std::fflush(stdout);
  }

  // The chain has no method `slot`: it is how `bus` resets what is in a hotplug slot.
  const char* method() const noexcept {
    const bool slot = method_ != nullptr && std::strcmp(method_, methods::Slot::name) == 0;
    return slot ? static_cast<const char*>(methods::Bus::name) : method_;
  }

 private:
  bool shown_;
  unsigned level_;
  Waiting& waiting_;
  Duration start_ = host::Clock::now();
  const char* entered_ = nullptr;
  const char* method_ = nullptr;
};

void do_reset(host::Function& function, host::Vfio* vfio, const ResetOptions& options, Result& result) {
  try {
    if (options.release) {
      rg::Status released = rg::release_quarantine(function, options.release->c_str());
      if (released.failed()) return set_error(result, std::move(released).error());
      result.answer = "released";
      result.status = was_verified;
    } else if (options.method != kernel_method) {
      set_answer(result, options.method ? reset_by_one(function, *options.method)
                                        : methods::reset_by(function, pci::MethodSelection()));
    } else if (vfio != nullptr) {
      set_answer(result, host::KernelReset::run(function, *vfio));
    } else {
      set_answer(result, host::KernelReset::run(function));
    }
  } catch (const Interrupted&) {
    set_error(result, rg::Error(rg::Errc::abandoned, 0, interrupted_text));
  }
}

// --- the report ------------------------------------------------------------------------------------------------------

std::string ids_text(pci::Id id) { return format("%04x:%04x", id.vendor, id.device); }

void print_result(const host::Function& function, const host::Fence& fence, const Result& result) {
  const Style style;
  std::string text = result.answer;
  if (result.status == was_verified) text = style.green(text);
  if (result.status == has_failed) text = style.red("FAILED");
  if (result.status == was_claimed || result.status == is_unsupported) text = style.yellow(text);
  if (!result.method.empty()) text += ", by " + result.method;
  if (result.status == was_claimed) text += ": nothing shows that it was reset";
  if (!result.error_text.empty()) text += ": " + result.error_text;
  std::printf("%s %s%s\n", style.to(), text.c_str(),
              format(", after %.3f ms", std::chrono::duration<double, std::milli>(result.duration).count()).c_str());
  if (!result.quarantined) return;
  std::printf("  %s is quarantined%s.\n", pci::to_text(function.address()).c_str(),
              result.unfenced ? style.red(", and NOT fenced").c_str()
              : result.fenced ? (std::string(", and stays fenced: ") + fence.what()).c_str()
                              : "");
  std::printf("  A verified reset ends that; or, on your responsibility: --release REASON.\n");
}

void print_result_json(const host::Function& function, const ResetOptions& options, const Result& result) {
  const Json json = {{"schema", "reset_guard.reset"},
                     {"version", 1},
                     {"address", pci::to_text(function.address()).c_str()},
                     {"ids", ids_text(function.own_id())},
                     {"as", options.as ? Json(ids_text(*options.as)) : Json(nullptr)},
                     {"via", options.vfio ? "vfio" : "sysfs"},
                     {"answer", result.answer},
                     {"method", result.method.empty() ? Json(nullptr) : Json(result.method)},
                     {"error", result.error},
                     {"fenced", result.fenced},
                     {"quarantined", result.quarantined},
                     {"unfenced", result.unfenced},
                     {"duration_us", result.duration.count()}};
  std::puts(json.dump(2, ' ', false, Json::error_handler_t::replace).c_str());
}

void print_plan(const host::Function& function, const host::Fence& fence, const std::vector<Refusal>& forbidden) {
  std::printf("  fence    %s\n", fence.what());
  for (const auto& method : methods::chain<host::Function>) {
    const rg::Probe offered = methods::chain<host::Function>.probe(method, function);
    std::printf("  %-7s  %-16s %s\n", offered.support == rg::Support::no ? "not" : "method", method.name, offered.why);
  }
  for (const Refusal& each : forbidden) std::printf("  refused  %s\n", each.what.c_str());
}

int run_reset(const ResetOptions& options) {
  const std::string name = pci::to_text(options.address).c_str();
  std::error_code code;
  const fs::path folder = fs::canonical(fs::path(options.devices) / name, code);
  if (code)
    return complain("reset " + name + ": there is no such function in " + options.devices + " (lspci -D lists them)");
  const std::vector<Refusal> forbidden = refusals(options, folder);
  bool refused = false;
  for (const Refusal& each : forbidden) {
    if (options.force && each.forcible) continue;
    refused = true;
    if (!options.dry_run) complain("reset " + name + ": " + each.what + (each.forcible ? " (or --force)" : ""));
  }
  if (refused && !options.dry_run) return command_line::bad_input;

  auto locked = host::KeptState::lock(options.records, name);
  if (locked.failed()) {
    const rg::Error error = std::move(locked).error();
    if (error.code() == rg::Errc::busy)
      return complain("reset " + name + ": another reset of it is under way: wait for its end");
    return complain("reset " + name + ": " + rg::to_string(error) + " in " + options.records + ": run it as root");
  }
  const host::KeptState kept = std::move(locked).take();

  std::optional<host::Vfio> vfio;
  std::unique_ptr<host::Fence> fence = std::make_unique<host::CommandFence>(fs::exists(folder / "physfn", code));
  if (options.vfio && !refused) {
    auto opened = host::Vfio::open(link_name(folder / "iommu_group"), name);
    if (opened.failed()) {
      const rg::Error error = std::move(opened).error();
      return complain("reset " + name + ": " + rg::to_string(error) +
                      (error.code() == rg::Errc::busy ? ": another program has its group open: end it" : ""));
    }
    vfio.emplace(std::move(opened).take());
    fence = std::make_unique<host::VfioFence>(*vfio);
  }

  Waiting waiting;
  const host::Clock clock([&waiting](Duration length) { waiting(length); });
  Trace trace(!options.json, !options.method.has_value(), waiting);
  auto opened = host::Function::open(options.address, *fence, clock, kept,
                                     {.devices = options.devices,
                                      .as = options.as,
                                      .longest_recovery = options.timeout,
                                      .trace = [&trace](const rg::TraceEvent& event) { trace(event); }});
  if (opened.failed()) {
    const rg::Error error = std::move(opened).error();
    if (error.code() == rg::Errc::invalid && error.native() == 0) {
      return complain("reset " + name + ": " + kept.path() +
                      " cannot be understood: look at the function, and remove it");
    }
    return complain("reset " + name + ": " + rg::to_string(error) + ": run it as root");
  }
  const auto function = std::move(opened).take();

  if (!options.json) {
    std::printf("%s  %s  %s\n", name.c_str(), ids_text(function->own_id()).c_str(), fence->what());
    if (options.as) std::printf("by the handler of %s, which it is not\n", ids_text(*options.as).c_str());
    if (function->reset_state.quarantined()) {
      std::printf("It is quarantined, by %s.\n", rg::to_string(function->reset_state.quarantine_reason()).c_str());
    }
  }
  if (options.dry_run) {
    print_plan(*function, *fence, forbidden);
    return refused ? command_line::bad_input : was_verified;
  }
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });

  Result result;
  const Duration start = host::Clock::now();
  do_reset(*function, vfio ? &*vfio : nullptr, options, result);
  result.duration = host::Clock::now() - start;
  waiting.clear();
  if (trace.method() != nullptr && result.error.is_null()) result.method = trace.method();
  result.fenced = function->fenced();
  result.quarantined = function->reset_state.quarantined();
  result.unfenced = function->reset_state.unfenced();
  rg::Status written =
      function->keep_quarantine(interrupted != 0 ? static_cast<const char*>(interrupted_text) : nullptr);
  if (written.failed()) {
    complain("reset " + name + ": " + rg::to_string(std::move(written).error()) +
             ": the quarantine ends with this program");
  }
  if (options.json) {
    print_result_json(*function, options, result);
  } else {
    print_result(*function, *fence, result);
  }
  return result.status;
}

}  // namespace

int reset(int argc, char** argv) {
  int status = command_line::all_well;
  const auto options = parse_reset(argc, argv, status);
  return options ? run_reset(*options) : status;
}

}  // namespace program
