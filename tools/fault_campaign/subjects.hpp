// What the campaign runs: one handler or method, in one nesting, in one variant.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <functional>
#include <string>
#include <vector>

#include "pci/quirks.hpp"
#include "report.hpp"
#include "sim/function.hpp"
#include "sim/image.hpp"

namespace campaign {

namespace rg = reset_guard;

// What the caller of a reset is told.
struct Answer {
  bool success = false;
  bool claimed = false;      // a success of which nothing was shown
  bool unsupported = false;  // no success: the reset is not for this function, and nothing was done to it
  const char* code = "";     // no success: what is wrong, by its name: "timed_out". It lives as long as the program
  int native = 0;            // the errno behind it
  const char* step = "";     // what was being done
};

using Reset = std::function<Answer(sim::Function&)>;

struct Subject {
  std::string name;
  std::string nesting;
  Variant variant = Variant::reset_guard;
  std::vector<sim::Image> images;  // the function to be reset is the last
  // The software of a machine that has just been switched on. What it returns is kept for that one machine, and so is
  // what the software remembers of the function: two resets of one machine are two calls of one Reset.
  std::function<Reset()> boot;
};

// The four nestings. `outer scope`: the caller has fenced the function already.
inline constexpr const char* alone = "alone";
inline constexpr const char* device_specific = "device_specific";
inline constexpr const char* under_chain = "chain";
inline constexpr const char* outer_scope = "outer scope";

// And one more of the chain, falling back after a timeout: a bus reset would reach a second function.
inline constexpr const char* beside_another = "beside another";

// A machine, by the name of the handler or method that it is for. Each one's clean reset by it is a success.
struct TestMachine {
  std::string name;
  std::vector<sim::Image> images;
};

// What: the machines: one for each method, one for each entry of the quirk table, and one for the chain's fallback.
// Throws: std::runtime_error if the given functions cannot be read.
std::vector<TestMachine> test_machines();

// What the campaign calls an entry of the quirk table: the handler's name, and behind it the id where it has several.
std::string subject_name(const pci::QuirkEntry& entry);

// Every method and handler of this library, in every nesting.
std::vector<Subject> library_subjects();

// The same of upstream's variants; the names of the subjects, the nestings and the machines are the same.
std::vector<Subject> upstream_subjects();

}  // namespace campaign
