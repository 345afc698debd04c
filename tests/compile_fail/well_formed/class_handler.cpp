// A handler that is an object.
#include "device.hpp"

class Handler {
 public:
  explicit Handler(int tries) : tries_(tries) {}
  rg::Verdict<Flr> operator()(Scope& scope) const {
    for (int i = 1; i < tries_; ++i) {
      auto flr = Flr::run(scope.device());
      if (!flr.failed()) return flr;
      if (RESET_GUARD_MOVE(flr).error().code() != rg::Errc::timed_out) break;
    }
    return Flr::run(scope.device());
  }

 private:
  int tries_;
};

rg::Verdict<Flr> act(Device& device) { return rg::reset(device, Handler(3)); }
