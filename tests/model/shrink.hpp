// Makes a program that fails as short and as plain as it can be made.
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "program.hpp"

namespace random_programs {

// All that `ops` could be with one thing left out or made plain.
inline void shorter(const std::vector<Op>& ops, std::vector<std::vector<Op>>& out) {
  for (std::size_t i = 0; i < ops.size(); ++i) {
    const auto with = [&](auto change) {
      out.push_back(ops);
      change(out.back());
    };
    const auto at = std::ptrdiff_t(i);
    with([&](std::vector<Op>& copy) { copy.erase(copy.begin() + at); });
    const Op& op = ops[i];
    if (!op.body.empty()) {
      with([&](std::vector<Op>& copy) {
        copy.erase(copy.begin() + at);
        copy.insert(copy.begin() + at, op.body.begin(), op.body.end());
      });
      std::vector<std::vector<Op>> bodies;
      shorter(op.body, bodies);
      for (std::vector<Op>& body : bodies) with([&](std::vector<Op>& copy) { copy[i].body = std::move(body); });
    }
    const auto plain = [&](auto Op::* field, auto value) {
      if (op.*field != value) with([&](std::vector<Op>& copy) { copy[i].*field = value; });
    };
    plain(&Op::levels, 1);
    if (op.levels > 1) with([&](std::vector<Op>& copy) { --copy[i].levels; });
    plain(&Op::from, 0);
    plain(&Op::pick, 0);
    plain(&Op::kind, 0);
    plain(&Op::next_done, 0);
    plain(&Op::device, 0);
    plain(&Op::fails, false);
    plain(&Op::unsupported, false);
    plain(&Op::by_witness, false);
    plain(&Op::claims, false);
    plain(&Op::key, 0);
    plain(&Op::old_error, false);
    plain(&Op::forged, false);
    plain(&Op::any_scope, false);
    plain(&Op::catches, false);
    plain(&Op::stays_open, false);
    plain(&Op::bare, false);
    plain(&Op::then, Then::drop);
    if (op.act != Do::step) plain(&Op::end, End::right);
  }
}

// Leaves out whatever can be left out of a program that fails so that it still fails, until nothing can. A program that
// resolves whatever fails would not stay one.
template <class Fails>
Program shortest(Program program, Fails fails) {
  Program plain = program;
  plain.honest = false;
  if (!fails(plain)) return program;
  for (bool found = true; found;) {
    found = false;
    if (plain.newest_first) {
      Program next = plain;
      next.newest_first = false;
      if (fails(next)) plain = std::move(next);
    }
    std::vector<std::vector<Op>> candidates;
    shorter(plain.ops, candidates);
    for (std::vector<Op>& candidate : candidates) {
      Program next{std::move(candidate), false, plain.newest_first};
      if (!fails(next)) continue;
      plain = std::move(next);
      found = true;
      break;
    }
  }
  return plain;
}

}  // namespace random_programs
