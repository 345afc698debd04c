// The names of vendors, devices and classes: those of the file pci.ids where it is installed, and a few of its own.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace pci_ids {

// A file pci.ids. Lines that are not of its format are passed over, so a damaged file has fewer names.
class Names {
 public:
  Names() = default;  // no names
  explicit Names(std::string text) : text_(std::move(text)) {}

  // Returns: nothing if it is no file, or cannot be read.
  static std::optional<Names> read(const std::filesystem::path& path) {
    constexpr std::size_t most = std::size_t{16} << 20;  // ten times the file of 2023
    std::error_code code;
    if (!std::filesystem::is_regular_file(path, code)) return std::nullopt;
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return std::nullopt;
    std::string text;
    std::array<char, 65536> part;
    for (std::size_t size = 0; text.size() < most && (size = std::fread(part.data(), 1, part.size(), file)) != 0;) {
      text.append(part.data(), size);
    }
    const bool failed = std::ferror(file) != 0;
    std::fclose(file);
    if (failed) return std::nullopt;
    return Names(std::move(text));
  }

  // The system's file, or no names.
  static Names installed() {
    for (const char* path : {"/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids"}) {
      if (auto names = read(path)) return *std::move(names);
    }
    return {};
  }

  // Each is empty if the file does not have it.
  std::string vendor(std::uint16_t vendor) const { return name(find(hex(vendor, 4))); }
  std::string device(std::uint16_t vendor, std::uint16_t device) const {
    return name(find(find(hex(vendor, 4)), hex(device, 4)));
  }
  // "Non-Volatile memory controller" for 0x010802; of an unknown subclass the name of its base class.
  std::string class_of(std::uint32_t class_code) const {
    const std::string found = subclass(class_code);
    return found.empty() ? name(base_class(class_code)) : found;
  }
  std::string subclass(std::uint32_t class_code) const {
    return name(find(base_class(class_code), hex(class_code >> 8 & 0xff, 2)));
  }
  // "NVM Express" for 0x010802.
  std::string programming_interface(std::uint32_t class_code) const {
    const auto above = find(base_class(class_code), hex(class_code >> 8 & 0xff, 2));
    return name(find(above, hex(class_code & 0xff, 2)));
  }

 private:
  // A line: its name, and where the lines of its section begin; they have one tab more.
  struct Line {
    std::string_view name;
    std::size_t section;
    std::size_t level;
  };

  static std::string hex(std::uint32_t value, int digits) {
    char text[16];
    std::snprintf(text, sizeof text, "%0*x", digits, value);
    return text;
  }

  std::optional<Line> base_class(std::uint32_t class_code) const { return find("C " + hex(class_code >> 16, 2)); }

  // "KEY  NAME" at the top, or in a line's section.
  std::optional<Line> find(const std::string& key) const { return find(Line{{}, 0, 0}, key); }
  std::optional<Line> find(const std::optional<Line>& above, const std::string& key) const {
    if (!above) return std::nullopt;
    const std::string wanted = key + "  ";
    for (std::size_t at = above->section; at < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', at), text_.size());
      std::string_view line(text_.data() + at, end - at);
      at = end + 1;
      if (line.empty() || line.front() == '#') continue;
      const std::size_t level = std::min(line.find_first_not_of('\t'), line.size());
      if (level < above->level) return std::nullopt;
      line.remove_prefix(level);
      if (level != above->level || line.substr(0, wanted.size()) != wanted) continue;
      return Line{line.substr(wanted.size()), at, level + 1};
    }
    return std::nullopt;
  }

  // In one line of printable characters, of a length that no real name has.
  static std::string name(const std::optional<Line>& line) {
    constexpr std::size_t longest = 200;
    std::string text(line ? line->name.substr(0, longest) : std::string_view{});
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ')) text.pop_back();
    for (char& c : text) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = '?';
    }
    return text;
  }

  std::string text_;
};

// "NVMe controller" for 0x010802. A class without a short name here has that of the file, or its base class's, or its
// number.
inline std::string short_class_name(std::uint32_t class_code, const Names& names) {
  struct Name {
    std::uint32_t code, mask;
    const char* name;
  };
  constexpr std::uint32_t base = 0xff0000;
  static constexpr Name known[] = {
      {0x010802, 0xffffff, "NVMe controller"},     {0x0c0330, 0xffffff, "USB xHCI controller"},
      {0x050210, 0xffffff, "CXL memory"},          {0x060400, 0xffff00, "PCI-to-PCI bridge"},
      {0x020000, 0xffff00, "Ethernet controller"}, {0x030000, base, "display controller"},
      {0x010000, base, "storage controller"},      {0x020000, base, "network controller"},
      {0x050000, base, "memory controller"},       {0x060000, base, "bridge"},
      {0x0c0000, base, "serial bus controller"},
  };
  std::string found = names.subclass(class_code);
  for (const Name& each : known) {
    if ((class_code & each.mask) != (each.code & each.mask)) continue;
    return each.mask == base && !found.empty() ? found : each.name;
  }
  if (!found.empty()) return found;
  char text[16];
  std::snprintf(text, sizeof text, "class %06x", class_code);
  return text;
}

}  // namespace pci_ids
