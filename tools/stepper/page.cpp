#include "page.hpp"

#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace stepper {
namespace {

std::string read(const std::filesystem::path& name) {
  std::ifstream file(name, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (!file.is_open() || text.empty()) throw std::runtime_error(name.filename().string() + ": cannot be read");
  return text;
}

// Inside a page a script ends at the first '</script', wherever that stands, and '<!--' begins a comment.
std::string read_part(const std::filesystem::path& name) {
  std::string text = read(name);
  for (const char* ending : {"</script", "</style", "<!--"}) {
    if (text.find(ending) != std::string::npos) {
      throw std::runtime_error(name.filename().string() + ": '" + ending + "' cannot stand inside a page");
    }
  }
  return text;
}

// Text in JSON may have any letter written as its number; '<' stands in nothing else.
std::string embedded(const program::Json& json) {
  std::string text;
  for (const char letter : json.dump(-1, ' ', false, program::Json::error_handler_t::replace)) {
    if (letter == '<') {
      text += "\\u003c";
    } else {
      text += letter;
    }
  }
  return text;
}

// The name between `before` and `after`, if this is what the line is; empty otherwise.
std::string_view name_in(std::string_view line, std::string_view before, std::string_view after) {
  if (line.size() < before.size() + after.size()) return {};
  if (line.substr(0, before.size()) != before || line.substr(line.size() - after.size()) != after) return {};
  return line.substr(before.size(), line.size() - before.size() - after.size());
}

}  // namespace

std::string page(const std::filesystem::path& folder, const program::Json& traces) {
  std::istringstream lines(read(folder / "stepper.html"));
  std::string text;
  for (std::string line; std::getline(lines, line);) {
    const std::string_view style = name_in(line, R"(<link rel="stylesheet" href=")", R"(">)");
    const std::string_view script = name_in(line, R"(<script src=")", R"("></script>)");
    if (!style.empty()) {
      text += "<style>\n" + read_part(folder / style) + "</style>\n";
    } else if (!script.empty()) {
      text += "<script>\n" + read_part(folder / script) + "</script>\n";
    } else if (line == R"(<script type="application/json" id="traces"></script>)") {
      text += R"(<script type="application/json" id="traces">)" + embedded(traces) + "</script>\n";
    } else {
      text += line + "\n";
    }
  }
  return text;
}

}  // namespace stepper
