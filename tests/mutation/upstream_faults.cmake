# Upstream's faults, one by one: with the text OURS in examples/HEADER replaced by UPSTREAMS, which does what Linux 7.x
# does there, the unit test TEST must go red. The words upstream::... are in upstream.hpp.
function(upstream_fault test header ours upstreams)
  mutation("upstream fault: ${test}" "examples/${header}" "${ours}" "${upstreams}" "${test}")
endfunction()

# --- 82599 ---

upstream_fault("82599: FLR's result is not dropped" quirks/intel_82599_vf.hpp
  [[  return methods::Flr::run_unreported(scope.device());]]
  [[  methods::Flr::run_unreported(scope.device()).discard("dropped");
  return upstream::claims<methods::Flr>(scope);]])

upstream_fault("82599: probe looks whether the function answers" quirks/intel_82599_vf.hpp
  [[  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};]]
  [[  static_cast<void>(function);]])

# --- Ivy Bridge graphics ---

upstream_fault("ivy bridge: its own timeout is a failure" quirks/ivy_bridge_graphics.hpp
  [[        rg::poll_until(function, rg::PollTimes<pci::Duration>{std::chrono::seconds(10)]]
  [[        upstream::logs << rg::poll_until(function, rg::PollTimes<pci::Duration>{std::chrono::seconds(10)]])

upstream_fault("ivy bridge: probe looks whether the function answers" quirks/ivy_bridge_graphics.hpp
  [[  auto address = pci::memory_bar_address(function, 0);]]
  [[  static_cast<void>(function);
  rg::Result<std::uint64_t> address = std::uint64_t{1};]])

upstream_fault("ivy bridge: probe looks whether BAR 0 is assigned" quirks/ivy_bridge_graphics.hpp
  [[  if (std::move(address).take() == 0) return {rg::Support::no, "BAR 0 is not assigned"};]]
  [[  std::move(address).discard("not looked at");]])

# --- NVMe, disable before FLR ---

upstream_fault("nvme disable: its own timeout is a failure" quirks/nvme_disable.hpp
  [[    return rg::poll_until(]]
  [[    return upstream::logs << rg::poll_until(]])

upstream_fault("nvme disable: FLR's result is not dropped" quirks/nvme_disable.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));
  return rg::join(std::move(disabled), std::move(flr));]]
  [[  methods::Flr::run(scope.device()).discard("dropped");
  static_cast<void>(disabled);
  return upstream::claims<NvmeDisabled, methods::Flr>(scope);]])

upstream_fault("nvme disable: a failed map is not 'unsupported'" quirks/nvme_disable.hpp
  [[    RESET_GUARD_TRY(auto registers, function.map_bar(0));]]
  [[    RESET_GUARD_TRY(auto registers, upstream::says_unsupported(function.map_bar(0)));]])

upstream_fault("nvme disable: memory decode goes back off when no FLR follows" quirks/nvme_disable.hpp
  [[    return pass_if(scope, pci::with_bits16(scope.device(), pci::header::command, 0, pci::command::memory_space,
                                           [&] { return disable(scope.device()); }));]]
  [[    RESET_GUARD_CHECK(pci::set_command(scope.device(), pci::command::memory_space));
    return pass_if(scope, disable(scope.device()));]])

upstream_fault("nvme disable: all ones in CAP is a dead device, at once" quirks/nvme_disable.hpp
  [[    if (capabilities == pci::all_ones<std::uint32_t>) return rg::Error(rg::Errc::gone, 0, "read CAP");]]
  [[]])

# --- NVMe, 250 ms after FLR ---

upstream_fault("nvme delay: FLR's result is not dropped" quirks/nvme_delay.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(scope.device()));]]
  [[  methods::Flr::run(scope.device()).discard("dropped");
  auto flr = upstream::claims<methods::Flr>(scope);]])

# --- Chelsio T4 ---

upstream_fault("chelsio: FLR's result is not dropped" quirks/chelsio_t4.hpp
  [[  return rg::first_error(std::move(flr), saved.restore(scope.device()));]]
  [[  std::move(flr).discard("dropped");
  RESET_GUARD_CHECK(saved.restore(scope.device()));
  return upstream::claims<ChelsioDrains, methods::Flr>(scope);]])

# pci_restore_state() returns void.
upstream_fault("chelsio: config that cannot be restored is a failure" quirks/chelsio_t4.hpp
  [[  return rg::first_error(std::move(flr), saved.restore(scope.device()));]]
  [[  saved.restore(scope.device()).discard("dropped");
  return flr;]])

# --- HiNIC ---

upstream_fault("hinic: FLR's result is not dropped" quirks/hinic_vf.hpp
  [[  RESET_GUARD_TRY(auto flr, methods::Flr::run(function));]]
  [[  methods::Flr::run(function).discard("dropped");
  auto flr = upstream::claims<methods::Flr>(scope);]])

upstream_fault("hinic: its own timeout is a failure" quirks/hinic_vf.hpp
  [[        rg::poll_until(function, rg::PollTimes<pci::Duration>{std::chrono::seconds(15)]]
  [[        upstream::logs << rg::poll_until(function, rg::PollTimes<pci::Duration>{std::chrono::seconds(15)]])

upstream_fault("hinic: a failed map is not 'unsupported'" quirks/hinic_vf.hpp
  [[  RESET_GUARD_TRY(auto bar, function.map_bar(0));]]
  [[  RESET_GUARD_TRY(auto bar, upstream::says_unsupported(function.map_bar(0)));]])

upstream_fault("hinic: probe answers maybe" quirks/hinic_vf.hpp
  [[  return {rg::Support::maybe, ]]
  [[  return {rg::Support::yes, ]])

upstream_fault("hinic: probe looks whether the function answers" quirks/hinic_vf.hpp
  [[  if (pci::reads_as_absent(function)) return {rg::Support::no, "the function does not answer"};]]
  [[  static_cast<void>(function);]])

# --- Qualcomm, proposed: that the function went through D3hot is taken for a reset ---

upstream_fault("qualcomm: a D3hot that resets nothing is a failure" methods/pm.hpp
  [[    return witness.after(function);]]
  [[    static_cast<void>(witness);
    return rg::ok();]])

# --- The methods. pci_dev_wait() says -ENOTTY for a timeout, and the walk goes on ---

# A _RST that failed says -ENOTTY too.
upstream_fault("acpi: a failed _RST is not 'unsupported'" methods/acpi.hpp
  [[      RESET_GUARD_CHECK(function.acpi_reset());]]
  [[      RESET_GUARD_CHECK(upstream::says_unsupported(function.acpi_reset()));]])

upstream_fault("flr: a timeout is not 'unsupported'" methods/flr.hpp
  [[    RESET_GUARD_CHECK(pci::wait_until_ready(function));]]
  [[    RESET_GUARD_CHECK(upstream::says_unsupported(pci::wait_until_ready(function)));]])

upstream_fault("af_flr: a timeout is not 'unsupported'" methods/af_flr.hpp
  [[    RESET_GUARD_CHECK(pci::wait_until_ready(function));]]
  [[    RESET_GUARD_CHECK(upstream::says_unsupported(pci::wait_until_ready(function)));]])

upstream_fault("pm: a timeout is not 'unsupported'" methods/pm.hpp
  [[    RESET_GUARD_CHECK(pci::wait_until_ready(function, pci::power_transition_time));]]
  [[    RESET_GUARD_CHECK(upstream::says_unsupported(pci::wait_until_ready(function, pci::power_transition_time)));]])

upstream_fault("bus: a timeout is not 'unsupported'" methods/bus.hpp
  [[    RESET_GUARD_CHECK(pci::wait_until_ready(function));]]
  [[    RESET_GUARD_CHECK(upstream::says_unsupported(pci::wait_until_ready(function)));]])

# The results of cxl_reset_bus_function()'s two writes are not looked at.
upstream_fault("cxl_bus: an unmask bit that cannot be restored is reported" methods/cxl_bus.hpp
  [[          pci::with_bits16(port, control, 0, pci::cxl_port::unmask_sbr, [&] { return Bus::run(scope.device()); });]]
  [[          [&] {
            const std::uint16_t old = port.read16(control);
            port.write16(control, old | pci::cxl_port::unmask_sbr).discard("dropped");
            auto inner = Bus::run(scope.device());
            port.write16(control, old).discard("dropped");
            return inner;
          }();]])
