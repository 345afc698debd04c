/// to_string(Error): an error in one line, for people.
#pragma once

#include <string>

#include "../error.hpp"

namespace reset_guard {

/// All that an error knows, in one line: "flr: timed_out (-110), and 2 later errors".
///
/// The number is native, and is left out if it is 0. An unresolved failure is "flr: unresolved_failure, the first:
/// timed_out (-110)".
inline std::string to_string(const Error& error) {
  std::string text = std::string(error.where()) + ": " + to_string(error.code());
  if (error.cause() != error.code()) text += std::string(", the first: ") + to_string(error.cause());
  if (error.native() != 0) text += " (" + std::to_string(error.native()) + ")";
  if (error.later_errors() == 1) text += ", and 1 later error";
  if (error.later_errors() > 1) text += ", and " + std::to_string(error.later_errors()) + " later errors";
  return text;
}

}  // namespace reset_guard
