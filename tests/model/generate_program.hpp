// Makes a random program from choices. A statement makes one choice at most: in which order arguments are evaluated is
// the compiler's affair, and a seed is to mean the same program with each.
#pragma once

#include <utility>
#include <vector>

#include "choices.hpp"
#include "program.hpp"

namespace random_programs {

class Generator {
 public:
  explicit Generator(Choices choices) : choices_(choices) {}

  Program program() {
    Program program;
    program.honest = one_in(3);
    program.newest_first = one_in(2);
    spite_ = below(4);
    budget_ = 4 + below(max_operations - 3);
    if (program.honest) {
      while (budget_ >= least_for_a_scope) {
        const int device = below(2);
        program.ops.push_back(honest_scope(device, 0, below(verdict_count)));
      }
    } else {
      while (budget_ > 0) program.ops.push_back(wild(0));
    }
    return program;
  }

 private:
  Choices choices_;
  int spite_ = 0;   // how often a program breaks a rule
  int budget_ = 0;  // how many operations may still be made

  int below(int limit) { return choices_.below(limit); }
  bool one_in(int n) { return choices_.one_in(n); }
  bool spiteful(int n) { return spite_ > 0 && below(n * 4) < spite_; }

  Op make(Do act) {
    --budget_;
    Op op;
    op.act = act;
    return op;
  }
  Op step(int kind, bool fails = false, Then then = Then::drop) {
    Op op = make(Do::step);
    op.kind = kind;
    op.fails = fails;
    op.then = then;
    op.by_witness = one_in(4);
    op.claims = one_in(3);
    return op;
  }
  Op for_key(int key, Op op) {
    op.key = key;
    return op;
  }
  int key() { return one_in(4) ? 1 + below(2) : 0; }
  Op overrule(int pick) {
    Op op = make(Do::overrule);
    op.pick = pick;
    return op;
  }

  // What the verdict needs is done just before the end: its operations are kept aside until then.
  static constexpr int evidence_operations(int verdict) { return verdict == by_flr_and_ack ? 2 : 1; }
  static constexpr int least_for_a_scope = 3;  // its own and the most that its evidence takes

  void add_evidence(std::vector<Op>& body, int verdict) {
    const int flr_key = key();
    body.push_back(for_key(flr_key, step(verdict == by_bus ? bus : flr)));
    if (verdict != by_flr_and_ack) return;
    const int ack_key = key();
    body.push_back(for_key(ack_key, step(ack)));
  }

  // --- programs that may do anything ---

  Op wild(int depth) {
    const int choice = below(100);
    if (depth == 0) {
      if (choice < 45) return wild_scope(Do::reset, depth);
      if (choice < 70) return wild_scope(Do::scope, depth);
      if (choice < 82) return hooks();
      if (choice < 90) return on_device(Do::release);
      return choice < 95 ? finish() : picked(Do::drop);
    }
    if (choice < 44) return wild_step();
    if (depth < max_depth && choice < 58) return wild_scope(Do::reset, depth);
    if (depth < max_depth && choice < 70) return wild_scope(Do::scope, depth);
    if (choice < 80) {
      Op op = picked(Do::overrule);
      op.forged = spiteful(4);
      op.from = from();
      return op;
    }
    if (choice < 85 || !spiteful(1)) {
      Op op = make(Do::touch);
      op.from = from();
      return op;
    }
    if (choice < 88) return finish();
    if (choice < 91) return picked(Do::move);
    if (choice < 93) return picked(Do::drop);
    if (choice < 95) return make(Do::leave);
    return choice < 98 ? hooks() : on_device(Do::release);
  }

  int from() { return spiteful(2) ? below(3) : 0; }

  Op picked(Do act) {
    Op op = make(act);
    op.pick = one_in(2) ? below(4) : 0;
    return op;
  }

  Op on_device(Do act) {
    Op op = make(act);
    op.device = one_in(4);
    return op;
  }

  Op hooks() {
    Op op = on_device(Do::hooks);
    op.kind = one_in(3) ? below(5) : 0;
    op.next_done = one_in(2) ? below(5) : 0;
    return op;
  }

  Op wild_step() {
    Op op = make(Do::step);
    op.kind = below(step_count);
    op.fails = below(5) < 2;
    op.then = reaction();
    if (!op.fails && !one_in(4)) op.then = Then::drop;  // evidence that is discarded is missed later
    op.by_witness = one_in(4);
    op.claims = one_in(3);
    op.key = key();
    op.unsupported = spiteful(6);
    op.old_error = spiteful(4);
    op.pick = one_in(2) ? below(3) : 0;
    op.from = from();
    return op;
  }

  Op finish() {
    Op op = picked(Do::finish);
    op.kind = below(verdict_count);
    op.end = wild_end();
    op.bare = one_in(4);
    op.any_scope = one_in(2);
    op.from = below(3);
    op.then = reaction();
    return op;
  }

  Then reaction() {
    static constexpr Then reactions[] = {Then::drop,     Then::drop,     Then::propagate, Then::propagate,
                                         Then::overrule, Then::overrule, Then::discard};
    return reactions[below(7)];
  }

  End wild_end() {
    if (!one_in(3)) return End::right;
    return End(below(7));
  }

  Op wild_scope(Do act, int depth) {
    Op op = on_device(act);
    op.kind = below(verdict_count);
    op.end = wild_end();
    op.pick = one_in(2) ? below(4) : 0;
    op.then = reaction();
    op.from = from();
    op.catches = one_in(3);
    op.bare = one_in(4);
    op.stays_open = act == Do::scope && spiteful(2);
    if (act == Do::reset && one_in(100)) op.levels = 46 + below(6);
    const int reserved = evidence_operations(op.kind);
    const bool proved = op.end == End::right && !one_in(4) && budget_ >= reserved;
    if (proved) budget_ -= reserved;
    for (int count = below(6); count > 0 && budget_ > 0; --count) op.body.push_back(wild(depth + 1));
    if (proved) {
      budget_ += reserved;
      add_evidence(op.body, op.kind);
    }
    return op;
  }

  // --- programs in which whatever fails is resolved ---

  Op honest_scope(int device, int depth, int verdict) {
    Op op = make(one_in(3) ? Do::scope : Do::reset);
    op.device = device;
    op.kind = verdict;
    op.bare = one_in(4);
    const int reserved = evidence_operations(verdict);
    budget_ -= reserved;
    for (int count = below(5); count > 0 && budget_ > 0; --count) add_honest(op.body, device, depth + 1);
    budget_ += reserved;
    add_evidence(op.body, verdict);
    return op;
  }

  void add_honest(std::vector<Op>& body, int device, int depth) {
    const int kind = below(step_count);
    const int thing = key();
    const bool roomy = budget_ > least_for_a_scope;
    switch (below(!roomy ? 3 : depth < max_depth ? 9 : 5)) {
      case 0: body.push_back(for_key(thing, step(kind))); break;
      case 1: body.push_back(for_key(thing, step(kind, true, Then::overrule))); break;
      case 2: body.push_back(make(Do::touch)); break;
      case 3:  // retried, if need be twice
        if (one_in(3)) body.push_back(for_key(thing, step(kind, true)));
        body.push_back(for_key(thing, step(kind, true, unresolved_reaction())));
        body.push_back(for_key(thing, step(kind)));
        break;
      case 4:  // named a little later
        body.push_back(for_key(thing, step(kind, true)));
        body.push_back(step(kind == ack ? d0 : ack));
        body.push_back(overrule(0));
        break;
      case 5: body.push_back(honest_scope(device, depth, below(verdict_count))); break;
      case 6:  // another device's reset, whole, in the middle of this one
        if (depth == 1) body.push_back(honest_scope(1 - device, depth, below(verdict_count)));
        break;
      case 7: {  // a method that fails, whatever happens in it, and the fallback names it
        Op op = failing(device, depth);
        op.then = Then::overrule;
        body.push_back(op);
        break;
      }
      default: {  // a method that fails and is tried again
        budget_ -= least_for_a_scope;
        Op op = failing(device, depth);
        budget_ += least_for_a_scope;
        op.then = unresolved_reaction();
        body.push_back(op);
        body.push_back(honest_scope(device, depth, op.kind));
        break;
      }
    }
  }

  // To a failure that something else resolves.
  Then unresolved_reaction() { return one_in(3) ? Then::discard : Then::drop; }

  Op failing(int device, int depth) {
    Op op = make(one_in(3) ? Do::scope : Do::reset);
    op.device = device;
    op.kind = below(verdict_count);
    op.end = one_in(3) ? End::right : one_in(4) ? End::unsupported : End::fails;
    for (int count = below(4); count > 0 && budget_ > 0; --count) {
      if (depth + 1 < max_depth && one_in(4)) {
        op.body.push_back(failing(device, depth + 1));
        op.body.back().then = reaction();
      } else {
        const int kind = below(step_count);
        const bool fails = one_in(2);
        const int thing = key();
        op.body.push_back(for_key(thing, step(kind, fails, reaction())));
      }
    }
    return op;
  }
};

inline Program generate(Choices choices) { return Generator(choices).program(); }

}  // namespace random_programs
