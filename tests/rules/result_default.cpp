// RULE: Initialise a result when you declare it.
// WHY: A default would be a success without evidence, or a failure without a reason.
// ENFORCED: by types
#include "device.hpp"

// CASE: a variable that is set later
// MESSAGE g++: use of deleted function 'reset_guard::Result<T>::Result() [with T = void]'
// MESSAGE clang: call to deleted constructor of 'rg::Status'
// MESSAGE clang 19: reset_guard: neither success nor failure is a default; say ok() or an Error
namespace result_default {
#ifdef GOOD
rg::Status load(Nic& nic, bool needed) {
  if (needed) return load_firmware(nic);
  return rg::ok();
}
#else
rg::Status load(Nic& nic, bool needed) {
  rg::Status status;
  if (needed) status = load_firmware(nic);
  return status;
}
#endif

int main() {
  Nic nic;
  return exit_status(load(nic, false));
}
}  // namespace result_default

// CASE: returned
// MESSAGE: deleted | no matching | no default constructor | could not convert | private | calling a private | too few
namespace default_case {
rg::Verdict<Flr> of_scope() {
  return {};  // BAD reset
  // GOOD: return rg::Error(rg::Errc::io, 0, "a control");
}

rg::Verdict<FirmwareAck> of_step() {
  return {};  // BAD step
  // GOOD: return rg::Error(rg::Errc::io, 0, "a control");
}

rg::Status of_status() {
  return {};  // BAD status
  // GOOD: return rg::ok();
}

rg::Error of_error() {
  rg::Error error;  // BAD
  // GOOD: rg::Error error(rg::Errc::io, 0, "a control");
  return error;
}

rg::Evidence<Flr> of_evidence(rg::Evidence<Flr>&& evidence) {
  return rg::Evidence<Flr>(sizeof(evidence) > 0);  // BAD
  // GOOD: return rg::Evidence<Flr>(RESET_GUARD_MOVE(evidence));
}
}  // namespace default_case

// CASE: a member that nobody sets
// MESSAGE: deleted | no default constructor | default (member )?initiali
namespace default_member {
struct Kept {
  rg::Status status;
};
struct Failed {
  rg::Error error;
};

Kept kept() {
  Kept answer;  // BAD
  // GOOD: Kept answer{rg::ok()};
  return answer;
}

Failed failed() {
  Failed answer;  // BAD
  // GOOD: Failed answer{rg::Error(rg::Errc::io, 0, "a control")};
  return answer;
}
}  // namespace default_member
