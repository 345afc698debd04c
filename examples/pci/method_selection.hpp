// MethodSelection: which reset methods a function may be reset by, and in which order.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace pci {

namespace rg = reset_guard;

// Linux's order; d3cold is proposed.
// Source: pci_reset_fn_methods[] of Linux.
inline constexpr std::array<std::string_view, 8> method_names{"device_specific", "acpi",  "flr", "af_flr", "pm", "bus",
                                                              "cxl_bus",         "d3cold"};

// A value, of 9 bytes. What is built by default is all methods in Linux's order.
class MethodSelection {
 public:
  constexpr MethodSelection() noexcept {
    for (; size_ != method_names.size(); ++size_) places_[size_] = size_;
  }
  static constexpr MethodSelection none() noexcept {
    MethodSelection selection;
    selection.size_ = 0;
    return selection;
  }

  // What: reads names as Linux's `reset_method` file takes them: separated by spaces; 'default' alone: all of them;
  // nothing: none. Of a name that comes twice the first counts: the second time it would be asked in vain.
  // Returns: the selection.
  // Errors: invalid: there is no method of that name, and `refused` is that part of the text.
  // Source: Documentation/ABI/testing/sysfs-bus-pci and reset_method_store() of Linux.
  RESET_GUARD_MUST_USE static rg::Result<MethodSelection> parse(std::string_view text,
                                                                std::string_view& refused) noexcept {
    MethodSelection selection = none();
    std::string_view word = next_word(text);
    if (word == "default" && next_word(text).empty()) return MethodSelection();
    while (!word.empty()) {
      if (!selection.add(word)) {
        refused = word;
        return rg::Error(rg::Errc::invalid, 0, "no such reset method");
      }
      word = next_word(text);
    }
    return selection;
  }

  // The places of the chosen methods in `method_names`.
  constexpr const std::uint8_t* begin() const noexcept { return places_; }
  constexpr const std::uint8_t* end() const noexcept { return places_ + size_; }

  friend constexpr bool operator==(const MethodSelection& a, const MethodSelection& b) noexcept {
    if (a.size_ != b.size_) return false;
    for (std::uint8_t i = 0; i != a.size_; ++i) {
      if (a.places_[i] != b.places_[i]) return false;
    }
    return true;
  }

 private:
  // The first word of the text, which loses it; empty: there is none.
  static constexpr std::string_view next_word(std::string_view& text) noexcept {
    constexpr std::string_view blanks = " \t\n";
    const std::size_t start = text.find_first_not_of(blanks);
    if (start == std::string_view::npos) return text = {};
    text.remove_prefix(start);
    const std::size_t size = text.find_first_of(blanks);
    const std::string_view word = text.substr(0, size);
    text.remove_prefix(word.size());
    return word;
  }

  // Whether there is such a method.
  constexpr bool add(std::string_view name) noexcept {
    for (std::uint8_t place = 0; place != method_names.size(); ++place) {
      if (method_names[place] != name) continue;
      for (const std::uint8_t chosen : *this) {
        if (chosen == place) return true;
      }
      places_[size_++] = place;
      return true;
    }
    return false;
  }

  std::uint8_t places_[method_names.size()] = {};
  std::uint8_t size_ = 0;
};

}  // namespace pci
