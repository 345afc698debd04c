// The page: the number that the project is about, the tables, the time lines, how it was made, and the words.
#include "page.hpp"

#include <cstdio>
#include <ostream>
#include <string>

#include "page_parts.hpp"
#include "page_text.hpp"

namespace campaign {
namespace {

// The sentence that the whole page is about.
std::string headline(const Report& report) {
  const Totals library = totals_of(report.rows, Variant::reset_guard);
  const Totals upstream = totals_of(report.rows, Variant::linux_7_1);
  std::string text = "reset_guard: <b>" + number(library.of(Finding::false_success)) + "</b> of " +
                     counted(library.runs, "run") + " reported a success that was none.";
  if (upstream.runs != 0) {
    text += " " + escaped(to_string(Variant::linux_7_1)) + "\u2019s handlers: <b>" +
            number(upstream.of(Finding::false_success)) + "</b>.";
  }
  return text;
}

std::string lead() {
  return "<p class=\"lead\">A reset of a PCI device is made of steps, and every step can fail. Here each of them was "
         "made to "
         "fail, one at a time and in pairs, in a simulation; then what the reset <em>reported</em> was compared with "
         "what had become of the device. The worst answer is a success that was none: the next user of the device "
         "relies "
         "on it.</p>\n";
}

std::string how_made(const Report& report) {
  std::uint64_t singles = 0;
  std::uint64_t pairs = 0;
  for (const Row& row : report.rows) {
    singles += row.singles;
    pairs += row.pairs;
  }
  char seconds[32];
  std::snprintf(seconds, sizeof seconds, report.seconds < 10 ? "%.1f" : "%.0f", report.seconds);
  std::string text = "<dl class=\"made\">\n";
  const auto add = [&](const char* name, const std::string& value) {
    text += std::string("<div><dt>") + name + "</dt><dd>" + value + "</dd></div>\n";
  };
  add("Runs", number(singles + pairs) + ": " + number(singles) + " with one fault, each different, and " +
                  number(pairs) + " with two");
  if (report.seed == 0) {
    add("Pairs", "all " + number(report.all_pairs) + " of them");
  } else {
    add("Pairs", number(pairs) + " of " + number(report.all_pairs) + ", chosen with the seed <code>" +
                     std::to_string(report.seed) + "</code>");
  }
  add("Time", std::string(seconds) + " s; the simulated clock ran for as long as each reset would have taken");
  add("Made with", escaped(report.machine));
  add("Upstream",
      "the published handlers and their prepare and done, written down again for the same simulated devices");
  return text + "</dl>\n";
}

struct Word {
  const char* word;
  const char* meaning;
};

constexpr Word words[] = {
    {"prepare",
     "Called before a reset: the IOMMU blocks the device, so that a device in an unknown state cannot reach "
     "memory."},
    {"done",
     "Called after a reset: the device may use its memory again. Whether it should, after a failure, is what the "
     "versions differ in."},
    {"blocked", "The IOMMU stops each DMA of the device. Open: it goes through."},
    {"depth",
     "Reset routines call each other, and each calls prepare and done. Depth counts how many are open; only "
     "the outermost ones should block and unblock."},
    {"fault",
     "One operation that is made to fail: a refused write, a read of all ones, firmware that falls silent, a "
     "device that leaves the bus."},
    {"false success", "A reset that reports success, although the device was not reset."},
    {"honest",
     "What was reported is what happened: a success that was one, or a failure, with the device kept "
     "blocked."},
    {"stuck", "A healthy device whose next reset does not succeed either, since the failed one left something behind."},
    {"evidence",
     "With reset_guard, what a step leaves behind when it was done. Without evidence of a reset there is no way to "
     "report success."},
    {"nesting",
     "What the handler or method was called from: nothing else (alone), a device-specific reset, the chain of methods, "
     "or the inside of another reset; or what it found: the value of Command, or another function beside it."},
};

std::string glossary() {
  std::string text = "<dl class=\"words\">\n";
  for (const Word& each : words) {
    text += std::string("<div><dt>") + each.word + "</dt><dd>" + each.meaning + "</dd></div>\n";
  }
  return text + "</dl>\n";
}

std::string section(const char* id, const char* title, const std::string& content) {
  return std::string("<section id=\"") + id + "\" aria-labelledby=\"" + id + "-title\">\n<h2 id=\"" + id + "-title\">" +
         title + "</h2>\n" + content + "</section>\n";
}

std::string folded(const char* summary, const std::string& content) {
  return std::string("<details><summary>") + summary + "</summary>\n" + content + "</details>\n";
}

}  // namespace

void write_page(std::ostream& out, const Report& report) {
  out << "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
         "<meta name=\"color-scheme\" content=\"light dark\">\n"
         "<title>Resets under faults: what was reported, and what was true</title>\n<style>\n"
      << page_style()
      << "</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">reset_guard, fault campaign</p>\n<h1>"
      << headline(report) << "</h1>\n"
      << lead() << "</header>\n<main>\n";
  out << section("versions", "Five versions of prepare and done",
                 variant_table(report) +
                     "<p>The versions from upstream differ in prepare and done; their handlers are the same. A handler "
                     "that drops an error tells done of a success, so that a done which would keep the block after a "
                     "failure is told of none.</p>\n");
  out << section("handlers", "Handler by handler",
                 subject_table(report) + folded("Each nesting on its own, with every finding", nesting_table(report)) +
                     folded("Runs that were not honest, one of each kind", example_table(report)));
  std::string figures =
      "<p>Each picture is one run. The runs of one comparison have the same fault, and what happens at the same time "
      "stands one above the other. Widths are no measure of time: a wait of seconds would leave no room for the "
      "rest.</p>\n";
  for (std::size_t i = 0; i != report.comparisons.size(); ++i) figures += comparison_figure(report.comparisons[i], i);
  if (!report.comparisons.empty()) out << section("comparisons", "The same fault, different answers", figures);
  out << section("made", "How this was made", how_made(report));
  out << section("words", "Words", glossary());
  out << "</main>\n</body>\n</html>\n";
}

}  // namespace campaign
