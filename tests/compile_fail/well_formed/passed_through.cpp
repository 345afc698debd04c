// A result handed from function to function, by value.
#include "device.hpp"

static rg::Verdict<Flr> log_it(rg::Verdict<Flr> verdict) {
  puts(verdict.failed() ? "failed" : "done");
  return verdict;
}
static rg::Verdict<Flr> name_it(rg::Verdict<Flr> verdict) {
  if (!verdict.failed()) return verdict;
  const rg::Error error = RESET_GUARD_MOVE(verdict).error();
  return rg::Error(error.code(), error.native(), "named");
}

rg::Verdict<Flr> act(Device& device) { return name_it(log_it(Flr::run(device))); }
