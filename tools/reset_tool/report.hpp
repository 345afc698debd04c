// What reset_tool prints: for people, and for programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiment.hpp"
#include "options.hpp"
#include "pci/id.hpp"

namespace program {

// A function, and what was found out about it.
struct Entry {
  pci::Address address;
  pci::Id id;
  std::uint32_t class_code;
  bool virtual_function;
  bool patched;      // its bytes are those of the file with other ids and another class
  std::string file;  // where its bytes came from
  std::string name;  // what it is, for people
  std::vector<MethodReport> methods;
  std::optional<KernelReport> kernel;  // nothing: not listed only, or Linux says nothing of it
  std::optional<ResetReport> reset;    // nothing: only listed
};

struct Totals {
  std::size_t functions = 0, verified = 0, claimed = 0, unsupported = 0, failed = 0, violations = 0;
};
Totals count(const std::vector<Entry>& entries);

// Before all else: what a reset inside a reset is like, and one that fails.
void print_first_look(const Entry& nested, const Entry& failing);
void print_text(const std::vector<Entry>& entries, const Options& options);

// The schema is described in json.md.
void print_json(const std::vector<Entry>& entries, const Options& options);

}  // namespace program
