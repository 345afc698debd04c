// One experiment: a simulated function, its methods, and its reset.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pci/method_selection.hpp"
#include "sim/fabric.hpp"
#include "sim/image.hpp"
#include "sim/log.hpp"

namespace program {

namespace rg = reset_guard;

struct MethodReport {
  const char* name;
  rg::Support support;
  const char* why;
};

// What Linux lists for a function in its file reset_method, and where that is not what is listed here.
struct KernelReport {
  enum class Listed { there, here, refused };  // refused: in both lists, and Linux refuses such a reset
  struct Difference {
    std::string method;
    Listed listed;
    std::string why;
  };
  std::vector<std::string> methods;  // in the order of the file
  std::vector<Difference> differences;
  bool selected = false;  // in an order that Linux's own lists do not have: its user has written it
};

struct ResetReport {
  std::optional<rg::Error> error;         // of the reset; nothing: it was verified, or claimed
  std::optional<rg::Error> return_error;  // of what comes after: config space is put back, the driver uses the device
  const char* failed_step = nullptr;      // the step that recorded the reset's error, if it was one
  const char* method = nullptr;           // the one that worked
  bool claimed = false;                   // the reset has shown nothing
  bool attempted = false;                 // false: prepare was not called
  bool blocked = false;                   // by the IOMMU, afterwards
  bool quarantined = false;
  bool fault_struck = false;  // false: none was injected, or it had no occasion to
  sim::Duration duration{};
  std::vector<sim::Event> events;  // of the reset and of what comes after
  std::vector<sim::Violation> violations;
};

enum class Answer { verified, claimed, unsupported, failed };
Answer answer_of(const ResetReport& report);

// The reset methods, and the steps and faults that can be made to strike, by name.
const std::vector<std::string>& method_names();
const std::vector<std::string>& fault_names();

// Which methods the function offers. Changes nothing.
std::vector<MethodReport> methods_of(const sim::Function& function);

// `file`: the contents of Linux's file reset_method. `methods`: what methods_of() says.
KernelReport compare_with_kernel(const std::string& file, const sim::Function& function,
                                 const std::vector<MethodReport>& methods);

struct Request {
  std::optional<std::string> method;  // this one, without the chain
  pci::MethodSelection selection;     // otherwise the chain, with these
  std::optional<std::string> fault;   // is injected
};

// What: resets one of the functions as requested, in a machine of its own; on success puts its config space back and
// lets its driver use it.
// Requires: `fabric` was built from `machine`. It says which functions that machine needs.
ResetReport run_reset(const sim::Fabric& fabric, std::span<const sim::Image> machine, std::size_t index,
                      const Request& request);

}  // namespace program
