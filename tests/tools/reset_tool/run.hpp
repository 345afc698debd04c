// What the tests of reset_tool share: run it and look at what it said, and files to feed it with.
#pragma once

#include "../../unit/catch.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace program_test {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;
using Words = std::vector<std::string>;

// --- files -----------------------------------------------------------------------------------------------------------

// A folder that lasts as long as the object.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "reset_tool.XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
    fs::permissions(path_, fs::perms::others_read | fs::perms::others_exec, fs::perm_options::add);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }

  std::string path() const { return path_.string(); }

  // Writes a file, and the folders above it. Returns its path.
  std::string file(const std::string& name, const Bytes& bytes) const {
    const fs::path path = path_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary).write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
    return path.string();
  }
  std::string file(const std::string& name, const std::string& text) const {
    return file(name, Bytes(text.begin(), text.end()));
  }

 private:
  fs::path path_;
};

inline std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline const std::string nvme_name = "0000-01-00.0_1b36_0010.bin", nvme_port_name = "0000-00-01.0_1b36_000c.bin";
inline const std::string net_name = "0000-02-00.0_1af4_1041.bin", edu_name = "0000-00-07.0_1234_11e8.bin";
inline const std::string cxl_name = "0000-35-00.0_8086_0d93.bin", cxl_port_name = "0000-34-00.0_8086_7075.bin";

inline std::string given_path(const std::string& name) { return (fs::path(RESET_GUARD_DATA_DIR) / name).string(); }
inline Bytes given(const std::string& name) {
  const std::string text = text_of(given_path(name));
  return {text.begin(), text.end()};
}

// --- runs ------------------------------------------------------------------------------------------------------------

struct Ran {
  int status = -1;  // the exit status; 128 and the signal's number if one ended it
  std::string out, err;
  long memory = 0;  // the most that it had, in KiB
};

struct Setting {
  Words environment{};      // NAME=VALUE, beyond LC_ALL=C and no NO_COLOR; TERM=xterm
  std::string directory{};  // where it runs; empty: here
  bool terminal = false;    // stdout is one
  bool as_nobody = false;
  std::string out{};  // the file that stdout is; empty: what is read as Ran::out
};

namespace detail {

inline std::string read_all(int descriptor) {
  std::string text;
  std::array<char, 65536> part;
  for (ssize_t size; (size = read(descriptor, part.data(), part.size())) > 0;) {
    text.append(part.data(), static_cast<std::size_t>(size));
  }
  return text;
}

[[noreturn]] inline void become(const Words& arguments, const Setting& setting, int out, int err) {
  dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  unsetenv("NO_COLOR");
  setenv("TERM", "xterm", 1);
  setenv("LC_ALL", "C", 1);
  for (const std::string& each : setting.environment) putenv(const_cast<char*>(each.c_str()));
  if (!setting.directory.empty() && chdir(setting.directory.c_str()) != 0) _exit(126);
  if (!setting.out.empty()) dup2(open(setting.out.c_str(), O_WRONLY), STDOUT_FILENO);
  if (setting.as_nobody && geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) _exit(126);
  alarm(100);  // one that waits for something is ended
  std::vector<char*> argv{const_cast<char*>(RESET_GUARD_TOOL)};
  for (const std::string& each : arguments) argv.push_back(const_cast<char*>(each.c_str()));
  argv.push_back(nullptr);
  execv(argv[0], argv.data());
  _exit(127);
}

}  // namespace detail

inline Ran run(const Words& arguments, const Setting& setting = {}) {
  std::FILE* out_file = std::tmpfile();
  std::FILE* err_file = std::tmpfile();
  int terminal = -1, out = fileno(out_file);
  if (setting.terminal) {
    terminal = posix_openpt(O_RDWR | O_NOCTTY);
    if (terminal < 0 || grantpt(terminal) != 0 || unlockpt(terminal) != 0) throw std::runtime_error("no terminal");
    out = open(ptsname(terminal), O_RDWR | O_NOCTTY);
  }
  const pid_t child = fork();
  if (child == 0) detail::become(arguments, setting, out, fileno(err_file));
  Ran ran;
  if (setting.terminal) {
    close(out);
    ran.out = detail::read_all(terminal);
    close(terminal);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  ran.memory = usage.ru_maxrss;
  ran.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (!setting.terminal) {
    lseek(fileno(out_file), 0, SEEK_SET);
    ran.out = detail::read_all(fileno(out_file));
  }
  lseek(fileno(err_file), 0, SEEK_SET);
  ran.err = detail::read_all(fileno(err_file));
  std::fclose(out_file);
  std::fclose(err_file);
  return ran;
}

inline Words operator+(Words left, const Words& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

inline Words lines_of(const std::string& text) {
  Words lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

inline std::string last_line(const std::string& text) {
  const Words lines = lines_of(text);
  return lines.empty() ? "" : lines.back();
}

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// Characters, not bytes.
inline std::size_t columns(const std::string& line) {
  return static_cast<std::size_t>(
      std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

// The lines of more than 80 columns.
inline Words too_wide(const std::string& text) {
  Words lines;
  for (const std::string& line : lines_of(text)) {
    if (columns(line) > 80) lines.push_back(line);
  }
  return lines;
}

// Whether the input was refused as it should be: status 2, nothing on stdout, one line on stderr that has these words.
inline std::string fault_of_refusal(const Ran& ran, const Words& words) {
  if (ran.status != 2) return "exit status " + std::to_string(ran.status) + ": " + ran.err;
  if (!ran.out.empty()) return "something on stdout";
  if (std::count(ran.err.begin(), ran.err.end(), '\n') != 1 || ran.err.back() != '\n')
    return "not one line: " + ran.err;
  for (const std::string& word : words) {
    if (!contains(ran.err, word)) return "no '" + word + "' in: " + ran.err;
  }
  return "";
}

#define CHECK_REFUSED(ran, ...) CHECK(fault_of_refusal(ran, Words{__VA_ARGS__}) == "")

inline const Words all_methods{"device_specific", "acpi", "flr", "af_flr", "pm", "bus", "cxl_bus", "d3cold"};
// Steps; and faults of the simulation.
inline const Words all_steps{"acpi",      "flr",     "af_flr",   "pm",           "bus",
                             "slot",      "cxl_bus", "d3cold",   "firmware_ack", "nvme_disable",
                             "panel_off", "settle",  "t4_drain", "wlan_answers"};
inline const Words all_faults{"config-write",  "reads-ones", "status-lies",      "write-ignored", "write-late",
                              "map",           "platform",   "platform-nothing", "prepare",       "done",
                              "done-unfenced", "pending",    "never-ready",      "ready-late",    "firmware-silent",
                              "firmware-late", "gone",       "gone-and-back"};

// The counts in the text's last line, by name.
inline std::map<std::string, int> counts_of(const std::string& line) {
  std::map<std::string, int> counts;
  std::istringstream stream(line);
  std::string word;
  stream >> word;
  if (word != "result:") return counts;
  while (stream >> word) {
    const auto equals = word.find('=');
    if (equals != std::string::npos) counts[word.substr(0, equals)] = std::stoi(word.substr(equals + 1));
  }
  return counts;
}

}  // namespace program_test
