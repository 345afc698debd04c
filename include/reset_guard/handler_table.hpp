/// HandlerTable: which handler is for which device, checked when it is compiled.
#pragma once

#include <cstddef>
#include <type_traits>

#include "attributes.hpp"
#include "move.hpp"

namespace reset_guard {

/// One line of a table. Match is a pattern that may stand for many devices: `a.covers(b)` says whether every device that
/// fits b fits a; `a.matches(id)` says whether the device with that id fits, for the types of id that
/// HandlerTable::find() is called with.
template <class Match, class Handler>
struct HandlerEntry {
  Match match;      ///< the devices that it is for
  Handler handler;  ///< any type; the table only hands it out
};

namespace detail {
// Called while the table is compiled, which makes the compiler quote their names.
void handler_table_has_a_duplicate_entry();
void handler_table_entry_is_unreachable_behind_an_earlier_wildcard();
}  // namespace detail

/// The first entry that fits a device is its handler. A duplicate entry, and one that an earlier wildcard makes
/// unreachable, do not compile. The table points to the entries, which live for ever:
///
///     inline constexpr HandlerEntry<Match, Handler> entries[] = {{{0x8086, 0x10ed}, reset_82599_vf}, ...};
///     inline constexpr HandlerTable table(entries);
template <class Match, class Handler>
class HandlerTable {
  static_assert(std::is_same_v<decltype(detail::made<const Match&>().covers(detail::made<const Match&>())), bool>,
                "reset_guard: a table's pattern needs 'bool covers(const Match&) const'");

 public:
  using Entry = HandlerEntry<Match, Handler>;  ///< what it is a table of

  /// Of these entries, checked while the program is compiled.
  /// Requires: they live for ever: only a pointer is kept.
  template <std::size_t size>
  RESET_GUARD_CONSTEVAL HandlerTable(const Entry (&entries)[size]) : begin_(entries), end_(entries + size) {
    for (const Entry* later = begin_; later != end_; ++later) {
      for (const Entry* earlier = begin_; earlier != later; ++earlier) {
        if (!earlier->match.covers(later->match)) continue;
        if (later->match.covers(earlier->match)) detail::handler_table_has_a_duplicate_entry();
        detail::handler_table_entry_is_unreachable_behind_an_earlier_wildcard();
      }
    }
  }

  /// The entry for a device; nullptr when it has no handler.
  template <class Id>
  constexpr const Entry* find(const Id& id) const noexcept {
    for (const Entry& entry : *this) {
      if (entry.match.matches(id)) return &entry;
    }
    return nullptr;
  }

  constexpr const Entry* begin() const noexcept { return begin_; }  ///< the first entry
  constexpr const Entry* end() const noexcept { return end_; }      ///< past the last entry

 private:
  const Entry* begin_;
  const Entry* end_;
};

}  // namespace reset_guard
