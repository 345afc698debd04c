#include <reset_guard/reset_guard.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pci/quirks.hpp"
#include "reset_methods/chain.hpp"
#include "reset_methods/table.hpp"
#include "sim/patch.hpp"
#include "subjects.hpp"

namespace campaign {
namespace {

using sim::Function;

template <class... S>
Answer told(rg::Verdict<S...> verdict) {
  if (!verdict.failed()) {
    return {.success = true, .claimed = std::move(verdict).take().claimed()};
  }
  const rg::Error error = std::move(verdict).error();
  return {.success = false,
          .unsupported = error.code() == rg::Errc::unsupported,
          .code = rg::to_string(error.code()),
          .native = error.native(),
          .step = error.where()};
}

// A caller that has a fence of its own around a reset.
template <class Run>
Answer in_outer_scope(Function& function, Run run) {
  auto entered = rg::OwnedScope<Function>::enter(function);
  if (entered.failed()) {
    return told(rg::Verdict<methods::FunctionReset>(std::move(entered).error()));
  }
  auto scope = std::move(entered).take();
  return told(scope.finish(run(function)));
}

Answer by_chain(Function& function) { return told(methods::chain<Function>.reset(function)); }
Answer by_chain_with_fallback(Function& function) {
  return told(methods::chain<Function>.reset(function, {.fall_back_after_timeout = true}));
}

using Plain = Answer (*)(Function&);

struct Nested {
  const char* nesting;
  Plain reset;
};
using Nestings = std::vector<Nested>;

template <class M>
Nestings method() {
  return {{alone, [](Function& function) { return told(M::run(function)); }},
          // A handler of its own that calls the method, as most quirk handlers call `flr`.
          {device_specific,
           [](Function& function) {
             return told(rg::reset(function, [](rg::ResetScope<Function>& scope) { return M::run(scope.device()); }));
           }},
          {under_chain, by_chain},
          {outer_scope,
           [](Function& function) { return in_outer_scope(function, [](Function& inner) { return M::run(inner); }); }}};
}

// A handler of the quirk table.
Nestings handled() {
  return {{alone,
           [](Function& function) {
             return told(rg::reset(function, quirks::table<Function>.find(function.id())->handler.reset));
           }},
          {device_specific, [](Function& function) { return told(methods::DeviceSpecific::run(function)); }},
          {under_chain, by_chain},
          {outer_scope, [](Function& function) {
             return in_outer_scope(function, [](Function& inner) { return methods::DeviceSpecific::run(inner); });
           }}};
}

Nestings fallback() {
  return {{under_chain, by_chain_with_fallback}, {outer_scope, [](Function& function) {
                                                    return in_outer_scope(function, [](Function& inner) {
                                                      return methods::chain<Function>.reset(
                                                          inner, {.fall_back_after_timeout = true});
                                                    });
                                                  }}};
}

// The chain comes to the bus first: d3cold is selected.
Nestings d3cold() {
  Nestings all = method<methods::D3cold>();
  for (Nested& nested : all) {
    if (nested.nesting != under_chain) continue;
    nested.reset = [](Function& function) {
      std::string_view refused;
      auto selected = pci::MethodSelection::parse("d3cold", refused);
      if (selected.failed()) return told(rg::Verdict<methods::FunctionReset>(std::move(selected).error()));
      return told(methods::reset_by(function, std::move(selected).take()));
    };
  }
  return all;
}

// What Command may be when a reset begins. Memory Space of a virtual function is a bit of its physical function, and
// may read 1 all the same.
struct Found {
  const char* nesting;
  std::uint16_t command;
  bool virtual_function = false;
};
constexpr Found founds[] = {{"Command 0x0000", 0x0000}, {"Command 0x0400", 0x0400}, {"Command 0x0002", 0x0002, true}};

Nestings nestings_of(const std::string& name) {
  if (name == "flr") return method<methods::Flr>();
  if (name == "af_flr") return method<methods::AfFlr>();
  if (name == "pm") return method<methods::Pm>();
  if (name == "bus" || name == "slot") return method<methods::Bus>();
  if (name == "acpi") return method<methods::Acpi>();
  if (name == "d3cold") return d3cold();
  if (name == "cxl_bus") return method<methods::CxlBus>();
  if (name == "fallback") return fallback();
  for (const pci::QuirkName& handler : pci::quirk_names) {
    if (name.starts_with(handler.word)) return handled();
  }
  throw std::runtime_error("no handler for " + name);
}

}  // namespace

std::vector<Subject> library_subjects() {
  std::vector<Subject> subjects;
  for (const TestMachine& machine : test_machines()) {
    const auto add = [&](const char* nesting, std::vector<sim::Image> images, Plain reset) {
      // Nothing to remember: the state is the function's own.
      subjects.push_back(
          {machine.name, nesting, Variant::reset_guard, std::move(images), [reset]() -> Reset { return reset; }});
    };
    const Nestings nestings = nestings_of(machine.name);
    for (const Nested& nested : nestings) add(nested.nesting, machine.images, nested.reset);
    for (const Found& found : founds) {
      if (found.virtual_function && !machine.images.back().is_virtual_function()) continue;
      std::vector<sim::Image> images = machine.images;
      images.back() = sim::with_command(std::move(images.back()), found.command);
      add(found.nesting, std::move(images), nestings.front().reset);
    }
    if (machine.name == "flr") {
      std::vector<sim::Image> images = machine.images;
      images.insert(images.end() - 1, images.back());
      ++(images.end() - 2)->address.function;
      (images.end() - 2)->requested = false;
      add(beside_another, std::move(images), by_chain_with_fallback);
    }
  }
  return subjects;
}

}  // namespace campaign
