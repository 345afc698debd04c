// What the functions of one simulated machine share.
#pragma once

#include "clock.hpp"
#include "faults.hpp"
#include "iommu.hpp"
#include "log.hpp"

namespace sim {

struct Hardware {
  Clock clock;
  Log log;
  Iommu iommu;
  Faults faults;
};

}  // namespace sim
