#include "scenarios.hpp"

namespace stepper {
namespace {

using campaign::Events;
using campaign::first_operation;
using campaign::Staging;
using campaign::Variant;
using sim::EventKind;
using sim::FaultKind;

constexpr Staging nothing_fails{FaultKind::gone, nullptr};
constexpr Staging firmware_is_silent{FaultKind::firmware_silent,
                                     [](const Events& clean) { return first_operation(clean, EventKind::mmio_write); }};
constexpr Staging never_ready{FaultKind::never_ready,
                              [](const Events& clean) { return first_operation(clean, EventKind::reset); }};
constexpr Staging reset_is_refused{FaultKind::write_fails,
                                   [](const Events& clean) { return first_operation(clean, EventKind::reset); }};
constexpr Staging prepare_fails{FaultKind::prepare_fails,
                                [](const Events& clean) { return first_operation(clean, EventKind::prepare); }};
constexpr Staging done_fails{FaultKind::done_fails,
                             [](const Events& clean) { return campaign::last_operation(clean, EventKind::done); }};

// The stories say what is done to a device, never how it ends: that is for the runs to show.
constexpr Scenario all[] = {
    {"A reset inside a reset",
     "Memory below a port for CXL (Compute Express Link). The port ignores a reset of its bus unless it is told not "
     "to. The method cxl_bus tells it, and calls the method bus. Both call prepare and done: one pair inside the "
     "other. Nothing fails.",
     "What does the second prepare answer, and which done lifts the block?", Variant::linux_7_0, "cxl_bus", "cxl_bus",
     campaign::alone, nothing_fails},
    {"Without the outer pair",
     "A Huawei HiNIC network function: its firmware takes part in its reset. Its handler is called with no prepare and "
     "done around it. It asks the firmware, calls FLR (function level reset), which brings a prepare and a done of its "
     "own, and then waits for the firmware. Nothing fails.",
     "What covers the wait for the firmware?", Variant::linux_7_0, "hinic_vf", "hinic_vf", campaign::alone,
     nothing_fails},
    {"The inner done comes first",
     "The HiNIC network function again, now with a prepare and a done around its handler. The handler asks the "
     "firmware, calls FLR (function level reset), and then waits for the firmware. FLR has a prepare and a done of its "
     "own, inside the handler's. Nothing fails.",
     "Is the device still blocked while the handler waits for its firmware?", Variant::march_2026, "hinic_vf",
     "hinic_vf", campaign::device_specific, nothing_fails},
    {"The firmware never answers",
     "The HiNIC network function again: its firmware takes part in its reset. This time the firmware falls silent. The "
     "handler waits for 15 seconds and gives up.",
     "What does the handler tell its caller, and does the device get its memory access back?", Variant::linux_7_1,
     "hinic_vf", "hinic_vf", campaign::device_specific, firmware_is_silent},
    {"The device does not come back",
     "A plain FLR (function level reset) of an NVMe disk, with nothing nested. The device does not answer after it, "
     "and the wait for it runs out.",
     "The reset has failed. Is the device still blocked in the end?", Variant::linux_7_1, "flr", "flr", campaign::alone,
     never_ready},
    {"The reset never begins",
     "A virtual function of an Intel 82599 network adapter: a part of it that a virtual machine has for itself. All "
     "that its handler does is to call FLR (function level reset). The write that starts it is refused, so that "
     "nothing is reset.",
     "This version of done is told how the reset ended. What is it told?", Variant::quarantine, "intel_82599_vf",
     "intel_82599_vf", campaign::device_specific, reset_is_refused},
    {"Prepare fails",
     "The virtual function of an Intel 82599 again. Its handler is called on its own, so that FLR (function level "
     "reset) has the only prepare and done. The IOMMU cannot block the device, and FLR must not begin.",
     "Who gets to hear that there was no reset?", Variant::linux_7_1, "intel_82599_vf", "intel_82599_vf",
     campaign::alone, prepare_fails},
    {"Done fails",
     "An FLR (function level reset) of an NVMe disk, which works. Then done cannot give the device its memory access "
     "back: the device is fine, and blocked.",
     "Upstream's done returns nothing. Who is told?", Variant::linux_7_1, "flr", "flr", campaign::alone, done_fails},
    {"The next method",
     "An NVMe disk that dies in an FLR (function level reset). The chain of reset methods goes on to the next one "
     "that the device supports, a reset of the whole bus.",
     "Between two methods the device is in an unknown state. Is it blocked?", Variant::linux_7_1, "fallback", "flr",
     campaign::under_chain, nothing_fails},
};

}  // namespace

std::span<const Scenario> scenarios() { return all; }

}  // namespace stepper
