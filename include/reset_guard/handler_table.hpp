/// HandlerTable: which handler is for which device, checked when it is compiled.
#pragma once

#include <cstddef>
#include <type_traits>

#include "move.hpp"

namespace reset_guard {

/// One line of a table. Match is a pattern that may stand for many devices: `a.covers(b)` says whether every device
/// that fits b fits a; `a.matches(id)` says whether the device with that id fits, for the types of id that
/// HandlerTable::find() is called with.
template <class Match, class Handler>
struct HandlerEntry {
  Match match;      ///< the devices that it is for
  Handler handler;  ///< any type; the table only hands it out
};

template <class Match, class Handler>
class HandlerTable;

namespace detail {

// The first of the entries [from, to) that an earlier one covers; `later` is 0 if there is none.
struct Covered {
  std::size_t later, earlier;
  bool same;  // and it covers the earlier one
};
template <class Entry, std::size_t size>
constexpr Covered first_covered(const Entry (&entries)[size], std::size_t from, std::size_t to) noexcept {
  for (std::size_t later = from; later < to; ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (entries[earlier].match.covers(entries[later].match))
        return {later, earlier, entries[later].match.covers(entries[earlier].match)};
    }
  }
  return {0, 0, false};
}

// A part of a table is a constant expression of its own, because compilers limit the length of one.
inline constexpr std::size_t part_size = 64;
constexpr std::size_t end_of_part(std::size_t part, std::size_t size) noexcept {
  return size - part * part_size < part_size ? size : (part + 1) * part_size;
}
template <const auto& entries, std::size_t size, std::size_t part>
inline constexpr Covered covered_in = first_covered(entries, part* part_size, end_of_part(part, size));

template <std::size_t entry, std::size_t earlier, bool same>
constexpr void check_entry() noexcept {
  static_assert(entry == 0 || !same,
                "reset_guard: two entries of this table are for the same devices: remove one (the "
                "numbers of both, from 0 on, are beside check_entry)");
  static_assert(entry == 0 || same,
                "reset_guard: an entry of this table is never found behind a wildcard: move it before "
                "that (the numbers of both, from 0 on, are beside check_entry)");
}

struct TableAccess {
  template <const auto& entries, std::size_t part = 0, class Match, class Handler, std::size_t size>
  static constexpr HandlerTable<Match, Handler> checked(const HandlerEntry<Match, Handler> (&)[size]) noexcept {
    static_assert(std::is_same_v<decltype(made<const Match&>().covers(made<const Match&>())), bool>,
                  "reset_guard: a table's pattern needs 'bool covers(const Match&) const'");
    constexpr Covered found = covered_in<entries, size, part>;
    check_entry<found.later, found.earlier, found.same>();
    if constexpr (end_of_part(part, size) < size) return checked<entries, part + 1>(entries);
    return {entries, entries + size};
  }
};

}  // namespace detail

/// The first entry that fits a device is its handler. Made by handler_table.
template <class Match, class Handler>
class HandlerTable {
 public:
  using Entry = HandlerEntry<Match, Handler>;  ///< what it is a table of

  /// The entry for a device; nullptr when it has no handler. Looks at the entries one by one.
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
  friend struct detail::TableAccess;
  constexpr HandlerTable(const Entry* begin, const Entry* end) noexcept : begin_(begin), end_(end) {}

  const Entry* begin_;
  const Entry* end_;
};

/// The table of these entries, an array with static storage duration. A duplicate entry, and one that is unreachable
/// behind an earlier wildcard, do not compile. Some 3000 entries are as many as compilers check with their usual
/// limits.
///
///     inline constexpr HandlerEntry<Match, Handler> entries[] = {{{0x8086, 0x10ed}, reset_82599_vf}, ...};
///     inline constexpr auto& table = handler_table<entries>;
template <const auto& entries>
inline constexpr auto handler_table = detail::TableAccess::checked<entries>(entries);

}  // namespace reset_guard
