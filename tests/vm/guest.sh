#!/bin/sh
# The init of a guest: run.py boots it, and judges what each step prints on the second serial port.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t devtmpfs devtmpfs /dev
for module in /modules/*; do insmod "$module"; done
read -r parameters </proc/cmdline
devices=/sys/bus/pci/devices

step() { echo "STEP $*"; }

milliseconds() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }

functions() { find "$devices/" -name '0000:*' | sed 's,.*/,,' | sort -r; }  # the deepest first

is_port() { read -r class <"$devices/$1/class" && [ "${class%??}" = 0x0604 ]; }

methods_of() { cat "$devices/$1/reset_method" 2>/dev/null; }

group_of() { basename "$(readlink "$devices/$1/iommu_group")"; }

unbind() { [ ! -e "$devices/$1/driver" ] || echo "$1" >"$devices/$1/driver/unbind"; }

bind() {  # FUNCTION DRIVER
  unbind "$1"
  echo "$2" >"$devices/$1/driver_override"
  echo "$1" >/sys/bus/pci/drivers_probe
}

each_method() {  # COMMAND...: with each function that is no port, and each of its methods
  for each in $(functions); do
    is_port "$each" && continue
    for method in $(methods_of "$each"); do "$@" "$each" "$method"; done
  done
}

# The registers of a function, and of the port above it.
keep_registers() {  # FUNCTION NAME
  rm -f "/tmp/$2" "/tmp/$2.port"
  cat "$devices/$1/config" >"/tmp/$2"
  above=$(readlink -f "$devices/$1/..")
  [ ! -e "$above/config" ] || cat "$above/config" >"/tmp/$2.port"
}

show_registers() { hexdump -v -e "\"$1%03_ax \" 4/1 \"%02x\" \"\\n\"" "$2"; }  # PREFIX FILE: a line for 32 bits

# What is otherwise than when the registers were kept as 'before'.
changes() {  # FUNCTION
  keep_registers "$1" after
  for part in "" .port; do
    [ -e "/tmp/before$part" ] || continue
    cmp -s "/tmp/before$part" "/tmp/after$part" && continue
    show_registers "${part:+port }" "/tmp/before$part" >/tmp/old
    show_registers "${part:+port }" "/tmp/after$part" >/tmp/new
    diff /tmp/old /tmp/new | grep -E '^[-+](port )?[0-9a-f]'
  done
}

# What Linux says of each function.
facts() {
  step facts
  for each in $(functions); do
    [ ! -e "$devices/$each/reset_method" ] || echo default >"$devices/$each/reset_method"
    echo "function $each $(methods_of "$each")"
  done
  step list
  reset_tool list "$devices" --json
}

kernel_reset() {  # FUNCTION METHOD
  step "kernel $1 $2"
  keep_registers "$1" before
  echo "$2" >"$devices/$1/reset_method"
  if { echo 1 >"$devices/$1/reset"; } 2>/tmp/error; then echo "status 0"; else echo "status 1 $(cat /tmp/error)"; fi
  changes "$1"
  echo default >"$devices/$1/reset_method"
}

kernel_resets_of_ports() {
  for port in $(functions); do
    is_port "$port" || continue
    for method in $(methods_of "$port"); do kernel_reset "$port" "$method"; done
  done
}

by_hand() {  # VERB FUNCTION METHOD
  step "$1 $2 $3"
  guest_steps "$1" "$3" "$2"
}

compare() { case $2 in flr | pm | bus) by_hand compare "$1" "$2" ;; esac }

# What reset_tool prints and its exit status, and what is otherwise in the function's registers afterwards.
tool() {  # NAME FUNCTION OPTION...
  step "tool $1"
  shift
  keep_registers "$1" before
  start=$(milliseconds)
  reset_tool reset "$@" >/tmp/output 2>&1
  status=$?
  echo "status $status ms $(($(milliseconds) - start))"
  changes "$1"
  cat /tmp/output
}

# A reset that did not work leaves the function quarantined, and its user releases it.
release() {  # FUNCTION OPTION...
  [ ! -e "/run/reset_guard/$1.quarantined" ] || reset_tool reset "$@" --release "the test goes on" >/dev/null
}

tool_resets() {  # FUNCTION: by each method, behind each fence
  for via in sysfs vfio; do
    if [ $via = vfio ]; then
      [ -e "$devices/$1/iommu_group" ] || return
      bind "$1" vfio-pci
    fi
    for method in $(methods_of "$1"); do
      tool "$1 $method $via" "$1" --method "$method" --via $via --timeout 5 --force --json
      release "$1" --via $via --force
    done
  done
  unbind "$1"
}

tool_resets_each() {
  for each in $(functions); do
    is_port "$each" || [ -z "$(methods_of "$each")" ] || tool_resets "$each"
  done
}

nvme=0000:01:00.0 slot=0000:00:02.0 rng=0000:03:00.0 e1000e=0000:04:00.0 xhci=0000:05:00.0 edu=0000:00:01.0
first_of_two=0000:06:00.0

refused() {  # before anything is touched
  tool "a driver is bound" $nvme --method flr
  tool "a driver is bound, --force" $rng --method flr --force --json
  tool "a port" 0000:07:00.0 --force
  tool "no such function" 0000:77:00.0 2>/dev/null
  for each in $(functions); do is_port "$each" || [ "$each" = $nvme ] || unbind "$each"; done
  tool "a shared group" $first_of_two --method flr
  tool "not bound to vfio-pci" $nvme --via vfio
  tool "no flr" $e1000e --method flr --json
  tool "no method" $edu --json
  tool "dry run" $rng --dry-run
  bind $rng vfio-pci
  exec 9<>"/dev/vfio/$(group_of $rng)"
  tool "a busy group" $rng --via vfio --method flr
  exec 9>&-
  unbind $rng
}

virtual_functions() {
  tool_resets 0000:01:00.1
  kernel_reset 0000:01:00.1 flr
  by_hand compare 0000:01:00.1 flr
  unbind $nvme
  tool "a physical function" $nvme --method flr
  tool "a physical function, --force" $nvme --method flr --force --json
  by_hand compare $nvme flr
  # QEMU takes them away when the physical function is reset, and vfio-pci refuses a function that has some.
  bind $nvme nvme
  echo 0 >"$devices/$nvme/sriov_numvfs"
  unbind $nvme
}

by_linux() {
  tool "kernel by sysfs" $rng --method kernel --json
  bind $rng vfio-pci
  tool "kernel by vfio" $rng --via vfio --method kernel --json
  unbind $rng
  bind $edu vfio-pci
  tool "kernel by vfio, no method" $edu --via vfio --method kernel --json
  unbind $edu
}

await_reset() {  # FUNCTION: its record is written before the fence goes up, and its FLR takes 100 ms
  tries=2000
  until [ -e "/run/reset_guard/$1.quarantined" ] || [ $((tries -= 1)) = 0 ]; do usleep 1000; done
  usleep 40000
}

stopped() {  # SIGNAL: to reset_tool while the function is in reset, which a power cut makes longer
  cat "$devices/$nvme/config" >/tmp/used
  guest_steps cut $slot $nvme 800 >/tmp/cut &
  reset_tool reset $nvme --method flr --json >/tmp/output 2>&1 &
  await_reset $nvme
  kill "-$1" $!
  wait $!
  status=$?
  step "tool stopped by $1"
  echo "status $status ms 0"
  cat /tmp/output
  wait
  tool "after $1, dry run" $nvme --dry-run
  tool "after $1" $nvme --method flr --json
  step "registers after $1"
  cmp "$devices/$nvme/config" /tmp/used && echo same
}

power_cuts() {  # from the reset on, for a while that is shorter than --timeout, or longer
  guest_steps cut $slot $nvme 1500 >/tmp/cut &
  tool "back in time" $nvme --method flr --timeout 5 --json
  wait
  cat /tmp/cut
  guest_steps cut $slot $nvme 4000 >/tmp/cut &
  {
    await_reset $nvme
    reset_tool reset $nvme --method flr >/tmp/second 2>&1
    echo "status $? ms 0" >>/tmp/second
  } &
  tool "not back in time" $nvme --method flr --timeout 1 --json
  tool "without power" $nvme --timeout 1 --json
  wait
  cat /tmp/cut
  tool "power again" $nvme --method flr --json
  step "tool two at a time"
  tail -n 1 /tmp/second
  cat /tmp/second
}

fence() {
  step fence
  bind $nvme vfio-pci
  dmesg -c >/tmp/log
  guest_steps fence $nvme
  echo "faults: $(dmesg | grep -c 'DMAR.*Request device.*01:00.0')"
  dmesg | cat - >>/tmp/log
  unbind $nvme
}

guest_pci() {
  echo 1 >"$devices/$nvme/sriov_numvfs"
  facts
  refused
  virtual_functions
  by_linux
  tool "the first method" $rng --json
  tool "the handler of nvme_delay" $nvme --as 8086:0953 --json
  tool "the handler of nvme_disable" $nvme --as 144d:a804 --json
  stopped KILL
  stopped TERM
  fence
  power_cuts
  by_hand raw $e1000e flr
  by_hand raw $xhci flr
  tool_resets_each
  each_method kernel_reset
  each_method compare
  kernel_resets_of_ports
}

guest_cxl() {
  facts
  tool_resets_each
  each_method kernel_reset
  each_method compare
  kernel_resets_of_ports
}

case $parameters in
  *shell*) setsid cttyhack sh ;;
  *)
    stty -F /dev/ttyS1 raw -echo
    exec >/dev/ttyS1 2>&1
    : >/tmp/log
    case $parameters in
      *guest=pci*) guest_pci ;;
      *guest=cxl*) guest_cxl ;;
    esac
    step end
    cat /proc/uptime
    step log
    cat /tmp/log
    dmesg
    ;;
esac
poweroff -f
