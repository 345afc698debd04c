// The report for people: what each function supports, then its reset as a tree of scopes on a virtual time line.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"
#include "shared/style.hpp"
#include "sim/faults.hpp"

namespace program {
namespace {

double milliseconds(sim::Duration duration) { return static_cast<double>(duration.count()) / 1000; }

bool begins_with(std::string_view text, std::string_view start) { return text.substr(0, start.size()) == start; }

// "flr: config write: io (-5)": the step that failed, where in it, and how.
std::string error_text(const char* step, const char* where, rg::Errc code, int native) {
  std::string text = step != nullptr ? step : "";
  if (where != nullptr && !begins_with(where, text)) text += ": " + std::string(where);
  if (where != nullptr && begins_with(where, text)) text = where;
  text += (text.empty() ? "" : ": ") + std::string(rg::to_string(code));
  if (native != 0) text += format(" (%d)", native);
  return text;
}

// The events of one reset, line by line. Reads and sleeps in a row become one line.
class Tree {
 public:
  Tree(const Style& style, const Entry& entry, bool chained)
      : style_(style), function_(entry.address), start_(entry.reset->events.front().time), chained_(chained) {
    for (const sim::Event& event : entry.reset->events) add(event);
    flush();
  }

 private:
  void add(const sim::Event& event) {
    using enum sim::EventKind;
    if (hook_ != nullptr && event.kind != iommu_block && event.kind != iommu_unblock) {
      end_hook(event.blocked ? ": its DMA stays blocked" : ": its DMA is not blocked");
    }
    switch (event.kind) {
      case config_read:
      case mmio_read: return look(event);
      case sleep: return wait(event);
      case config_write:
      case mmio_write: return write(event);
      case write_lost:
        return line(event, style_.yellow(reg(event) +
                                         format(" := 0x%0*x is lost: nobody answers", 2 * event.width, event.written)));
      case map: return work(event, format("map BAR %u", event.offset));
      case unmap: return work(event, format("unmap BAR %u", event.offset));
      case platform:
        if (event.text != nullptr) return line(event, style_.red(format("%s fails: %s", event.name, event.text)));
        return work(event, format("asks the platform: %s", event.name));
      case prepare: return hook(event, "prepare()");
      case done: return hook(event, format("done(%s)", rg::to_string(event.outcome)));
      case iommu_block: return end_hook(": the IOMMU blocks its DMA");
      case iommu_unblock: return end_hook(": the IOMMU lets its DMA through");
      case iommu_fault: return line(event, style_.red("its driver uses it: the IOMMU stops the DMA"));
      case dma: return line(event, "its driver uses it: DMA goes through");
      case reset_held: return line(event, "it is held in reset");
      case reset: return line(event, style_.bold(format("it is reset (%s) and loses its state", event.text)));
      case power_off: return line(event, style_.bold("its power is off, and it loses its state"));
      case reset_ignored: return line(event, style_.yellow(format("no reset: %s", event.text)));
      case returned: return line(event, "it is back on the bus");
      case fault: return injected(event);
      case violation: return line(event, style_.red(format("VIOLATION: %s", event.text)));
      case trace: return traced(event);
    }
  }

  // A register: of a port above, with its address.
  std::string reg(const sim::Event& event) const {
    const std::string of = event.function != function_ ? pci::to_text(event.function).c_str() + std::string(" ") : "";
    return of + (event.name != nullptr ? event.name : format("register 0x%x", event.offset));
  }

  // --- lines that stand for several events ---

  void look(const sim::Event& event) {
    const std::string name = reg(event);
    if (slept_ != sim::Duration{} && looks_ != 0 && name != looked_at_) flush();
    begin(event);
    ++looks_;
    looked_at_ = name;
    seen_ = format("0x%0*x", 2 * event.width, event.after);
  }

  void wait(const sim::Event& event) {
    if (slept_ == sim::Duration{} && looks_ > 1) {  // the last one may be a poll's first
      const std::string at = looked_at_, seen = seen_;
      --looks_;
      looked_at_ = "";
      flush();
      begin(event);
      looks_ = 1;
      looked_at_ = at;
      seen_ = seen;
    }
    begin(event);
    slept_ += event.length;
    ++sleeps_;
  }

  void begin(const sim::Event& event) {
    if (looks_ == 0 && sleeps_ == 0 && written_ == 0) since_ = event.time;
  }

  void flush() {
    if (written_ != 0) {
      print(since_,
            format("its driver puts config space back: %u write%s, the last: ", written_, written_ == 1 ? "" : "s") +
                put_back_);
    } else if (returned_ && looks_ != 0) {
      print(since_, format("its driver finds config space as it was: %u reads", looks_));
    } else if (sleeps_ > 1 && looks_ != 0) {
      print(since_, style_.dim(format("polls %s %u times in %.6g ms: %s at last", looked_at_.c_str(), looks_,
                                      milliseconds(slept_), seen_.c_str())));
    } else if (sleeps_ != 0 && looks_ == 0) {
      print(since_, style_.dim(format("waits %.6g ms", milliseconds(slept_))));
    } else if (sleeps_ != 0) {
      print(since_,
            style_.dim(format("waits %.6g ms, then %s = %s", milliseconds(slept_), looked_at_.c_str(), seen_.c_str())));
    } else if (looks_ != 0) {
      const std::string last = looked_at_.empty() ? "" : looked_at_ + " = " + seen_;
      print(since_, style_.dim(looks_ == 1 ? "reads " + (last.empty() ? "a register" : last)
                                           : format("%u reads", looks_) + (last.empty() ? "" : ", the last: " + last)));
    }
    looks_ = sleeps_ = written_ = 0;
    slept_ = {};
  }

  void write(const sim::Event& event) {
    const int digits = 2 * event.width;
    std::string text =
        reg(event) + format(" 0x%0*x ", digits, event.before) + style_.to() + format(" 0x%0*x", digits, event.written);
    if (event.after != event.written) text += format(", reads back 0x%0*x", digits, event.after);
    if (!returned_) return work(event, text);
    begin(event);
    ++written_;
    put_back_ = text;
  }

  // --- single lines ---

  // What is done to the device; after a failure that is the clean-up.
  void work(const sim::Event& event, const std::string& text) {
    line(event, failed_ && depth_ != 0 ? "clean-up: " + text : text);
  }

  void injected(const sim::Event& event) {
    std::string text = format("FAULT INJECTED (%s): %s", event.text, sim::fault_sentence(event.text));
    if (event.name != nullptr) text += ", at " + reg(event);
    line(event, style_.yellow(text));
  }

  void hook(const sim::Event& event, const std::string& name) {
    flush();
    if (event.text != nullptr) return line(event, style_.red(name + " fails: " + event.text));
    hook_text_ = name;
    hook_ = &event;
  }
  void end_hook(const char* what) {
    if (hook_ == nullptr) return;
    print(hook_->time, style_.bold(hook_text_) + what);
    hook_ = nullptr;
  }

  void traced(const sim::Event& event) {
    const std::string step = event.step != nullptr ? event.step : "a step";
    const std::string error = event.failed ? error_text(event.step, event.text, event.code, event.native) : "";
    const bool unsupported = event.failed && event.code == rg::Errc::unsupported;
    switch (event.trace) {
      case rg::TraceKind::entered:
        line(event, style_.open() + std::string(event.step != nullptr ? event.step : "reset") +
                        style_.dim(format("  depth %u", event.depth)));
        depth_ = event.depth;
        return;
      case rg::TraceKind::finished:
        flush();
        depth_ = event.depth - 1;
        return print(event.time, style_.close() + ending(event, error));
      case rg::TraceKind::evidence:
        if (event.outcome == rg::Outcome::claimed) return line(event, style_.yellow("claim: " + step));
        return line(event, style_.green("evidence: " + step + destroyed(event)));
      case rg::TraceKind::failure:
        if (unsupported) {
          reason_ = event.text;
          return line(event, style_.yellow("unsupported: " + std::string(event.text)));
        }
        failed_ = true;
        return line(event, style_.red("FAILED: " + error));
      case rg::TraceKind::refused: return line(event, style_.red("refused: " + error));
      case rg::TraceKind::overruled: return line(event, style_.yellow("overruled: " + error));
      case rg::TraceKind::prepared: return;  // the hook's own line says it
      case rg::TraceKind::done:
        returned_ = !event.failed && (event.outcome == rg::Outcome::verified || event.outcome == rg::Outcome::claimed);
        return;
    }
  }

  // What a reset step destroyed.
  static std::string destroyed(const sim::Event& event) {
    std::string text;
    for (const char* const* name = event.destroys; name != nullptr && *name != nullptr; ++name) {
      text += (text.empty() ? ", which destroys " : ", ") + std::string(*name);
    }
    return text;
  }

  // How a scope ended.
  std::string ending(const sim::Event& event, const std::string& error) {
    const char* name = rg::to_string(event.outcome);
    if (event.outcome == rg::Outcome::verified) return style_.green(name);
    if (event.outcome == rg::Outcome::claimed) return style_.yellow(name);
    if (event.outcome == rg::Outcome::untouched) {
      std::string text = name;
      if (event.text != nullptr && reason_ != event.text) text += ": " + std::string(event.text);
      reason_ = event.text;
      return style_.yellow(text + (chained_ && depth_ == 1 ? "; the chain goes on" : ""));
    }
    failed_ = true;
    return style_.red(name + std::string(": ") + error);
  }

  void line(const sim::Event& event, const std::string& text) {
    flush();
    print(event.time, text);
  }

  void print(sim::Duration time, const std::string& text) const {
    std::string bars;
    for (unsigned i = 0; i != depth_; ++i) bars += style_.bar();
    std::printf("  %s  %s%s\n", style_.dim(format("%11.3f ms", milliseconds(time - start_))).c_str(), bars.c_str(),
                text.c_str());
  }

  const Style& style_;
  const pci::Address function_;
  const sim::Duration start_;
  const bool chained_;
  unsigned depth_ = 0;
  bool failed_ = false;      // a step failed: what follows is clean-up
  bool returned_ = false;    // it is its driver's again
  std::string_view reason_;  // the last one for 'unsupported'
  const sim::Event* hook_ = nullptr;
  std::string hook_text_;

  unsigned looks_ = 0, sleeps_ = 0, written_ = 0;
  sim::Duration slept_{}, since_{};
  std::string looked_at_, seen_, put_back_;
};

// The lines of a text that may be long: a reason that names many functions.
std::vector<std::string> wrapped(std::string_view text) {
  constexpr std::size_t width = 90;
  std::vector<std::string> lines;
  while (text.size() > width) {
    const std::size_t blank = text.rfind(' ', width);
    if (blank == std::string_view::npos) break;
    lines.emplace_back(text.substr(0, blank));
    text.remove_prefix(blank + 1);
  }
  lines.emplace_back(text);
  return lines;
}

void print_methods(const Style& style, const Entry& entry) {
  std::string offered;
  for (const MethodReport& method : entry.methods) {
    if (method.support == rg::Support::no) continue;
    if (!offered.empty()) offered += " ";
    offered += method.name;
  }
  std::printf("  methods  %s\n", offered.empty() ? style.yellow("none").c_str() : style.green(offered).c_str());
  for (const MethodReport& method : entry.methods) {
    if (method.support == rg::Support::yes) continue;
    const char* mark = method.support == rg::Support::maybe ? "maybe" : "not";
    const char* name = method.name;
    for (const std::string& line : wrapped(method.why)) {
      std::printf("  %-7s  %-16s %s\n", mark, name, style.dim(line).c_str());
      mark = name = "";
    }
  }
}

void print_reset(const Style& style, const Entry& entry, const Options& options) {
  const ResetReport& report = *entry.reset;
  if (report.attempted) Tree(style, entry, !options.method);
  std::string line;
  switch (answer_of(report)) {
    case Answer::verified:
      line = style.green(format("verified, by %s", report.method != nullptr ? report.method : "?"));
      break;
    case Answer::claimed:
      line = style.yellow(
          format("claimed, by %s: nothing shows that it was reset", report.method != nullptr ? report.method : "?"));
      break;
    case Answer::unsupported:
      line = style.yellow("unsupported") + (report.attempted ? ", and untouched: " : ", no hook called: ") +
             report.error->where();
      break;
    case Answer::failed: {
      const rg::Error& error = report.error ? *report.error : *report.return_error;
      const std::string text = error_text(report.failed_step, error.where(), error.code(), error.native());
      line = style.red((report.error ? "FAILED: " : "verified, but not back in use: ") + text);
      if (error.later_errors() != 0) line += format(", and %u more after it", error.later_errors());
      break;
    }
  }
  if (report.attempted) line += format(", after %.3f ms", milliseconds(report.duration));
  if (report.quarantined) line += report.blocked ? "; blocked and quarantined" : "; quarantined, NOT BLOCKED";
  if (options.fail && !report.fault_struck) line += "; the fault had no occasion to strike";
  if (report.fault_struck && answer_of(report) != Answer::failed && report.violations.empty())
    line += "; the fault did no harm";
  std::printf("  %s %s\n", style.to(), line.c_str());
}

void print_legend(const Style& style) {
  const auto print = [&](const std::string& text) { std::printf("%s\n", style.dim(text).c_str()); };
  print("Each function: the reset methods that it supports, and why not the others. Then its reset, simulated, on a");
  print("virtual clock: prepare() and done() are the device's hooks, " + std::string(style.open()) +
        "opens a scope and " + style.close() + "ends it, 'evidence'");
  print("says that a step was done, and a register is shown as it was " + std::string(style.to()) +
        " as it is written.");
  print("");
}

}  // namespace

void print_text(const std::vector<Entry>& entries, const Options& options) {
  const Style style;
  if (!options.list) print_legend(style);
  for (const Entry& entry : entries) {
    std::printf("%s  %04x:%04x  %s%s\n", style.bold(pci::to_text(entry.address).c_str()).c_str(), entry.id.vendor,
                entry.id.device, style.bold(entry.name).c_str(),
                entry.patched ? ", simulated: ids and class patched" : "");
    std::printf("  %s  %s\n", style.dim("bytes  ").c_str(),
                style.dim(entry.file + (entry.patched ? ", patched" : "")).c_str());
    print_methods(style, entry);
    if (entry.reset) print_reset(style, entry, options);
    std::printf("\n");
  }
  const Totals totals = count(entries);
  std::printf("result: functions=%zu", totals.functions);
  if (!options.list) {
    std::printf(" verified=%zu claimed=%zu unsupported=%zu failed=%zu violations=%zu", totals.verified, totals.claimed,
                totals.unsupported, totals.failed, totals.violations);
  }
  std::printf("\n");
}

}  // namespace program
