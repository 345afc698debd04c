// A step that is done on some devices only.
#include <optional>

#include "device.hpp"

rg::Verdict<Flr> handler(Scope& scope, bool has_firmware) {
  std::optional<rg::Evidence<FirmwareAck>> ack;
  RESET_GUARD_TRY(auto flr, Flr::run(scope.device()));
  if (has_firmware) {
    RESET_GUARD_TRY(auto acked, FirmwareAck::wait(scope));
    ack.emplace(RESET_GUARD_MOVE(acked));
  }
  if (has_firmware != ack.has_value()) return rg::Error(rg::Errc::invalid, 0, "handler");
  return flr;
}
