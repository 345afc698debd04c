// HOLE 37: the attributes of the types: from functions that carry none
// EXPECT all: N N N N
// EXPECT typestate: NC N N NC
// EXPECT nopragmas gcc: n n n n
// EXPECT nopragmas clang: nc n n nc
// LIMIT: warnings-off
#include "device.hpp"

rg::Result<int> number();
rg::Done<Flr> evidence();
Scope scope();
rg::Verdict<Flr, FirmwareAck> verdict();

void drops_number() {
  number();  // BAD
  // GOOD: number().discard("a control");
}

void drops_evidence() {
  evidence();  // BAD
  // GOOD: [[maybe_unused]] auto kept = evidence();
}

void drops_scope() {
  scope();  // BAD
  // GOOD: [[maybe_unused]] auto kept = scope();
}

void drops_verdict() {
  verdict();  // BAD
  // GOOD: verdict().discard("a control");
}
