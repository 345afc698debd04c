// A result moved by std::move.
#include <utility>

#include "device.hpp"

rg::Status consume(rg::Status status) { return status; }

rg::Status act(Device& device) {
  auto status = attempt(device);
  if (status.failed()) return std::move(status).error();
  return consume(std::move(status));
}
