#include "page_text.hpp"

#include <cstddef>
#include <cstdio>

namespace campaign {
namespace {

// The bytes of the character that begins at `at`, so that no character is cut in two.
std::size_t character_length(std::string_view text, std::size_t at) noexcept {
  std::size_t length = 1;
  while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xc0u) == 0x80u) ++length;
  return length;
}

// In units of the font's size.
double character_width(char first) noexcept {
  constexpr std::string_view slim = "iljtfrI .,:;'|!()[]/-";
  constexpr std::string_view broad = "mwMW@%";
  if (slim.find(first) != std::string_view::npos) return 0.35;
  if (broad.find(first) != std::string_view::npos) return 0.92;
  if (first >= 'A' && first <= 'Z') return 0.72;
  return 0.57;
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&#39;"; break;
      default: {
        const auto code = static_cast<unsigned char>(c);
        const bool control = (code < 0x20 && c != '\n' && c != '\t') || code == 0x7f;
        if (control) {
          safe += "\xef\xbf\xbd";
        } else {
          safe += c;
        }
      }
    }
  }
  return safe;
}

std::string number(std::uint64_t value) {
  const std::string digits = std::to_string(value);
  std::string text;
  for (std::size_t i = 0; i != digits.size(); ++i) {
    if (i != 0 && (digits.size() - i) % 3 == 0) text += "\u202f";
    text += digits[i];
  }
  return text;
}

std::string percent(std::uint64_t part, std::uint64_t whole) {
  if (part == 0 || whole == 0) return "0\u202f%";
  const double share = 100 * static_cast<double>(part) / static_cast<double>(whole);
  if (share < 0.1) return "under 0.1\u202f%";
  if (part != whole && share > 99.9) return "over 99.9\u202f%";
  char text[32];
  std::snprintf(text, sizeof text, share < 9.95 ? "%.1f" : "%.0f", share);
  if (part != whole && std::string_view(text) == "100") return "over 99\u202f%";
  return std::string(text) + "\u202f%";
}

std::string duration(std::uint64_t microseconds) {
  const auto value = static_cast<double>(microseconds);
  char text[32];
  if (microseconds < 1000) {
    std::snprintf(text, sizeof text, "%.0f\u00a0µs", value);
  } else if (microseconds < 999'500) {
    std::snprintf(text, sizeof text, "%.3g\u00a0ms", value / 1e3);
  } else {
    std::snprintf(text, sizeof text, "%.3g\u00a0s", value / 1e6);
  }
  return text;
}

std::string counted(std::uint64_t count, std::string_view thing) {
  return number(count) + " " + std::string(thing) + (count == 1 ? "" : "s");
}

double text_width(std::string_view text, double size) noexcept {
  double width = 0;
  for (std::size_t at = 0; at != text.size(); at += character_length(text, at)) width += character_width(text[at]);
  return width * size;
}

std::vector<std::string> wrapped(std::string_view text, double width, double size) {
  std::vector<std::string> lines;
  std::string line;
  const auto end_line = [&] {
    while (!line.empty() && line.back() == ' ') line.pop_back();
    if (!line.empty()) lines.push_back(line);
    line.clear();
  };
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t end = text.find(' ', at);
    end = end == std::string_view::npos ? text.size() : end + 1;
    const std::string_view word = text.substr(at, end - at);
    if (text_width(line + std::string(word), size) > width) end_line();
    if (text_width(word, size) <= width) {
      line += word;
    } else {
      for (std::size_t i = 0; i < word.size(); i += character_length(word, i)) {
        const std::string_view character = word.substr(i, character_length(word, i));
        if (text_width(line + std::string(character), size) > width) end_line();
        line += character;
      }
    }
    at = end;
  }
  end_line();
  return lines;
}

bool begins_with(std::string_view text, std::string_view start) noexcept {
  return text.substr(0, start.size()) == start;
}

}  // namespace campaign
