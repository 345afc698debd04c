// A generic lambda, and a result passed on by it.
#include "device.hpp"

rg::Status act(Device& device) {
  const auto named = [](auto result, rg::Literal where) {
    if (!result.failed()) return result;
    const rg::Error error = RESET_GUARD_MOVE(result).error();
    return decltype(result)(rg::Error(error.code(), error.native(), where));
  };
  RESET_GUARD_TRY([[maybe_unused]] auto flr, named(Flr::run(device), "flr"));
  return named(attempt(device), "attempt");
}
