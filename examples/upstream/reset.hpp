// The entry point: any reset of upstream's, in any of the four versions of prepare and done.
//
// upstream/ does what Linux does, the swallowing included, as the contrast to quirks/ and methods/. It is written from
// facts, in ints, and includes nothing of the library. What runs it is a Hardware: for a simulated function the one of
// upstream/simulated_hardware.hpp.
//
//   version   x   subject   x   nesting
//
//   version   which prepare and done: linux_7_0, march_2026, linux_7_1, quarantine
//   subject   a method (flr, af_flr, pm, bus, cxl_bus) or a handler (intel_82599_vf, ivy_bridge_graphics, nvme_disable,
//             nvme_delay, chelsio_t4, hinic_vf)
//   nesting   what is around it:
//     alone            nothing: the subject is called directly. A method makes its own pair of prepare and done; a
//                      handler makes none, and has only that of the FLR that it calls
//     device_specific  the method device_specific, whose pair encloses the handler
//     chain            the walk over the methods, which makes no pair of its own; it begins with device_specific for a
//                      handler, and at the method otherwise
//     outer_scope      a pair of the caller's, around a handler's device_specific or around a method
//
// Every combination has a meaning but a method under device_specific.
#pragma once

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "device_specific.hpp"
#include "function.hpp"
#include "hardware.hpp"
#include "pci/id.hpp"
#include "prepare_done.hpp"
#include "walk.hpp"

namespace upstream {

enum class Subject : std::uint8_t {
  flr,
  af_flr,
  pm,
  bus,
  cxl_bus,
  intel_82599_vf,
  ivy_bridge_graphics,
  nvme_disable,
  nvme_delay,
  chelsio_t4,
  hinic_vf,
};

enum class Nesting : std::uint8_t { alone, device_specific, chain, outer_scope };

// --- all there are, and their names ---

inline constexpr std::array versions{Version::linux_7_0, Version::march_2026, Version::linux_7_1, Version::quarantine};
inline constexpr std::array subjects{Subject::flr,
                                     Subject::af_flr,
                                     Subject::pm,
                                     Subject::bus,
                                     Subject::cxl_bus,
                                     Subject::intel_82599_vf,
                                     Subject::ivy_bridge_graphics,
                                     Subject::nvme_disable,
                                     Subject::nvme_delay,
                                     Subject::chelsio_t4,
                                     Subject::hinic_vf};
inline constexpr std::array nestings{Nesting::alone, Nesting::device_specific, Nesting::chain, Nesting::outer_scope};

constexpr const char* to_string(Version version) noexcept {
  switch (version) {
    case Version::linux_7_0: return "7.0";
    case Version::march_2026: return "march 2026";
    case Version::linux_7_1: return "7.1";
    case Version::quarantine: return "quarantine";
  }
  return "?";
}

constexpr const char* to_string(Subject subject) noexcept {
  switch (subject) {
    case Subject::flr: return "flr";
    case Subject::af_flr: return "af_flr";
    case Subject::pm: return "pm";
    case Subject::bus: return "bus";
    case Subject::cxl_bus: return "cxl_bus";
    case Subject::intel_82599_vf: return "intel_82599_vf";
    case Subject::ivy_bridge_graphics: return "ivy_bridge_graphics";
    case Subject::nvme_disable: return "nvme_disable";
    case Subject::nvme_delay: return "nvme_delay";
    case Subject::chelsio_t4: return "chelsio_t4";
    case Subject::hinic_vf: return "hinic_vf";
  }
  return "?";
}

constexpr const char* to_string(Nesting nesting) noexcept {
  switch (nesting) {
    case Nesting::alone: return "alone";
    case Nesting::device_specific: return "device_specific";
    case Nesting::chain: return "chain";
    case Nesting::outer_scope: return "outer scope";
  }
  return "?";
}

namespace detail {

template <class Enumeration, std::size_t count>
constexpr std::optional<Enumeration> by_name(const std::array<Enumeration, count>& all,
                                             std::string_view name) noexcept {
  for (const Enumeration one : all) {
    if (name == to_string(one)) return one;
  }
  return std::nullopt;
}

}  // namespace detail

constexpr std::optional<Version> version_by_name(std::string_view name) noexcept {
  return detail::by_name(versions, name);
}
constexpr std::optional<Subject> subject_by_name(std::string_view name) noexcept {
  return detail::by_name(subjects, name);
}
constexpr std::optional<Nesting> nesting_by_name(std::string_view name) noexcept {
  return detail::by_name(nestings, name);
}

constexpr bool is_handler(Subject subject) noexcept { return subject >= Subject::intel_82599_vf; }

// The handler for a device; nothing where there is none.
constexpr std::optional<Subject> handler_of(pci::Id id) noexcept {
  const Handler* const handler = find_handler(id);
  if (handler == nullptr) return std::nullopt;
  return subject_by_name(handler->name);
}

// Whether a combination has a meaning.
constexpr bool fits(Subject subject, Nesting nesting) noexcept {
  return nesting != Nesting::device_specific || is_handler(subject);
}

// --- probe and reset ---

namespace detail {

// Where the walk begins; for a handler: device_specific.
constexpr std::size_t method_of(Subject subject) noexcept {
  for (std::size_t i = 0; i != method_count; ++i) {
    if (std::string_view(methods[i].name) == to_string(subject)) return i;
  }
  return 0;
}

inline int call(Function& function, Subject subject, Purpose purpose) {
  for (const Handler& handler : handlers) {
    if (std::string_view(handler.name) == to_string(subject)) return handler.reset(function, purpose);
  }
  return methods[method_of(subject)].reset(function, purpose);
}

inline int call_in_outer_scope(Function& function, std::size_t method) {
  constexpr const char* who = "outer scope";
  int result = prepare(function, who);
  if (result != 0) return result;
  result = methods[method].reset(function, Purpose::reset);
  done(function, who, result);
  return result;
}

}  // namespace detail

// Whether the subject says that it can reset the function: 0, or a negative errno. It makes no pair of prepare and
// done.
inline int probe(Function& function, Subject subject) { return detail::call(function, subject, Purpose::probe); }

// Resets the function. What its prepare and done remember stays in it, so that a second reset finds what the first has
// left behind.
// Requires: a handler is called for a device of its own.
// Returns: what upstream's code returns, 0 or a negative errno; -EINVAL also for a combination without a meaning.
inline int reset(Function& function, Subject subject, Nesting nesting) {
  if (!fits(subject, nesting)) return -EINVAL;
  const std::size_t method = detail::method_of(subject);
  switch (nesting) {
    case Nesting::alone: return detail::call(function, subject, Purpose::reset);
    case Nesting::device_specific: return reset_device_specific(function, Purpose::reset);
    case Nesting::chain: return walk(function, method);
    case Nesting::outer_scope: return detail::call_in_outer_scope(function, method);
  }
  return -EINVAL;
}

// The same for one reset of a function that has had none before.
inline int reset(Version version, Subject subject, Nesting nesting, Hardware& hardware) {
  Function function(version, hardware);
  return reset(function, subject, nesting);
}

}  // namespace upstream
