// Recorder: where one function's events and violations are written down, with its depth and its block at that time.
#pragma once

#include <reset_guard/reset_guard.hpp>

#include <chrono>
#include <cstdint>

#include "clock.hpp"
#include "hardware.hpp"
#include "iommu.hpp"
#include "log.hpp"
#include "pci/id.hpp"

namespace sim {

class Recorder {
 public:
  Recorder(Hardware& hardware, const rg::ResetState& state, const pci::Address& address)
      : hardware_(hardware), state_(state), address_(address), slot_(hardware.iommu.attach()) {}
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  Duration now() const noexcept { return hardware_.clock.now(); }
  const pci::Address& address() const noexcept { return address_; }
  bool blocked() const noexcept { return hardware_.iommu.blocked(slot_); }

  // For resets that are not the library's: how many scopes are open is counted there. nullptr: by the reset state
  // again.
  void take_depth_from(const unsigned* depth) noexcept { depth_ = depth; }

  // An event of the core.
  void trace(const rg::TraceEvent& traced) {
    if (traced.kind == rg::TraceKind::overruled) hardware_.log.overruled(traced.depth);
    const bool well = traced.outcome == rg::Outcome::verified || traced.outcome == rg::Outcome::claimed;
    if (traced.kind == rg::TraceKind::finished && well) hardware_.log.verified(traced.depth);
    if (traced.error != nullptr && traced.error->code() != rg::Errc::unsupported) {
      const rg::Error& error = *traced.error;
      hardware_.log.failure({hardware_.faults.operations(), error.code(), error.native(), error.where()});
    }
    if (!hardware_.log.recording()) return;
    Event event = begin(EventKind::trace);
    event.depth = traced.depth;
    event.trace = traced.kind;
    event.outcome = traced.outcome;
    event.step = traced.step;
    event.destroys = traced.destroys;
    if (traced.error != nullptr) {
      event.failed = true;
      event.code = traced.error->code();
      event.native = traced.error->native();
      event.text = traced.error->where();
    }
    end(event);
  }

 protected:
  ~Recorder() = default;

  Event begin(EventKind kind, std::uint32_t offset = 0, unsigned width = 0, const char* name = nullptr) const {
    Event event{.kind = kind, .function = address_, .time = now(), .operation = hardware_.faults.operations()};
    event.offset = offset;
    event.width = static_cast<std::uint8_t>(width);
    event.name = name;
    return event;
  }

  // An access takes time: so a loop without a sleep gets somewhere, too.
  void end(Event event) {
    if (event.width != 0) hardware_.clock.advance(std::chrono::microseconds(1));
    if (!hardware_.log.recording()) return;
    if (event.kind != EventKind::trace) event.depth = depth_ != nullptr ? *depth_ : state_.depth();
    event.blocked = blocked();
    hardware_.log.add(event);
  }

  void note(EventKind kind, const char* text = nullptr) {
    Event event = begin(kind);
    event.text = text;
    end(event);
  }

  void violation(const char* text) {
    hardware_.log.violation({address_, now(), hardware_.faults.operations(), text, 1});
    note(EventKind::violation, text);
  }

  Hardware& hardware_;
  const rg::ResetState& state_;
  const pci::Address address_;
  const Iommu::Slot slot_;

 private:
  const unsigned* depth_ = nullptr;
};

}  // namespace sim
