#include "shared/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>

namespace command_line {

std::string join(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

namespace {

// How many bytes the character at the front takes, if it may be printed as it is; 0: it may not. Of UTF-8 the control
// characters U+0080 to U+009F may not, and neither may those that turn the direction of the text round.
std::size_t printable_bytes(std::string_view text) {
  const auto byte = [text](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  if (byte(0) < 0x80) return byte(0) >= ' ' && byte(0) != 0x7f && byte(0) != '\\' ? 1 : 0;
  const std::size_t length = byte(0) >> 5 == 0x06 ? 2 : byte(0) >> 4 == 0x0e ? 3 : byte(0) >> 3 == 0x1e ? 4 : 0;
  if (length == 0) return 0;
  std::uint32_t character = byte(0) & (0x7fu >> length);
  for (std::size_t i = 1; i != length; ++i) {
    if (byte(i) >> 6 != 0x02) return 0;
    character = character << 6 | (byte(i) & 0x3f);
  }
  constexpr std::uint32_t first_of[] = {0, 0, 0xa0, 0x800, 0x10000};  // shorter ones are overlong, or controls
  const bool turns = (character >= 0x200e && character <= 0x200f) || (character >= 0x2028 && character <= 0x202e) ||
                     (character >= 0x2066 && character <= 0x2069);
  const bool surrogate = character >= 0xd800 && character <= 0xdfff;
  return character < first_of[length] || character > 0x10ffff || turns || surrogate ? 0 : length;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t taken = printable_bytes(text);
    if (taken != 0) {
      result += text.substr(0, taken);
    } else if (text[0] == '\n') {
      result += "\\n";
    } else if (text[0] == '\\') {
      result += "\\\\";
    } else {
      char escaped[5];
      std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(text[0])));
      result += escaped;
    }
    text.remove_prefix(std::max<std::size_t>(taken, 1));
  }
  return result;
}

void say(const char* program, const std::string& what) {
  std::fprintf(stderr, "%s: %s\n", program, printable(what).c_str());
}

int complain(const char* program, const std::string& what) {
  say(program, what);
  return bad_input;
}

int written(const char* program, int status) {
  const bool failed = std::ferror(stdout) != 0;  // earlier: errno has changed since
  if (std::fflush(stdout) == 0 && !failed) return status;
  say(program, "some of the output could not be written, and is lost (write it to where there is room)");
  return status == all_well ? bad_input : status;
}

bool read(CLI::App& app, int argc, char** argv, const std::string& help, int& status) {
  try {
    app.parse(argc, argv);
    return true;
  } catch (const CLI::CallForHelp&) {
    std::fputs(help.c_str(), stdout);
    status = all_well;
  } catch (const CLI::ParseError& error) {
    status = complain(app.get_name().c_str(), error.what() + std::string(" (--help lists the options)"));
  }
  return false;
}

}  // namespace command_line
