// HOLE 37: warn_unused of the types: variables that are never read
// EXPECT all: W W W
// EXPECT typestate clang: WC W WC
// LIMIT: warnings-off
#include "device.hpp"

rg::Result<int> number();
rg::Evidence<Flr> evidence();
rg::Verdict<Flr, FirmwareAck> verdict();

void drops_number() {
  auto kept = number();  // BAD
  // GOOD: number().discard("a control");
}

void drops_evidence() {
  auto kept = evidence();  // BAD
  // GOOD: [[maybe_unused]] auto kept = evidence();
}

void drops_verdict() {
  auto kept = verdict();  // BAD
  // GOOD: verdict().discard("a control");
}
