// HOLE 37: the attributes of the types: from functions that carry none
// EXPECT all: N N N N
// EXPECT typestate: NC N N NC
// EXPECT default gcc: n n n n
// EXPECT default clang: n n n n
// LIMIT: warnings-off
#include "device.hpp"

rg::Result<int> number();
rg::Evidence<Flr> evidence();
rg::Error error();
rg::Verdict<Flr, FirmwareAck> verdict();

void drops_number() {
  number();  // BAD
  // GOOD: number().discard("a control");
}

void drops_evidence() {
  evidence();  // BAD
  // GOOD: [[maybe_unused]] auto kept = evidence();
}

void drops_error() {
  error();  // BAD
  // GOOD: [[maybe_unused]] auto kept = error();
}

void drops_verdict() {
  verdict();  // BAD
  // GOOD: verdict().discard("a control");
}
