// How text for people looks: colour on a terminal only, lines where the locale has them.
#pragma once

#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace program {

[[gnu::format(printf, 1, 2)]] inline std::string format(const char* pattern, ...) {
  char buffer[512];
  std::va_list arguments;
  va_start(arguments, pattern);
  std::vsnprintf(buffer, sizeof buffer, pattern, arguments);
  va_end(arguments);
  return buffer;
}

// The lines of a text that may be too long for one. Escape sequences and the later bytes of a character take no column.
inline std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines(1);
  std::size_t columns = 0, blank = std::string::npos, columns_at_blank = 0;
  bool escaped = false;
  for (const char c : text) {
    std::string& line = lines.back();
    if (c == ' ') {
      blank = line.size();
      columns_at_blank = columns;
    }
    line += c;
    escaped |= c == '\033';
    columns += !escaped && (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    escaped &= c != 'm';
    if (columns <= width || blank == std::string::npos) continue;
    std::string rest = line.substr(blank + 1);
    line.resize(blank);
    lines.push_back(std::move(rest));
    columns -= columns_at_blank + 1;
    blank = std::string::npos;
  }
  return lines;
}

class Style {
 public:
  Style() {
    const char* no_color = std::getenv("NO_COLOR");
    const char* term = std::getenv("TERM");
    colour_ = isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0') &&
              (term == nullptr || std::strcmp(term, "dumb") != 0);
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
      const char* value = std::getenv(variable);
      if (value == nullptr || *value == '\0') continue;
      for (const char* name : {"UTF-8", "utf-8", "UTF8", "utf8"}) lines_ |= std::strstr(value, name) != nullptr;
      break;
    }
  }

  std::string bold(const std::string& text) const { return in("1", text); }
  std::string dim(const std::string& text) const { return in("2", text); }
  std::string red(const std::string& text) const { return in("31", text); }
  std::string green(const std::string& text) const { return in("32", text); }
  std::string yellow(const std::string& text) const { return in("33", text); }

  const char* bar() const { return lines_ ? "│ " : "| "; }
  const char* open() const { return lines_ ? "┌ " : ", "; }
  const char* close() const { return lines_ ? "└ " : "' "; }
  const char* none() const { return lines_ ? "·" : "."; }  // where a number would be 0
  const char* rule() const { return lines_ ? "─" : "-"; }
  const char* to() const { return lines_ ? "→" : "->"; }

 private:
  std::string in(const char* code, const std::string& text) const {
    return colour_ ? "\033[" + std::string(code) + "m" + text + "\033[0m" : text;
  }

  bool colour_ = false;
  bool lines_ = false;
};

}  // namespace program
