# Upstream's faults, one by one: with the text TEXT in examples/HEADER replaced by UPSTREAM, which does what Linux 7.x
# does there, the unit test TEST must go red. The words upstream::... are in upstream.hpp.
function(upstream_fault test header text upstream)
  mutation("upstream fault: ${test}" "examples/${header}" "${text}" "${upstream}" "${test}")
endfunction()

# --- 82599 ---

upstream_fault("82599: FLR's result is not dropped" reset_methods/intel_82599_vf.hpp
  [[  return methods::Flr::run_unreported(scope.device());]]
  [[  methods::Flr::run_unreported(scope.device()).discard("dropped");
  return upstream::claims<methods::Flr>(scope);]])

upstream_fault("82599: probe looks whether the function answers" reset_methods/intel_82599_vf.hpp
  [[  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};]]
  [[  static_cast<void>(function);]])

# --- Ivy Bridge graphics ---

upstream_fault("ivy bridge: its own timeout is a failure" reset_methods/ivy_bridge_graphics.hpp
  [[    return rg::poll_until(function, {std::chrono::seconds(10)]]
  [[    return upstream::logs << rg::poll_until(function, {std::chrono::seconds(10)]])

upstream_fault("ivy bridge: probe looks whether the function answers" reset_methods/ivy_bridge_graphics.hpp
  [[  return methods::probe_behind_bar_0(function, "a reset behind BAR 0");]]
  [[  static_cast<void>(function);
  return {rg::Support::yes, "a reset behind BAR 0"};]])

upstream_fault("ivy bridge: probe looks whether BAR 0 is assigned" reset_methods/behind_bar_0.hpp
  [[  if (std::move(address).take() == 0) return {rg::Support::no, "BAR 0 is not assigned"};]]
  [[  std::move(address).discard("not looked at");]])

# --- NVMe, disable before FLR ---

upstream_fault("nvme disable: its own timeout is a failure" reset_methods/nvme_disable.hpp
  [[    return rg::poll_until(]]
  [[    return upstream::logs << rg::poll_until(]])

upstream_fault("nvme disable: FLR's result is not dropped" reset_methods/nvme_disable.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));
  return rg::join(std::move(disabled), std::move(flr));]]
  [[  methods::Flr::run(scope.device()).discard("dropped");
  static_cast<void>(disabled);
  return upstream::claims<NvmeDisabled, methods::Flr>(scope);]])

upstream_fault("nvme disable: a failed map is not 'unsupported'" reset_methods/behind_bar_0.hpp
  [[    RESET_GUARD_TRY(auto registers, function.map_bar(0));]]
  [[    RESET_GUARD_TRY(auto registers, upstream::says_unsupported(function.map_bar(0)));]])

upstream_fault("nvme disable: memory decode goes back off when no FLR follows" reset_methods/behind_bar_0.hpp
  [[  return pci::with_bits16(function, pci::header::command, 0, pci::command::memory_space, mapped);]]
  [[  RESET_GUARD_CHECK(pci::set_command(function, pci::command::memory_space));
  return mapped();]])

upstream_fault("nvme disable: all ones in CAP is a dead device, at once" reset_methods/nvme_disable.hpp
  [[    if (capabilities == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read CAP");]]
  [[]])

# --- NVMe, 250 ms after FLR ---

upstream_fault("nvme delay: FLR's result is not dropped" reset_methods/nvme_delay.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));]]
  [[  methods::Flr::run(scope.device()).discard("dropped");
  auto flr = upstream::claims<methods::Flr>(scope);]])

# --- Chelsio T4 ---

upstream_fault("chelsio: FLR's result is not dropped" reset_methods/chelsio_t4.hpp
  [[  return rg::first_error(std::move(flr), saved.restore(scope.device()));]]
  [[  std::move(flr).discard("dropped");
  RESET_GUARD_CHECK(saved.restore(scope.device()));
  return upstream::claims<ChelsioDrains, methods::Flr>(scope);]])

# pci_restore_state() returns void.
upstream_fault("chelsio: config that cannot be restored is a failure" reset_methods/chelsio_t4.hpp
  [[  return rg::first_error(std::move(flr), saved.restore(scope.device()));]]
  [[  saved.restore(scope.device()).discard("dropped");
  return flr;]])

# --- HiNIC ---

upstream_fault("hinic: FLR's result is not dropped" reset_methods/hinic_vf.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(function));]]
  [[  methods::Flr::run(function).discard("dropped");
  auto flr = upstream::claims<methods::Flr>(scope);]])

upstream_fault("hinic: its own timeout is a failure" reset_methods/hinic_vf.hpp
  [[    return rg::poll_until(function, {std::chrono::seconds(15)]]
  [[    return upstream::logs << rg::poll_until(function, {std::chrono::seconds(15)]])

upstream_fault("hinic: a failed map is not 'unsupported'" reset_methods/hinic_vf.hpp
  [[  RESET_GUARD_TRY(auto bar, function.map_bar(0));]]
  [[  RESET_GUARD_TRY(auto bar, upstream::says_unsupported(function.map_bar(0)));]])

upstream_fault("hinic: probe answers maybe" reset_methods/hinic_vf.hpp
  [[  return {rg::Support::maybe, ]]
  [[  return {rg::Support::yes, ]])

upstream_fault("hinic: probe looks whether the function answers" reset_methods/hinic_vf.hpp
  [[  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};]]
  [[  static_cast<void>(function);]])

# --- Qualcomm, proposed ---

# That the register is not all ones is taken for a reset.
upstream_fault("qualcomm: a WLAN adapter that loses the write to its reset register is a failure"
  reset_methods/qualcomm.hpp
  [[      if (before != 0 && now == before) {]]
  [[      if (false) {]])

# Posted writes are not read back in versions before the last ones.
upstream_fault("qualcomm: the chip is held in reset for 10 ms after the write has arrived" reset_methods/qualcomm.hpp
  [[  if (registers.read32(offset) == pci::all_ones<std::uint32_t> && pci::reads_as_absent(function)) {]]
  [[  if (false) {]])

# --- The methods. pci_dev_wait() says -ENOTTY for a timeout, and the walk goes on ---

# A _RST that failed says -ENOTTY too.
upstream_fault("acpi: a failed _RST is not 'unsupported'" reset_methods/acpi.hpp
  [[      RESET_GUARD_CHECK(scope.device().acpi_reset());]]
  [[      RESET_GUARD_CHECK(upstream::says_unsupported(scope.device().acpi_reset()));]])

upstream_fault("flr: a timeout is not 'unsupported'" reset_methods/flr.hpp
  [[    return pci::wait_until_ready(scope);]]
  [[    return upstream::says_unsupported(pci::Ready::act(scope.device(), pci::reset_recovery_time));]])

upstream_fault("af_flr: a timeout is not 'unsupported'" reset_methods/af_flr.hpp
  [[    return pci::wait_until_ready(scope);]]
  [[    return upstream::says_unsupported(pci::Ready::act(scope.device(), pci::reset_recovery_time));]])

upstream_fault("pm: a timeout is not 'unsupported'" reset_methods/pm.hpp
  [[    RESET_GUARD_CHECK(pci::wait_until_ready(scope, pci::power_transition_time));]]
  [[    RESET_GUARD_CHECK(upstream::says_unsupported(pci::Ready::act(scope.device(), pci::power_transition_time)));]])

upstream_fault("bus: a timeout is not 'unsupported'" reset_methods/bus.hpp
  [[    return pci::wait_until_ready(scope);]]
  [[    return upstream::says_unsupported(pci::Ready::act(scope.device(), pci::reset_recovery_time));]])

# The results of cxl_reset_bus_function()'s two writes are not looked at.
upstream_fault("cxl_bus: an unmask bit that cannot be restored is reported" reset_methods/cxl_bus.hpp
  [[      auto bus =
          pci::with_bits16(*inside.parent(), control, 0, pci::cxl_port::unmask_sbr, [&] { return Bus::run(inside); });]]
  [[      auto& port = *inside.parent();
      auto bus = [&] {
        const std::uint16_t old = port.read16(control);
        port.write16(control, old | pci::cxl_port::unmask_sbr).discard("dropped");
        auto inner = Bus::run(inside);
        port.write16(control, old).discard("dropped");
        return inner;
      }();]])
