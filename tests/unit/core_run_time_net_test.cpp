// Breaks each rule of the run-time net (tests/model/run_time_net.hpp) at each depth and loses the error on each path.
// Each cell of the table is a test, registered from the table: there is none without a test.
#include "run_time_net.hpp"

#include <stdexcept>
#include <utility>

using namespace core_test;
using namespace run_time_net;

namespace {

using FlrAndAck = rg::Verdict<Flr, Ack>;

// Hands in an error that another step has recorded.
struct Wrapper : rg::Step<Wrapper> {
  static Error hand_on(Scope& scope, Error error) { return fail(scope, error); }
};

Flr::Verdict unsupported() { return Error(Errc::unsupported, -95, "handler"); }

// Both in the same scope.
FlrAndAck flr_and_ack(Scope& scope, Errc ack_error) {
  RESET_GUARD_TRY(auto flr_done, Flr::in(scope));
  RESET_GUARD_TRY(auto ack_done, Ack::in(scope, ack_error, -110));
  return rg::join(std::move(flr_done), std::move(ack_done));
}

// --- the first error ---

void break_first_error(Rule rule, BrokenReset& reset) {
  Owned& scope = reset.open();
  const auto ends = [&](auto finish) {
    Owned ending = reset.take();
    reset.hear(finish(ending));
  };
  switch (rule) {
    case Rule::scope_fails:
      return ends([](Owned& ending) { return ending.finish(Flr::Verdict(Error(Errc::io, -5, "flr"))); });
    case Rule::scope_fails_without_verdict:
      return ends([](Owned& ending) { return ending.finish(Error(Errc::io, -5, "flr")); });
    case Rule::two_errors_joined:
      return ends([](Owned& ending) {
        return ending.finish(rg::first_error(Flr::in(ending, Errc::io, -5), fails_with(Errc::timed_out, -7)));
      });
    case Rule::step_fails: drop(Ack::in(scope, Errc::timed_out, -110)); return;
    case Rule::two_steps_fail:
      drop(Ack::in(scope, Errc::timed_out, -110));
      drop(Restore::in(scope, Errc::io, -5));
      return;
    case Rule::step_and_nested_reset_fail:
      drop(Ack::in(scope, Errc::timed_out, -110));
      drop(rg::reset(reset.device(), [](Scope& inner) {
        drop(Restore::in(inner, Errc::io, -5));
        return Flr::in(inner, Errc::io, -6);
      }));
      return;
    case Rule::fails_before_a_good_scope:
      drop(Ack::in(scope, Errc::timed_out, -110));
      CHECK(code_of(Flr::run(reset.device())) == Errc{});
      return;
    default: FAIL("no test breaks this rule");
  }
}

// --- what resolves a failure, and what does not ---

void break_resolution(Rule rule, BrokenReset& reset) {
  Scope& scope = reset.open();
  switch (rule) {
    case Rule::another_parameter_retried:
      drop(Acting<7>::in(scope, Errc::io, -5));
      drop(Acting<8>::in(scope));
      return;
    case Rule::two_steps_retried:
      drop(Ack::in(scope, Errc::timed_out, -110));
      drop(Restore::in(scope, Errc::io, -5));
      drop(Ack::in(scope));
      drop(Restore::in(scope));
      return;
    case Rule::step_and_nested_reset_retried:
      drop(Ack::in(scope, Errc::timed_out, -110));
      drop(Flr::run(reset.device(), Errc::io));
      drop(Flr::run(reset.device()));
      drop(Ack::in(scope));
      return;
    case Rule::one_of_two_steps_retried:
      drop(rg::Status(Wrapper::hand_on(scope, error_in(Ack::in(scope, Errc::timed_out, -110)))));
      drop(Ack::in(scope));
      return;
    case Rule::unresolved_step_retried:
      CHECK(code_of(rg::reset(reset.device(), [](Scope& inner) {
              drop(Ack::in(inner, Errc::timed_out, -110));
              return Flr::in(inner);
            })) == Errc::unresolved_failure);
      drop(Ack::in(scope));
      return;
    case Rule::part_of_a_verdict_retried:
      drop(rg::reset(reset.device(), [](Scope& inner) { return flr_and_ack(inner, Errc::timed_out); }));
      drop(flr_and_ack(scope, Errc{}));
      return;
    default: FAIL("no test breaks this rule");
  }
}

void break_supersede(Rule rule, BrokenReset& reset) {
  Scope& scope = reset.open();
  if (rule == Rule::two_steps_named) {
    const Error first = error_in(Ack::in(scope, Errc::timed_out, -110));
    const Error second = error_in(Restore::in(scope, Errc::io, -5));
    CHECK(code_of(scope.overrule(first)) == Errc::not_recorded);
    CHECK(code_of(scope.overrule(second)) == Errc::not_recorded);
    return;
  }
  const Error recorded = error_in(Flr::in(scope, Errc::io, -5));
  switch (rule) {
    case Rule::never_recorded_named:
      CHECK(code_of(scope.overrule(Error(Errc::io, -5, "flr"))) == Errc::not_recorded);
      return;
    case Rule::other_devices_error_named:
      CHECK(code_of(scope.overrule(error_in(Flr::run(reset.other, Errc::io, -5)))) == Errc::not_recorded);
      return;
    case Rule::earlier_resets_error_named:
      CHECK(code_of(scope.overrule(reset.earlier_error())) == Errc::not_recorded);
      return;
    case Rule::named_from_inside: {
      Owned inner = enter(reset.device());
      CHECK(code_of(inner.overrule(recorded)) == Errc::not_recorded);
      CHECK(code_of(inner.finish(BusReset::in(inner))) == Errc{});
      return;
    }
    case Rule::named_before_it_came:
      CHECK(code_of(scope.overrule(recorded)) == Errc{});
      drop(Flr::in(scope, Errc::io, -5));
      CHECK(code_of(scope.overrule(recorded)) == Errc::not_recorded);
      return;
    default: FAIL("no test breaks this rule");
  }
}

// --- foreign and stale evidence ---

void break_evidence(Rule rule, BrokenReset& reset) {
  reset.open();
  Owned scope = reset.take();
  switch (rule) {
    case Rule::other_device: {
      Owned other = enter(reset.other);
      REQUIRE(reset.other.reset_state.epoch() == reset.device().reset_state.epoch());
      reset.hear(scope.finish(Flr::in(other)));
      CHECK(code_of(other.finish(Flr::in(other))) == Errc{});
      return;
    }
    case Rule::two_devices:
      reset.hear(scope.finish(rg::join(value_in(Flr::in(scope)), value_in(BusReset::run(reset.other)))));
      return;
    case Rule::two_resets:
      reset.hear(scope.finish(rg::join(value_in(reset.earlier_evidence()), value_in(BusReset::in(scope)))));
      return;
    case Rule::older_than_a_failed_step: {
      auto evidence = value_in(Flr::in(scope));
      CHECK(code_of(scope.overrule(error_in(BusReset::in(scope, Errc::io)))) == Errc{});
      reset.hear(scope.finish(std::move(evidence)));
      return;
    }
    case Rule::older_than_a_failed_reset: {
      auto evidence = value_in(Flr::in(scope));
      const auto fails = [](Scope&) -> BusReset::Verdict { return Error(Errc::io, 0, "bus"); };
      drop(rg::reset(reset.device(), fails));
      CHECK(code_of(BusReset::run(reset.device())) == Errc{});
      reset.hear(scope.finish(std::move(evidence)));
      return;
    }
    case Rule::earlier_reset:
    case Rule::replugged_device: reset.hear(scope.finish(reset.earlier_evidence())); return;
    default: FAIL("no test breaks this rule");
  }
}

// --- order ---

void break_order(Rule rule, BrokenReset& reset) {
  switch (rule) {
    case Rule::ended_scope_finished: {
      reset.open();
      Owned inner = enter(reset.device());
      CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
      CHECK(code_of(inner.finish(Flr::in(inner))) == Errc::out_of_order);
      return;
    }
    case Rule::outer_finishes_first: {
      reset.open();
      Owned outer = reset.take();
      reset.open();
      CHECK(code_of(outer.finish(Flr::in(outer))) == Errc::out_of_order);
      return;
    }
    case Rule::outer_is_abandoned_first: {
      reset.open();
      const Owned outer = reset.take();
      reset.open();
      return;
    }
    default: FAIL("no test breaks this rule");
  }
}

// --- abandonment ---

void break_abandonment(Rule rule, BrokenReset& reset) {
  switch (rule) {
    case Rule::left_by_return: {
      reset.open();
      const Owned scope = reset.take();
      return;
    }
    case Rule::left_after_a_failure: {
      reset.open();
      Owned scope = reset.take();
      drop(Ack::in(scope, Errc::timed_out, -110));
      return;
    }
    case Rule::left_by_exception:
      reset.open();
      try {
        const Owned scope = reset.take();
        throw std::runtime_error("test");
      } catch (const std::runtime_error&) {
      }
      return;
    case Rule::handler_throws: {
      const auto throws = [](Scope&) -> Flr::Verdict { throw std::runtime_error("test"); };
      CHECK_THROWS_AS(reset.hear(rg::reset(reset.device(), throws)), std::runtime_error);
      return;
    }
    default: FAIL("no test breaks this rule");
  }
}

// --- unsupported, said too late ---

void break_unsupported(Rule rule, BrokenReset& reset) {
  Scope& scope = reset.open();
  switch (rule) {
    case Rule::after_touch: scope.touch(); break;
    case Rule::after_evidence: drop(Ack::in(scope)); break;
    case Rule::after_a_failure: drop(Ack::in(scope, Errc::timed_out, -110)); break;
    case Rule::step_after_touch:
      scope.touch();
      drop(Flr::in(scope, Errc::unsupported, -5));
      return;
    default: FAIL("no test breaks this rule");
  }
  Owned ending = reset.take();
  reset.hear(ending.finish(unsupported()));
}

// --- refused enters ---

Errc refused_in_hook(Rule rule, Device& device) {
  if (rule == Rule::enter_in_prepare || rule == Rule::enter_in_done) return code_of(Owned::enter(device));
  return code_of(rg::release_quarantine(device, "from a hook"));
}

void break_enter(Rule rule, BrokenReset& reset) {
  Device& device = reset.device();
  switch (rule) {
    case Rule::too_deep:
      reset.open();
      CHECK(code_of(Owned::enter(device)) == Errc::too_deep);
      return;
    case Rule::enter_in_prepare:
    case Rule::release_in_prepare:
      device.in_prepare = [=](Device& d) { CHECK(refused_in_hook(rule, d) == Errc::hook_reentered); };
      reset.open();
      return;
    case Rule::enter_in_done:
    case Rule::release_in_done:
      device.in_done = [=](Device& d, Outcome) { CHECK(refused_in_hook(rule, d) == Errc::hook_reentered); };
      reset.hear(Flr::run(device));
      return;
    default: FAIL("no test breaks this rule");
  }
}

// --- the fence itself ---

void break_fence(Rule rule, BrokenReset& reset) {
  Device& device = reset.device();
  switch (rule) {
    case Rule::prepare_fails:
      device.prepare_error = Errc::no_memory;
      reset.hear(Owned::enter(device));
      return;
    case Rule::done_fails_untouched:
      device.done_error = Errc::no_memory;
      reset.hear(rg::reset(device, [](Scope&) { return unsupported(); }));
      return;
    case Rule::done_fails:
      device.done_error = Errc::no_memory;
      reset.hear(Flr::run(device));
      return;
    case Rule::done_loses_the_fence:
      device.in_done = [](Device& d, Outcome) { d.blocked = false; };
      device.done_error = Errc::unfenced;
      reset.hear(Flr::run(device));
      return;
    default: FAIL("no test breaks this rule");
  }
}

// --- each cell is a test ---

void break_rule(const Row& row, BrokenReset& reset) {
  switch (row.group) {
    case Group::first_error: return break_first_error(row.rule, reset);
    case Group::resolution:
      return row.rule < Rule::never_recorded_named ? break_resolution(row.rule, reset)
                                                   : break_supersede(row.rule, reset);
    case Group::evidence: return break_evidence(row.rule, reset);
    case Group::order: return break_order(row.rule, reset);
    case Group::abandonment: return break_abandonment(row.rule, reset);
    case Group::unsupported: return break_unsupported(row.rule, reset);
    case Group::depth_and_hooks: return break_enter(row.rule, reset);
    case Group::fence: return break_fence(row.rule, reset);
  }
}

std::size_t registered = 0;

template <std::size_t row_number, std::size_t cell_number>
struct CellTest {
  static constexpr const Row& row = rows[row_number];
  static constexpr std::size_t depth = cell_number / path_count;
  static constexpr std::size_t path = cell_number % path_count;
  static constexpr const Cell& cell = row.cells.at[depth][path];

  static void run() {
    BrokenReset reset(depths[depth], paths[path]);
    if (row.rule == Rule::replugged_device) reset.replug();
    reset.open_around();
    break_rule(row, reset);
    reset.end_what_is_open();
    CHECK(reset.describe() == BrokenReset::expected(row, cell));
  }

  static void add() {
    if constexpr (cell.is_possible()) {
      const std::string test_name = std::string("Run-time net: ") + row.name + ": depth " +
                                    std::to_string(depths[depth]) + ", " + name(paths[path]);
      REGISTER_TEST_CASE(run, test_name, "[run_time_net]");
      ++registered;
    }
  }
};

template <std::size_t row_number, std::size_t... cells>
void add_row(std::index_sequence<cells...>) {
  (CellTest<row_number, cells>::add(), ...);
}

template <std::size_t... row_numbers>
bool add_rows(std::index_sequence<row_numbers...>) {
  (add_row<row_numbers>(std::make_index_sequence<depth_count * path_count>()), ...);
  return true;
}

const bool are_registered = add_rows(std::make_index_sequence<row_count>());

}  // namespace

TEST_CASE("Run-time net: each possible cell of the table is a test", "[run_time_net]") {
  CHECK(are_registered);
  CHECK(registered == count_cells(true));
  CHECK(row_count == 46);  // a rule that is deleted with its row would not be missed otherwise
}
