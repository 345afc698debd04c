// Two steps, whose evidence is joined.
#include "device.hpp"

rg::Verdict<Flr, FirmwareAck> handler(Scope& scope) {
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  RESET_GUARD_TRY(auto ack, FirmwareAck::wait(scope));
  return rg::join(RESET_GUARD_MOVE(flr), RESET_GUARD_MOVE(ack));
}
