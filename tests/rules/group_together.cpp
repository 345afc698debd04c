// RULE: Reset devices that one act resets as a group, by `reset_all()`, and look at each answer.
// WHY: The act may reset all of them but one. Each member's own witness shows it, and each member's done is told its own
//   outcome.
// ENFORCED: by types
#include "device.hpp"

#include <reset_guard/group.hpp>

struct Board : rg::ResetStep<Board> {  // resets all that are due, or all but the first
  using Witness = Mark;
  static rg::Status act(rg::GroupInReset<Nic>& nics, bool all) {
    bool first = true;
    for (Nic& nic : nics) {
      if (all || !first) nic.scratch = 0;
      first = false;
    }
    return rg::ok();
  }
};
using Pair = rg::ResetGroup<Nic, 2>;

// CASE: an act that is not for a group
// MESSAGE: reset_guard: reset_all() needs 'static Status act(GroupInReset<Device>&, ...)'
namespace act_for_one {
int reset(Pair& group) {
  auto answers = rg::reset_all<Flr>(group);  // BAD
  // GOOD: auto answers = rg::reset_all<Board>(group, true);
  return exit_status(std::move(answers));
}
}  // namespace act_for_one

// CASE: a group that is kept after its reset
// MESSAGE: deleted
namespace kept {
struct Keeps : rg::ResetStep<Keeps> {
  using Witness = Mark;
  static rg::Status act(rg::GroupInReset<Nic>& nics) {
    static rg::GroupInReset<Nic> kept(nics);  // BAD
    // GOOD: for (Nic& nic : nics) nic.scratch = 0;
    return rg::ok();
  }
};
}  // namespace kept

// CASE: an act with zero attempts
// MESSAGE: `attempts` counts the first one, too: it is at least 1
namespace attempts {
template <unsigned times>
struct Tried : rg::ResetStep<Tried<times>> {
  static constexpr unsigned attempts = times;
  using Witness = Mark;
  static rg::Status act(rg::GroupInReset<Nic>& nics) {
    for (Nic& nic : nics) nic.scratch = 0;
    return rg::ok();
  }
};
rg::Status reset(Pair& group) {
  RESET_GUARD_TRY(auto answers, rg::reset_all<Tried<0>>(group));  // BAD
  // GOOD: RESET_GUARD_TRY(auto answers, rg::reset_all<Tried<1>>(group));
  return first_of(std::move(answers));
}
}  // namespace attempts

// CASE: the answers are dropped
// ENFORCED: by strict (variable)
namespace dropped {
rg::Status reset(Pair& group) {
  RESET_GUARD_TRY(auto answers, rg::reset_all<Board>(group, true));  // BAD
  // GOOD: RESET_GUARD_TRY(auto answers, rg::reset_all<Board>(group, true)); return first_of(std::move(answers));
  return rg::ok();
}
}  // namespace dropped

// CASE: a loop over the members, each of which takes the act's success for its own: it can only be claimed
// ENFORCED: at run time
// PRINTS: claimed, claimed
// GOOD PRINTS: io, verified
namespace loop {
static Nic nics[2];

#ifdef GOOD
int main() {
  Pair group;
  for (Nic& nic : nics) group.add(nic).discard("two fit in");
  auto all = rg::reset_all<Board>(group, false);
  if (all.failed()) return exit_status(std::move(all));
  auto answers = std::move(all).take();
  std::printf("%s, ", word(answers.take(0)));
  std::printf("%s\n", word(answers.take(1)));
  return 0;
}
#else
struct Ioctl : rg::ResetStep<Ioctl> {  // one request resets both, as the driver says
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the driver is believed";
  };
  static rg::Status act(Nic&) noexcept {
    nics[1].scratch = 0;
    return rg::ok();
  }
};
int main() {
  nics[0].scratch = nics[1].scratch = 1;
  std::printf("%s, ", word(Ioctl::run(nics[0])));
  std::printf("%s\n", word(Ioctl::run(nics[1])));
  return 0;
}
#endif
}  // namespace loop
