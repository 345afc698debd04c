// kept_text(): a string that lives as long as the program, as the reasons of a probe and of an error do.
#pragma once

#include <set>
#include <string>

namespace sim {

// Returns: the same pointer for the same text.
inline const char* kept_text(const std::string& text) {
  static std::set<std::string> texts;
  return texts.insert(text).first->c_str();
}

}  // namespace sim
