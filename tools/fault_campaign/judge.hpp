// The judge: what a run is called, from the state of the simulated hardware alone. Only for reset_guard are the
// library's own state and its trace looked at in addition.
//
// What the words mean here:
//
//   reset       The function holds nothing of its last user, answers, is settled, and its firmware has nothing left to
//               do. A function that was gone and has come back lost its state by that, not by the reset: a success is
//               honest then, since it may be handed on, and a failure is honest too, since it had left in mid-reset.
//   success     False if the function is not reset, or if a rule of the device was broken on the way: then what the
//               simulation does is better than what is known of the hardware. A function that leaves the bus in `done`
//               was reset: nobody looks at it after that.
//   failure     Every answer but success; 'unsupported' only if something was written, or the function was reset.
//   false alarm A failure, and the function is reset, fenced, and answered in time, and no part of the work failed. A
//               refused write, map, prepare or done is a part that failed, in the clean-up too. One read of all ones is
//               none: it may be lost on its way, and a second look tells. Two are: a function that is silent twice is
//               not distinguished from one that is gone.
//   wrong error A write, a map, a prepare or a done is refused first of all, and the answer is another one, or success.
//               For reset_guard: the answer is not the first failure of the trace.
//   hung        A quirk handler started a reset that the firmware does not survive, whatever it answers then. Not in
//               the chain, which goes on to methods that know nothing of the quirk.
//   claim       No finding: it says that nothing was shown. Those of a function that was not reset are counted.
//   stuck       The next reset does not end verified, on hardware that is sound again: faults disarmed, a function that
//               hangs or is gone power-cycled, and config space put back, which the core does after every reset.
#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "pci/saved_config.hpp"
#include "plan.hpp"
#include "report.hpp"
#include "sim/fabric.hpp"
#include "subjects.hpp"

namespace campaign {

using Findings = std::bitset<finding_count>;  // by Finding

// How long a reset may take at most, of virtual time; and what of.
struct Bound {
  sim::Duration longest;
  const char* reason;
};
Bound bound_of(const Subject& subject);
bool is_by_quirk(const Subject& subject);

using Bytes = std::vector<std::uint8_t>;

// What is the same in every run of one subject: how things are before, and after a reset in which nothing went wrong.
struct Baseline {
  std::vector<Bytes> before;            // each function's config space
  std::vector<pci::SavedConfig> saved;  // and what its driver knows of it
  Bytes after;                          // that of the function that was reset
  bool claimed = false;                 // nothing shows that it was
  bool by_quirk = false;                // by the function's own handler, and by nothing else
  Operations operations;
  Bound bound;
};

// One run, with its faults.
struct Run {
  const Subject& subject;
  const Baseline& baseline;
  sim::Fabric& fabric;
  std::span<const Strike> strikes;  // they all struck, the first one first
  Answer answer;
  sim::Duration took;

  sim::Function& function() const noexcept { return fabric[fabric.size() - 1]; }
  const Operations& operations() const noexcept { return fabric.faults().performed(); }
};

// What the run is called; `stuck` is not known yet. Honest is what has no other name.
Findings judge(const Run& run);

// Whether the reset that follows one with faults, on sound hardware, ended as a clean one does.
bool is_over(const Run& run);

// Whether it was claimed, and the function was not reset.
bool is_empty_claim(const Run& run);

std::string reported_text(const Answer& answer);
std::string state_text(const Run& run);

}  // namespace campaign
