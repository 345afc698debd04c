#include <cerrno>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "subjects.hpp"
#include "upstream/reset.hpp"
#include "upstream/simulated_hardware.hpp"

namespace campaign {
namespace {

const char* code_of(int result) {
  switch (result) {
    case -ENOTTY: return "ENOTTY";
    case -EBUSY: return "EBUSY";
    case -EIO: return "EIO";
    case -ENOMEM: return "ENOMEM";
    case -ETIMEDOUT: return "ETIMEDOUT";
    case -EINVAL: return "EINVAL";
    case -ENODEV: return "ENODEV";
    default: return "errno";
  }
}

// What upstream remembers of one function, from one reset to the next.
struct Kernel {
  Kernel(upstream::Version version, sim::Function& device) : hardware(device), function(version, hardware) {}

  upstream::SimulatedHardware hardware;
  upstream::Function function;
};

std::function<Reset()> boot(upstream::Version version, upstream::Subject subject, upstream::Nesting nesting) {
  return [=]() -> Reset {
    auto kernel = std::make_shared<std::optional<Kernel>>();
    return [=](sim::Function& device) {
      if (!*kernel) kernel->emplace(version, device);
      const int result = upstream::reset((*kernel)->function, subject, nesting);
      return Answer{
          .success = result == 0, .unsupported = result == -ENOTTY, .code = code_of(result), .native = result};
    };
  };
}

// Its subject for one of the test machines: by the name of a method, or by the device of a handler.
std::optional<upstream::Subject> subject_for(const TestMachine& machine) {
  if (const auto method = upstream::subject_by_name(machine.name)) return method;
  return upstream::handler_of(machine.images.back().id());
}

constexpr Variant variant_of(upstream::Version version) {
  switch (version) {
    case upstream::Version::linux_7_0: return Variant::linux_7_0;
    case upstream::Version::march_2026: return Variant::march_2026;
    case upstream::Version::linux_7_1: return Variant::linux_7_1;
    case upstream::Version::quarantine: break;
  }
  return Variant::quarantine;
}

}  // namespace

std::vector<Subject> upstream_subjects() {
  std::vector<Subject> subjects;
  for (const TestMachine& machine : test_machines()) {
    const auto subject = subject_for(machine);
    if (!subject) continue;
    for (const upstream::Version version : upstream::versions) {
      for (const upstream::Nesting nesting : upstream::nestings) {
        if (!upstream::fits(*subject, nesting)) continue;
        subjects.push_back({machine.name, upstream::to_string(nesting), variant_of(version), machine.images,
                            boot(version, *subject, nesting)});
      }
    }
  }
  return subjects;
}

}  // namespace campaign
