// RULE: A table of handlers has no entry twice.
// ENFORCED: compile
// SAYS: handler_table_has_a_duplicate_entry
// WHY: The second would never be found. The table is checked when it is compiled, so the compiler quotes a function's
// name.
#include "device.hpp"

struct Match {
  int vendor, device;
  constexpr bool matches(const Match& id) const { return vendor == id.vendor && device == id.device; }
  constexpr bool covers(const Match& other) const { return matches(other); }
};
using Entry = rg::HandlerEntry<Match, rg::Verdict<Flr> (*)(Nic&)>;
rg::Verdict<Flr> by_flr(Nic& nic) { return Flr::run(nic); }

#ifdef OK
inline constexpr Entry entries[] = {{{0x8086, 0x10ed}, by_flr}, {{0x8086, 0x1515}, by_flr}};
inline constexpr rg::HandlerTable table(entries);
#else
inline constexpr Entry entries[] = {{{0x8086, 0x10ed}, by_flr}, {{0x8086, 0x10ed}, by_flr}};
inline constexpr rg::HandlerTable table(entries);
#endif

int main() {
  Nic nic;
  return exit_status(table.find(Match{0x8086, 0x10ed})->handler(nic));
}
