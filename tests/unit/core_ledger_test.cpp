// Failures and what resolves them: laundering, retries, folding, supersede.
#include "fixtures.hpp"

#include <cstring>

using namespace core_test;

namespace {

// A handler for a nested scope with the verdict <S>, whose inside is `inside`.
template <class S, class Inside>
rg::Verdict<S> nested(Device& device, Inside inside) {
  return rg::reset(device, [&](Scope& scope) -> rg::Verdict<S> { return inside(scope); });
}

// The outermost reset: `inside`, and then evidence of a step that no test lets fail.
using Rest = Resetting<99>;
template <class Inside>
Error outcome_of(Device& device, Inside inside) {
  auto verdict = nested<Rest>(device, [&](Scope& scope) {
    inside(scope);
    return Rest::in(scope);
  });
  if (verdict.failed()) return std::move(verdict).error();
  std::move(verdict).discard("resolved");
  Error none(Errc::io, 0, "resolved");
  none.code = Errc{};
  return none;
}

void drop(auto result) { std::move(result).discard("an error that is thrown away"); }

}  // namespace

TEST_CASE("A step's failure that is thrown away cannot become a success") {
  Device device;
  const Error error = outcome_of(device, [](Scope& scope) { drop(Ack::in(scope, Errc::timed_out, -110)); });
  CHECK(error.code == Errc::laundered);
  CHECK(error.native == -110);
  CHECK(std::strcmp(error.step, "ack") == 0);
  CHECK(device.reset_state.quarantine_reason().code == Errc::laundered);
}

TEST_CASE("A nested reset's failure that is thrown away cannot become a success") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) { drop(Flr::run(scope.device(), Errc::io)); }).code == Errc::laundered);
}

TEST_CASE("Who launders is told at its own level, and who is outside hears of it as a failure") {
  Device device;
  Errc culprit{};
  const auto launderer = [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    return BusReset::in(scope);
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          culprit = code_of(nested<BusReset>(scope.device(), launderer));
        }).code == Errc::laundered);
  CHECK(culprit == Errc::laundered);
}

TEST_CASE("A failure outside does not make the scope inside a launderer") {
  Device device;
  Errc inner{};
  const Error error = outcome_of(device, [&](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out));
    inner = code_of(Flr::run(scope.device()));
  });
  CHECK(inner == Errc{});
  CHECK(error.code == Errc::laundered);
}

TEST_CASE("The same step, done later, resolves its failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Ack::in(scope));
        }).code == Errc{});
}

TEST_CASE("Another step, done later, resolves nothing") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Restore::in(scope));
        }).code == Errc::laundered);
}

TEST_CASE("A step with another parameter is another step") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Acting<7>::in(scope, Errc::timed_out));
          drop(Acting<8>::in(scope));
        }).code == Errc::laundered);
}

TEST_CASE("A retry inside a deeper scope resolves an outer failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(nested<Flr>(scope.device(), [](Scope& inner) {
            drop(Ack::in(inner));
            return Flr::in(inner);
          }));
        }).code == Errc{});
}

TEST_CASE("A scope with the same verdict, verified later and deeper, resolves the first one's failure") {
  Device device;
  using Both = rg::Done<Flr, Ack>;
  const auto both = [](Device& d, Errc ack_error) {
    return rg::reset(d, [=](Scope& scope) -> rg::Result<Both> {
      RESET_GUARD_TRY(auto flr, Flr::in(scope));
      RESET_GUARD_TRY(auto ack, Ack::in(scope, ack_error));
      return rg::both(std::move(flr), std::move(ack));
    });
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(both(scope.device(), Errc::timed_out));
          drop(nested<BusReset>(scope.device(), [&](Scope& inner) {
            drop(both(inner.device(), Errc{}));
            return BusReset::in(inner);
          }));
        }).code == Errc{});
}

TEST_CASE("A scope's failure is not resolved by one of its steps: its whole verdict is") {
  Device device;
  const auto both = [](Scope& scope) -> rg::Verdict<Flr, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto ack, Ack::in(scope, Errc::timed_out));
    return rg::both(std::move(flr), std::move(ack));
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(rg::reset(scope.device(), both));
          drop(Ack::in(scope));
          drop(Flr::in(scope));
        }).code == Errc::laundered);
}

TEST_CASE("A failure at depth 1 stays pending while another at depth 2 is resolved") {
  Device device;
  const Error error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(nested<Flr>(scope.device(), [](Scope& inner) {
      drop(Restore::in(inner, Errc::io, -5));
      drop(Restore::in(inner));
      return Flr::in(inner);
    }));
  });
  CHECK(error.code == Errc::laundered);
  CHECK(error.native == -110);
}

TEST_CASE("A failure at depth 1 and another at depth 2 can each be resolved by a retry of its own") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(nested<Flr>(scope.device(), [](Scope& inner) {
            drop(Restore::in(inner, Errc::io));
            drop(Restore::in(inner));
            return Flr::in(inner);
          }));
          drop(Ack::in(scope));
        }).code == Errc{});
}

TEST_CASE("Two failures of one step are one: a retry resolves both") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Ack::in(scope, Errc::io));
          drop(Ack::in(scope));
        }).code == Errc{});
}

TEST_CASE("Failures of one step that meet when a scope ends are one: a retry resolves both") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Flr::in(scope, Errc::timed_out));
          drop(Flr::run(scope.device(), Errc::io));
          drop(Flr::in(scope));
        }).code == Errc{});
}

TEST_CASE("Two steps that failed at one level cannot be resolved there any more") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out, -110));
          drop(Restore::in(scope, Errc::io, -5));
          drop(Restore::in(scope));
          drop(Ack::in(scope));
        }).code == Errc::laundered);
}

TEST_CASE("Two steps that failed at one level cannot be named away, neither the first nor the second") {
  Device device;
  const Error error = outcome_of(device, [](Scope& scope) {
    const Error first = error_in(Ack::in(scope, Errc::timed_out, -110));
    const Error second = error_in(Restore::in(scope, Errc::io, -5));
    CHECK(code_of(scope.supersede(first)) == Errc::not_recorded);
    CHECK(code_of(scope.supersede(second)) == Errc::not_recorded);
  });
  CHECK(error.native == -110);
  CHECK(error.later == 1);
}

TEST_CASE("Two steps that failed in one scope become that scope's one failure, and its retry resolves it") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(nested<Flr>(scope.device(), [](Scope& inner) {
            drop(Ack::in(inner, Errc::timed_out));
            drop(Restore::in(inner, Errc::io));
            return Flr::in(inner);
          }));
          drop(Flr::run(scope.device()));
        }).code == Errc{});
}

TEST_CASE("Two refused enters are not known to be the same failure: naming one does not overrule the other") {
  Device device;
  std::vector<Scope> open;
  while (open.size() != rg::depth_limit) open.push_back(enter(device));
  const Error first = error_in(Scope::enter(device));
  drop(Scope::enter(device));
  CHECK(code_of(open.back().supersede(first)) == Errc::not_recorded);
  while (!open.empty()) open.pop_back();
}

TEST_CASE("supersede names a failure in the scope where it was recorded") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          CHECK(code_of(scope.supersede(error_in(Ack::in(scope, Errc::io)))) == Errc{});
        }).code == Errc{});
}

TEST_CASE("supersede names a failure of the innermost scope from one around it") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(outer.supersede(error_in(Ack::in(inner, Errc::io)))) == Errc{});
            return Flr::in(inner);
          }));
        }).code == Errc{});
}

TEST_CASE("supersede names a failure that waits at its own level, while scopes inside are open") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error waiting = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(outer.supersede(waiting)) == Errc{});
            return Flr::in(inner);
          }));
        }).code == Errc{});
}

TEST_CASE("supersede from a scope inside is refused: it is not its failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error waiting = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& inner) {
            CHECK(code_of(inner.supersede(waiting)) == Errc::not_recorded);
            return Flr::in(inner);
          }));
        }).code == Errc::laundered);
}

TEST_CASE("supersede from a middle scope reaches the middle's failure and not the outermost one's") {
  Device device;
  CHECK(outcome_of(device, [](Scope& outer) {
          const Error outermost_failure = error_in(Ack::in(outer, Errc::io));
          drop(nested<Flr>(outer.device(), [&](Scope& middle) {
            const Error middle_failure = error_in(Restore::in(middle, Errc::io));
            drop(nested<BusReset>(middle.device(), [&](Scope& inner) {
              CHECK(code_of(middle.supersede(outermost_failure)) == Errc::not_recorded);
              CHECK(code_of(middle.supersede(middle_failure)) == Errc{});
              return BusReset::in(inner);
            }));
            return Flr::in(middle);
          }));
          CHECK(code_of(outer.supersede(outermost_failure)) == Errc{});
        }).code == Errc{});
}

TEST_CASE("supersede with an equal error that was never recorded is refused") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::io, -5));
          CHECK(code_of(scope.supersede(Error(Errc::io, -5, "ack"))) == Errc::not_recorded);
        }).code == Errc::laundered);
}

TEST_CASE("supersede when nothing is pending is refused") {
  Device device;
  outcome_of(device,
             [](Scope& scope) { CHECK(code_of(scope.supersede(Error(Errc::io, 0, "x"))) == Errc::not_recorded); });
}

TEST_CASE("supersede with another device's error is refused") {
  Device device, other;
  const Error foreign = error_in(Flr::run(other, Errc::io, -5));
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(Flr::in(scope, Errc::io, -5));
          CHECK(code_of(scope.supersede(foreign)) == Errc::not_recorded);
        }).code == Errc::laundered);
}

TEST_CASE("supersede with an earlier reset's error is refused") {
  Device device;
  const Error earlier = error_in(Flr::run(device, Errc::io, -5));
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(Flr::in(scope, Errc::io, -5));
          CHECK(code_of(scope.supersede(earlier)) == Errc::not_recorded);
        }).code == Errc::laundered);
}

TEST_CASE("supersede with the same error twice is refused the second time") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.supersede(error)) == Errc{});
          CHECK(code_of(scope.supersede(error)) == Errc::not_recorded);
        }).code == Errc{});
}

TEST_CASE("A superseded error does not overrule a failure that comes after it") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.supersede(error)) == Errc{});
          drop(Ack::in(scope, Errc::io));
          CHECK(code_of(scope.supersede(error)) == Errc::not_recorded);
        }).code == Errc::laundered);
}

TEST_CASE("supersede with the second error of the same step names their one failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          CHECK(code_of(scope.supersede(error_in(Ack::in(scope, Errc::io)))) == Errc{});
        }).code == Errc{});
}

TEST_CASE("supersede through a scope that has ended is refused") {
  Device device;
  Scope outer = enter(device);
  Scope inner = enter(device);
  CHECK(code_of(inner.finish(Flr::in(inner))) == Errc{});
  const Error error = error_in(Ack::in(outer, Errc::io));
  CHECK(code_of(inner.supersede(error)) == Errc::out_of_order);
  CHECK(code_of(outer.finish(Flr::in(outer))) == Errc::laundered);
}

TEST_CASE("A failure can be named after it went up through three scopes") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(nested<Resetting<3>>(scope.device(), [](Scope& third) {
            return Resetting<3>::Verdict(error_in(nested<Resetting<4>>(third.device(), [](Scope& fourth) {
              return Resetting<4>::Verdict(error_in(Resetting<5>::run(fourth.device(), Errc::io, -5)));
            })));
          }));
          CHECK(error.native == -5);
          CHECK(error.later == 0);
          CHECK(code_of(scope.supersede(error)) == Errc{});
        }).code == Errc{});
}

TEST_CASE("A failure that met an older one of its step on the way up is named by the error that came up") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Flr::in(scope, Errc::timed_out));
          const Error error = error_in(Flr::run(scope.device(), Errc::io));
          CHECK(code_of(scope.supersede(error)) == Errc{});
        }).code == Errc{});
}

TEST_CASE("A failure that met another step's on the way up cannot be named") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out, -110));
          const Error error = error_in(Flr::run(scope.device(), Errc::io, -5));
          CHECK(error.native == -5);
          CHECK(code_of(scope.supersede(error)) == Errc::not_recorded);
        }).native == -110);
}

TEST_CASE("A failure that waits outside a verified scope is still named by its first error") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = error_in(Ack::in(scope, Errc::io));
          drop(Flr::run(scope.device()));
          CHECK(code_of(scope.supersede(error)) == Errc{});
        }).code == Errc{});
}

TEST_CASE("A second step that hands on the first one's error adds no second failure") {
  Device device;
  struct Wrapper : rg::Step<Wrapper> {
    static Error hand_on(Scope& scope, Error error) { return fail(scope, error); }
  };
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = Wrapper::hand_on(scope, error_in(Ack::in(scope, Errc::io)));
          CHECK(error.later == 0);
          CHECK(code_of(scope.supersede(error)) == Errc{});
        }).code == Errc{});
}

TEST_CASE("A failure that two steps have handed in is not resolved by a retry of the first") {
  Device device;
  struct Wrapper : rg::Step<Wrapper> {
    static Error hand_on(Scope& scope, Error error) { return fail(scope, error); }
  };
  CHECK(outcome_of(device, [](Scope& scope) {
          CHECK(Wrapper::hand_on(scope, error_in(Ack::in(scope, Errc::io))).code == Errc::io);
          drop(Ack::in(scope));
        }).code == Errc::laundered);
}

TEST_CASE("The first error wins, and the later ones are counted, at one level") {
  Device device;
  const Error error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(Restore::in(scope, Errc::io, -5));
    drop(Ack::in(scope, Errc::io, -6));
  });
  CHECK(error.native == -110);
  CHECK(error.later == 2);
}

TEST_CASE("The first error wins, and the later ones are counted, across levels") {
  Device device;
  const Error error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(nested<Flr>(scope.device(), [](Scope& inner) {
      drop(Restore::in(inner, Errc::io, -5));
      drop(Acting<3>::in(inner, Errc::io, -6));
      return Flr::in(inner);
    }));
  });
  CHECK(error.native == -110);
  CHECK(error.later == 2);
}

TEST_CASE("The ledger's count of later errors stays at 255, at one level and where two counts meet") {
  Device device;
  const auto many = [](Scope& scope) {
    for (int i = 0; i != 300; ++i) drop(Ack::in(scope, Errc::io, i));
  };
  CHECK(outcome_of(device, many).later == 255);
  const Error error = outcome_of(device, [&](Scope& scope) {
    for (int i = 0; i != 200; ++i) drop(Ack::in(scope, Errc::io, -1));
    drop(nested<Flr>(scope.device(), [&](Scope& inner) {
      many(inner);
      return Flr::in(inner);
    }));
  });
  CHECK(error.native == -1);
  CHECK(error.later == 255);
}

TEST_CASE("A reset that resolved everything leaves nothing behind for the next one") {
  Device device;
  for (int i = 0; i != 3; ++i) {
    CHECK(outcome_of(device, [](Scope& scope) {
            drop(Ack::in(scope, Errc::timed_out));
            drop(Ack::in(scope));
          }).code == Errc{});
  }
  CHECK_FALSE(device.reset_state.quarantined());
}

TEST_CASE("A failure of one reset is no failure of the next one") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io)) == Errc::io);
  CHECK(code_of(BusReset::run(device)) == Errc{});
}

TEST_CASE("A serial is never 0, however many failures there were") {
  Device device;
  bool always_named = true;
  const auto handler = [&](Scope& scope) {
    for (int i = 0; i != 0x10001; ++i) {
      always_named = always_named && code_of(scope.supersede(error_in(Ack::in(scope, Errc::io)))) == Errc{};
    }
  };
  CHECK(outcome_of(device, handler).code == Errc{});
  CHECK(always_named);
}

TEST_CASE("A failure through a scope that ended outside any reset is recorded nowhere") {
  Device device;
  Scope ended = enter(device);
  CHECK(code_of(ended.finish(Flr::in(ended))) == Errc{});
  CHECK(code_of(Ack::in(ended, Errc::io)) == Errc::io);
  CHECK(code_of(Flr::run(device)) == Errc{});
}
