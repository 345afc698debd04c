// KernelReset: the reset that Linux does itself, for a program that has nothing better.
#pragma once

#include <fcntl.h>
#include <unistd.h>
#include <reset_guard/reset_guard.hpp>

#include "file.hpp"
#include "function.hpp"
#include "vfio.hpp"

namespace host {

// By the file `reset` of sysfs, or by VFIO, whose errors are those of write() and ioctl().
// Source: reset_store() and pci_reset_function() of Linux; vfio_pci_ioctl_reset().
struct KernelReset : rg::ResetStep<KernelReset> {
  static constexpr rg::Literal name = "kernel";
  struct Witness : rg::NoWitness {
    static constexpr rg::Literal why = "the kernel writes config space back before anybody can look at it";
  };

  RESET_GUARD_MUST_USE static rg::Status act(Function& function) {
    RESET_GUARD_TRY(auto file, File::open(function.folder() + "/reset", O_WRONLY, "open reset"));
    if (::write(file.descriptor(), "1", 1) != 1) return last_error("reset by sysfs");
    return rg::ok();
  }
  RESET_GUARD_MUST_USE static rg::Status act(Function&, Vfio& vfio) { return vfio.reset(); }
};

}  // namespace host
