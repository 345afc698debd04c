// HOLE 21: made from nothing
// EXPECT all: A A A A A
// MESSAGE A: deleted|no matching|no default constructor|could not convert|private|calling a private|too few
#include "device.hpp"

rg::Verdict<Flr> of_scope() {
  return {};  // BAD scope
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
