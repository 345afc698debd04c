// How reset_tool's text looks: to a terminal, to a file, and to somebody who reads it for the first time.
#include "run.hpp"

using namespace program_test;

namespace {

const Setting utf8{.environment = {"LC_ALL=C.UTF-8"}};

// The text with a terminal's line ends made plain.
std::string on_terminal(const Words& environment) {
  return run({given_path(nvme_name)}, {.environment = environment, .terminal = true}).out;
}

bool has_colour(const std::string& text) { return contains(text, "\033["); }

// Without escape sequences that end with m, and carriage returns.
std::string without_colour(const std::string& text) {
  std::string plain;
  bool escaped = false;
  for (const char c : text) {
    if (c == '\033') escaped = true;
    if (!escaped && c != '\r') plain += c;
    if (c == 'm') escaped = false;
  }
  return plain;
}

// The first line that has a text, without its time.
std::string line_with(const std::string& text, const std::string& part) {
  for (const std::string& line : lines_of(text)) {
    if (contains(line, part)) return line.size() > 14 ? line.substr(14) : line;
  }
  return "";
}

// What is said of the function with these ids.
std::string section(const std::string& text, const std::string& ids) {
  const auto start = text.find("  " + ids + "  ");
  if (start == std::string::npos) return "";
  return text.substr(start, text.find("\n\n", start) - start);
}

}  // namespace

TEST_CASE("program: text: no colour in a file", "[program]") { CHECK_FALSE(has_colour(run({}).out)); }
TEST_CASE("program: text: colour on a terminal", "[program]") { CHECK(has_colour(on_terminal({}))); }
TEST_CASE("program: text: NO_COLOR is honoured", "[program]") { CHECK_FALSE(has_colour(on_terminal({"NO_COLOR=1"}))); }
TEST_CASE("program: text: an empty NO_COLOR is none", "[program]") { CHECK(has_colour(on_terminal({"NO_COLOR="}))); }
TEST_CASE("program: text: no colour on a dumb terminal", "[program]") {
  CHECK_FALSE(has_colour(on_terminal({"TERM=dumb"})));
}
TEST_CASE("program: text: on a terminal it says the same, but for the colour", "[program]") {
  const std::string plain = run({given_path(nvme_name)}).out;
  CHECK(without_colour(on_terminal({})) == plain);
}
TEST_CASE("program: text: JSON has no colour on a terminal", "[program]") {
  CHECK_FALSE(has_colour(run({given_path(nvme_name), "--json"}, {.terminal = true}).out));
}
TEST_CASE("program: text: ASCII without a UTF-8 locale", "[program]") {
  const std::string text = run({}).out + run({"--verbose"}).out;
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
}
TEST_CASE("program: text: lines where the locale has UTF-8", "[program]") {
  CHECK(contains(run({}, utf8).out, "┌ flr"));
}
TEST_CASE("program: text: LC_ALL goes before LANG", "[program]") {
  CHECK_FALSE(contains(run({}, {.environment = {"LC_ALL=C", "LANG=C.UTF-8"}}).out, "┌"));
}
TEST_CASE("program: text: no line has more than 80 columns", "[program]") {
  CHECK(too_wide(run({}, utf8).out + run({"--verbose"}, utf8).out + run({"list"}, utf8).out) == Words{});
}
TEST_CASE("program: text: no line of --help has more than 80 columns", "[program]") {
  CHECK(too_wide(run({"--help"}).out) == Words{});
}
TEST_CASE("program: text: no line of a fault's run has more than 80 columns", "[program]") {
  Words lines;
  for (const std::string& fault : all_steps + all_faults) {
    lines = lines + too_wide(run({"--fail", fault}, utf8).out + run({"--fail", fault, "--verbose"}, utf8).out);
  }
  CHECK(lines == Words{});
}
TEST_CASE("program: text: a reason that names many functions is wrapped", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  for (const std::string number : {"0", "1", "2", "3", "4", "5", "6", "7"}) {
    folder.file("0000-01-00." + number + ".bin", given(nvme_name));
  }
  const std::string text = run({"list", folder.path(), "--verbose"}, utf8).out;
  CHECK((too_wide(text) == Words{} && contains(text, "0000:01:00.0,") && contains(text, "0000:01:00.7")));
}
TEST_CASE("program: text: no folder of this machine in the default run", "[program]") {
  CHECK_FALSE(contains(run({"--verbose"}).out, fs::path(RESET_GUARD_DATA_DIR).parent_path().string()));
}
TEST_CASE("program: text: nothing on stderr in the default run", "[program]") { CHECK(run({}).err == ""); }
TEST_CASE("program: text: the last line is the result", "[program]") {
  CHECK(last_line(run({}).out) == "result: functions=19 verified=14 claimed=1 unsupported=4 failed=0 violations=0");
}
TEST_CASE("program: text: the default run begins with a reset inside a reset, which is verified", "[program]") {
  const std::string text = run({}).out;
  const auto inner = text.find("| | , flr  depth 3"), ends = text.find("-> verified, by device_specific");
  CHECK((inner != std::string::npos && inner < ends && ends < text.find("\nat ")));
}
TEST_CASE("program: text: then comes one that fails, and stays fenced", "[program]") {
  const std::string text = run({}).out;
  const auto failed = text.find("-> FAILED: firmware_ack: timed_out");
  CHECK((text.find("-> verified, by device_specific") < failed && failed < text.find("\nat ") &&
         contains(text, "done(failed): its DMA stays blocked")));
}
TEST_CASE("program: text: of several functions each has one line", "[program]") {
  const Words lines = lines_of(run({RESET_GUARD_DATA_DIR}).out);
  CHECK((lines.size() == 9 && lines[4] == "01:00.0 1b36:0010  NVMe controller      verified    flr"));
}
TEST_CASE("program: text: list has one line for each function", "[program]") {
  const Words lines = lines_of(run({"list", RESET_GUARD_DATA_DIR}).out);
  CHECK((lines.size() == 9 && lines[7] == "35:00.0 8086:0d93  CXL memory           bus cxl_bus"));
}
TEST_CASE("program: text: of several functions one that failed says how", "[program]") {
  CHECK(contains(run({RESET_GUARD_DATA_DIR, "--fail", "flr"}).out, "  -> FAILED: flr: config write: io (-5), after"));
}
TEST_CASE("program: text: a fault's run says how many resets it struck", "[program]") {
  CHECK(contains(run({RESET_GUARD_DATA_DIR, "--fail", "flr"}).out, "\nThe fault struck in 2 of 7 resets.\n"));
}
TEST_CASE("program: text: the domain is there if it is not 0", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  folder.file("0001-01-00.0.bin", given(nvme_name));
  const std::string text = run({"list", folder.path()}).out;
  CHECK((contains(text, "\n0000:00:01.0 ") && contains(text, "\n0001:01:00.0 ")));
}
TEST_CASE("program: text: domains of different widths do not shift the table", "[program]") {
  const Folder folder;
  folder.file("0000-00-01.0.bin", given(nvme_port_name));
  folder.file("10000-01-00.0.bin", given(nvme_name));
  const Words lines = lines_of(run({"list", folder.path()}).out);
  CHECK(lines[0].find("methods") == lines[1].find("none"));
}
TEST_CASE("program: text: a reason fills its line, and no more", "[program]") {
  CHECK(too_wide(run({"list", given_path(nvme_name)}).out) == Words{});
}
TEST_CASE("program: text: a patched function is called simulated", "[program]") {
  CHECK(contains(line_with(run({"--verbose"}).out, "19e5:375e"), ", simulated"));
}
TEST_CASE("program: text: a function with no method has no tree", "[program]") {
  CHECK(contains(section(run({"--verbose"}).out, "1234:11e8"), "-> unsupported, no hook called"));
}
TEST_CASE("program: text: the write that starts an FLR shows its bit", "[program]") {
  CHECK(line_with(run({given_path(nvme_name)}).out, "Device Control 0x0000 ->") ==
        "| | Device Control 0x0000 -> 0x8000, reads back 0x0000");
}
TEST_CASE("program: text: a port's register has the port's address", "[program]") {
  CHECK(line_with(run({given_path(cxl_name)}).out, "CXL Port Control 0x0000 ->") ==
        "| | 0000:34:00.0 CXL Port Control 0x0000 -> 0x0001");
}
TEST_CASE("program: text: a method that says 'unsupported' is not called failed", "[program]") {
  CHECK_FALSE(contains(section(run({"--verbose"}).out, "8086:0d93"), "ailed"));
}
TEST_CASE("program: text: a fault is shown where it strikes", "[program]") {
  const std::string text = section(run({"--fail", "firmware_ack", "--verbose"}).out, "19e5:375e");
  const auto fault = text.find("FAULT INJECTED (firmware-silent)"), write = text.find("HINIC_VF_OP 0x00000000 ->");
  CHECK((fault != std::string::npos && fault < write));
}
TEST_CASE("program: text: the step that failed is named where it failed", "[program]") {
  CHECK(line_with(section(run({"--fail", "firmware_ack", "--verbose"}).out, "19e5:375e"), "FAILED: ") ==
        "| | | FAILED: firmware_ack: timed_out");
}
TEST_CASE("program: text: what follows a failure is called clean-up", "[program]") {
  CHECK(line_with(section(run({"--fail", "firmware_ack", "--verbose"}).out, "19e5:375e"), "unmap") ==
        "| | clean-up: unmap BAR 0");
}
TEST_CASE("program: text: the last line of a failed reset says what, where and what became of it", "[program]") {
  const std::string text = section(run({"--fail", "bus", "--verbose"}).out, "8086:0d93");
  const std::string line = text.substr(text.rfind("  -> "));
  CHECK((line.rfind("  -> FAILED: bus: config write: io (-5), after ", 0) == 0 && contains(line, " ms; blocked and")));
}
TEST_CASE("program: text: a fault that does not strike is said to have had no occasion", "[program]") {
  CHECK(contains(section(run({"--fail", "firmware_ack", "--verbose"}).out, "1b36:0010"),
                 "the fault had no occasion to strike"));
}
TEST_CASE("program: text: a reset that lost its block is called not blocked", "[program]") {
  CHECK(contains(run({given_path(nvme_name), "--fail", "done-unfenced"}).out, "quarantined, NOT BLOCKED"));
}
