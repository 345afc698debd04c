// The report for people: a line for each function; and of one function what it supports, and its reset as a tree of
// scopes on a virtual time line.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "report.hpp"
#include "shared/command_line.hpp"
#include "shared/style.hpp"
#include "sim/faults.hpp"

namespace program {
namespace {

constexpr std::size_t line_width = 80;

// `before`, and a text from the column `indent` on.
void print_wrapped(std::string before, std::size_t indent, const std::string& text) {
  for (const std::string& line : wrapped(text, line_width - indent)) {
    std::printf("%s%s\n", before.c_str(), line.c_str());
    before.assign(indent, ' ');
  }
}

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

// The events of one reset, line by line. Reads and sleeps in a row become one line. In the outline registers are left
// out.
class Tree {
 public:
  enum Detail : bool { outline, registers };
  Tree(const Style& style, const Entry& entry, bool chained, Detail detail)
      : style_(style),
        function_(entry.address),
        start_(entry.reset->events.front().time),
        chained_(chained),
        outline_(detail == outline) {}

  void print(const std::vector<sim::Event>& events) {
    for (const sim::Event& event : events) add(event);
    flush();
  }

 private:
  void add(const sim::Event& event) {
    using enum sim::EventKind;
    if (hook_ != nullptr && event.kind != iommu_block && event.kind != iommu_unblock) {
      end_hook(event.blocked ? ": its DMA stays blocked" : ": its DMA is not blocked");
    }
    if (outline_ && is_detail(event.kind)) return;
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

  static bool is_detail(sim::EventKind kind) {
    using enum sim::EventKind;
    return kind == config_read || kind == mmio_read || kind == config_write || kind == mmio_write || kind == map ||
           kind == unmap;
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
      const char* writes = written_ == 1 ? "write" : "writes";
      print(since_, format("its driver restores config space: %u %s, the last: ", written_, writes) + put_back_);
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
    std::string before = style_.dim(format("%9.3f ms", milliseconds(time - start_))) + "  " + bars;
    for (const std::string& line : wrapped(text, line_width - 16 - std::size_t{2} * depth_)) {
      std::printf("%s%s\n", before.c_str(), line.c_str());
      before = std::string(14, ' ') + bars + "  ";
    }
  }

  const Style& style_;
  const pci::Address function_;
  const sim::Duration start_;
  const bool chained_, outline_;
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

// Those that it offers, by name.
std::string methods(const Style& style, const Entry& entry) {
  std::string names;
  for (const MethodReport& method : entry.methods) {
    if (method.support != rg::Support::no) names += (names.empty() ? "" : " ") + std::string(method.name);
  }
  return names.empty() ? style.yellow("none") : style.green(names);
}

// --- Linux's list ---

bool is_the_same(const KernelReport& kernel) { return kernel.differences.empty() && !kernel.selected; }

// "flr +bus": each difference with its mark.
std::string marked(const Style& style, const KernelReport& kernel) {
  using enum KernelReport::Listed;
  std::string text;
  const auto add = [&](const std::string& name) { text += (text.empty() ? "" : " ") + name; };
  for (const std::string& name : kernel.methods) {
    const auto differs = std::find_if(kernel.differences.begin(), kernel.differences.end(),
                                      [&](const KernelReport::Difference& each) { return each.method == name; });
    const bool marked = differs != kernel.differences.end();
    const std::string shown = command_line::printable(name);
    add(marked ? style.yellow((differs->listed == there ? "+" : "!") + shown) : shown);
  }
  if (kernel.methods.empty()) text = "none";
  for (const KernelReport::Difference& each : kernel.differences) {
    if (each.listed == here) add(style.yellow("-" + each.method));
  }
  return kernel.selected ? text + style.yellow(" (not in Linux's order)") : text;
}

// What the marks mean, and why the lists differ: each reason once.
void print_kernel_reasons(const Style& style, const std::vector<Entry>& entries) {
  std::vector<std::string> reasons;
  const auto add = [&](const std::string& reason) {
    if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
  };
  bool any = false;
  for (const Entry& entry : entries) {
    if (!entry.kernel) continue;
    any = true;
    for (const KernelReport::Difference& each : entry.kernel->differences) add(each.why);
    if (entry.kernel->selected) add("another order than that of Linux's own lists: a selection of the file's user");
  }
  if (!any) return;
  print_wrapped("", 0,
                style.dim("Linux: the function's file reset_method" +
                          std::string(reasons.empty() ? ", which nowhere says anything else."
                                                      : ". +: only Linux lists the method; -: only this program; "
                                                        "!: Linux lists it, and refuses it.")));
  for (const std::string& reason : reasons) print_wrapped("  ", 4, style.dim(command_line::printable(reason)));
}

void print_methods(const Style& style, const Entry& entry) {
  std::printf("  methods  %s\n", methods(style, entry).c_str());
  if (entry.kernel) {
    print_wrapped("  Linux    ", 11, is_the_same(*entry.kernel) ? "the same" : marked(style, *entry.kernel));
  }
  for (const MethodReport& method : entry.methods) {
    if (method.support == rg::Support::yes) continue;
    const char* mark = method.support == rg::Support::maybe ? "maybe" : "not";
    const char* name = method.name;
    for (const std::string& line : wrapped(method.why, line_width - 28)) {
      std::printf("  %-7s  %-16s %s\n", mark, name, style.dim(line).c_str());
      mark = name = "";
    }
  }
}

const char* word(Answer answer) {
  switch (answer) {
    case Answer::verified: return "verified";
    case Answer::claimed: return "claimed";
    case Answer::unsupported: return "unsupported";
    case Answer::failed: return "FAILED";
  }
  return "";
}

std::string colour(const Style& style, Answer answer, const std::string& text) {
  return answer == Answer::verified ? style.green(text)
         : answer == Answer::failed ? style.red(text)
                                    : style.yellow(text);
}

// How the reset ended, and what became of the device.
void print_answer(const Style& style, const ResetReport& report, const Options& options) {
  const Answer answer = answer_of(report);
  const std::string by = report.method != nullptr ? report.method : "?";
  std::string text;
  switch (answer) {
    case Answer::verified: text = "verified, by " + by; break;
    case Answer::claimed: text = "claimed, by " + by + ": nothing shows that it was reset"; break;
    case Answer::unsupported:
      text = std::string("unsupported, ") + (report.attempted ? "and untouched: " : "no hook called: ") +
             report.error->where();
      break;
    case Answer::failed: {
      const rg::Error& error = report.error ? *report.error : *report.return_error;
      text = report.error ? "FAILED: " : "verified, but not back in use: ";
      text += error_text(report.failed_step, error.where(), error.code(), error.native());
      if (error.later_errors() != 0) text += format(", and %u more after it", error.later_errors());
      break;
    }
  }
  std::string rest;
  if (report.attempted) rest += format(", after %.3f ms", milliseconds(report.duration));
  if (report.quarantined) rest += report.blocked ? "; blocked and quarantined" : "; quarantined, NOT BLOCKED";
  if (options.fail && !report.fault_struck) rest += "; the fault had no occasion to strike";
  if (report.fault_struck && answer != Answer::failed && report.violations.empty()) rest += "; the fault did no harm";
  const char* before = style.to();
  for (const std::string& line : wrapped(colour(style, answer, text) + rest, line_width - 4)) {
    std::printf("  %s %s\n", before, line.c_str());
    before = " ";
  }
}

void print_legend(const Style& style) {
  const auto print = [&](const std::string& text) { std::printf("%s\n", style.dim(text).c_str()); };
  print("prepare() and done() are the device's hooks, " + std::string(style.open()) + "opens a scope and " +
        style.close() + "ends it;");
  print("'evidence' says that a step was done; a register is shown as it was " + std::string(style.to()) + " as it");
  print("is written.\n");
}

void print_heading(const Style& style, const Entry& entry) {
  std::printf("%s  %04x:%04x  %s%s\n", style.bold(pci::to_text(entry.address).c_str()).c_str(), entry.id.vendor,
              entry.id.device, style.bold(entry.name).c_str(), entry.patched ? ", simulated" : "");
}

// A name that is too long for its line loses its front.
std::string end_of_name(const std::string& name, std::size_t width) {
  std::size_t from = 0, columns = 0;
  for (std::size_t i = name.size(); i != 0; --i) {
    if ((static_cast<unsigned char>(name[i - 1]) & 0xc0) == 0x80) continue;
    if (++columns == width - 3) from = i - 1;
  }
  return columns <= width ? name : "..." + name.substr(from);
}

void print_details(const Style& style, const Entry& entry, const Options& options) {
  print_heading(style, entry);
  std::printf("  %s  %s\n", style.dim("bytes  ").c_str(),
              style
                  .dim(end_of_name(command_line::printable(entry.file), line_width - 11) +
                       (entry.patched ? ", with other ids and class" : ""))
                  .c_str());
  print_methods(style, entry);
  if (entry.reset) {
    if (entry.reset->attempted) Tree(style, entry, !options.method, Tree::registers).print(entry.reset->events);
    print_answer(style, *entry.reset, options);
  }
  std::printf("\n");
}

// Cut to `width` columns. The names are ASCII.
std::string cut(std::string text, std::size_t width) {
  if (text.size() > width) text = text.substr(0, width - 3) + "...";
  return text;
}

// A line for each function: its methods, or how it was reset, and of a failure a second line.
void print_table(const Style& style, const std::vector<Entry>& entries, const Options& options) {
  constexpr std::size_t most = 32;
  const bool one_domain =
      std::all_of(entries.begin(), entries.end(), [](const Entry& entry) { return entry.address.domain == 0; });
  const auto address = [&](const Entry& entry) {  // as lspci has it: without the domain, if that is 0 everywhere
    return std::string(pci::to_text(entry.address).c_str()).substr(one_domain ? std::strlen("0000:") : 0);
  };
  int width = 0, address_width = 0;
  for (const Entry& entry : entries) {
    width = std::max(width, static_cast<int>(std::min(most, entry.name.size())));
    address_width = std::max(address_width, static_cast<int>(address(entry).size()));
  }
  std::printf("%s\n", style
                          .dim(format("%-*s %-9s  %-*s  ", address_width, "at", "ids", width, "function") +
                               (options.list ? "methods" : "reset       method"))
                          .c_str());
  const std::size_t indent = std::size_t{14} + static_cast<unsigned>(address_width) + static_cast<unsigned>(width);
  for (const Entry& entry : entries) {
    std::printf("%-*s %04x:%04x  %-*s  ", address_width, address(entry).c_str(), entry.id.vendor, entry.id.device,
                width, cut(entry.name, most).c_str());
    if (entry.reset) {
      const ResetReport& report = *entry.reset;
      const char* answer = word(answer_of(report));
      std::printf("%s%s%s\n", colour(style, answer_of(report), answer).c_str(),
                  report.method != nullptr ? std::string(12 - std::strlen(answer), ' ').c_str() : "",
                  report.method != nullptr ? report.method : "");
      if (answer_of(report) == Answer::failed) print_answer(style, report, options);
    } else {
      std::string text = methods(style, entry);
      if (entry.kernel && is_the_same(*entry.kernel)) text += "  = Linux";
      print_wrapped("", indent, text);
      if (!entry.kernel || is_the_same(*entry.kernel)) continue;
      print_wrapped(std::string(indent, ' '), indent, "Linux: " + marked(style, *entry.kernel));
    }
  }
}

}  // namespace

void print_first_look(const Entry& nested, const Entry& failing) {
  const Style style;
  print_legend(style);
  for (const Entry* entry : {&nested, &failing}) {
    std::printf("%s\n", entry == &nested ? "A reset inside a reset: one prepare, one done."
                                         : "The same, and the firmware does not answer: the device stays fenced.");
    print_heading(style, *entry);
    Tree(style, *entry, true, Tree::outline).print(entry->reset->events);
    print_answer(style, *entry->reset, {});
    std::printf("\n");
  }
  std::printf(
      "Each function, reset by the first of its methods that does it (--verbose: how).\n"
      "Those from 8086:10ed on are simulated, each in a machine of its own:\n");
}

void print_text(const std::vector<Entry>& entries, const Options& options) {
  const Style style;
  if (options.verbose || entries.size() == 1) {
    if (!options.list) print_legend(style);
    for (const Entry& entry : entries) print_details(style, entry, options);
  } else {
    print_table(style, entries, options);
  }
  print_kernel_reasons(style, entries);
  if (options.fail) {
    const auto struck = std::count_if(entries.begin(), entries.end(),
                                      [](const Entry& entry) { return entry.reset && entry.reset->fault_struck; });
    std::printf("The fault struck in %td of %zu resets.\n", struck, entries.size());
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
