// Failures and what resolves them: a retry of the same step; and how many there may be.
#include "failures.hpp"

using namespace core_test;

TEST_CASE("A step's failure that is thrown away cannot become a success") {
  Device device;
  const Ending error = outcome_of(device, [](Scope& scope) { drop(Ack::in(scope, Errc::timed_out, -110)); });
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.cause() == Errc::timed_out);
  CHECK(error.native() == -110);
  CHECK(error.where() == "ack");
  CHECK(device.reset_state.quarantine_reason().code() == Errc::unresolved_failure);
}

TEST_CASE("A nested reset's failure that is thrown away cannot become a success") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) { drop(Flr::run(scope.device(), Errc::io)); }).code() ==
        Errc::unresolved_failure);
}

TEST_CASE("A scope that passes over a failure is told so, and the scope around it gets a failure") {
  Device device;
  Errc culprit{};
  const auto careless = [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    return BusReset::in(scope);
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          culprit = code_of(nested<BusReset>(scope.device(), careless));
        }).code() == Errc::unresolved_failure);
  CHECK(culprit == Errc::unresolved_failure);
}

TEST_CASE("A failure outside is no failure of the scope inside") {
  Device device;
  Errc inner{};
  const Ending error = outcome_of(device, [&](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out));
    inner = code_of(Flr::run(scope.device()));
  });
  CHECK(inner == Errc{});
  CHECK(error.code() == Errc::unresolved_failure);
}

TEST_CASE("The same step, done later, resolves its failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Ack::in(scope));
        }).code() == Errc{});
}

TEST_CASE("Another step, done later, resolves nothing") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Restore::in(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("A step with another parameter is another step") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Acting<7>::in(scope, Errc::timed_out));
          drop(Acting<8>::in(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("A retry inside a deeper scope resolves an outer failure") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(nested<Flr>(scope.device(), [](Scope& inner) {
            drop(Ack::in(inner));
            return Flr::in(inner);
          }));
        }).code() == Errc{});
}

TEST_CASE("A scope with the same verdict, verified later and deeper, resolves the first one's failure") {
  Device device;
  using Both = rg::Evidence<Flr, Ack>;
  const auto both = [](Device& d, Errc ack_error) {
    return rg::reset(d, [=](Scope& scope) -> rg::Result<Both> {
      RESET_GUARD_TRY(auto flr, Flr::in(scope));
      RESET_GUARD_TRY(auto ack, Ack::in(scope, ack_error));
      return rg::join(std::move(flr), std::move(ack));
    });
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(both(scope.device(), Errc::timed_out));
          drop(nested<BusReset>(scope.device(), [&](Scope& inner) {
            drop(both(inner.device(), Errc{}));
            return BusReset::in(inner);
          }));
        }).code() == Errc{});
}

TEST_CASE("A scope's failure is not resolved by one of its steps: its whole verdict is") {
  Device device;
  const auto both = [](Scope& scope) -> rg::Verdict<Flr, Ack> {
    RESET_GUARD_TRY(auto flr, Flr::in(scope));
    RESET_GUARD_TRY(auto ack, Ack::in(scope, Errc::timed_out));
    return rg::join(std::move(flr), std::move(ack));
  };
  CHECK(outcome_of(device, [&](Scope& scope) {
          drop(rg::reset(scope.device(), both));
          drop(Ack::in(scope));
          drop(Flr::in(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("A failure at depth 1 stays pending while another at depth 2 is resolved") {
  Device device;
  const Ending error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(nested<Flr>(scope.device(), [](Scope& inner) {
      drop(Restore::in(inner, Errc::io, -5));
      drop(Restore::in(inner));
      return Flr::in(inner);
    }));
  });
  CHECK(error.code() == Errc::unresolved_failure);
  CHECK(error.native() == -110);
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
        }).code() == Errc{});
}

TEST_CASE("Two failures of one step are one: a retry resolves both") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out));
          drop(Ack::in(scope, Errc::io));
          drop(Ack::in(scope));
        }).code() == Errc{});
}

TEST_CASE("Failures of one step that meet when a scope ends are one: a retry resolves both") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Flr::in(scope, Errc::timed_out));
          drop(Flr::run(scope.device(), Errc::io));
          drop(Flr::in(scope));
        }).code() == Errc{});
}

TEST_CASE("Two steps that failed at one level cannot be resolved there any more") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) {
          drop(Ack::in(scope, Errc::timed_out, -110));
          drop(Restore::in(scope, Errc::io, -5));
          drop(Restore::in(scope));
          drop(Ack::in(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("Two steps that failed at one level cannot be named away, neither the first nor the second") {
  Device device;
  const Ending error = outcome_of(device, [](Scope& scope) {
    const Error first = error_in(Ack::in(scope, Errc::timed_out, -110));
    const Error second = error_in(Restore::in(scope, Errc::io, -5));
    CHECK(code_of(scope.overrule(first)) == Errc::not_recorded);
    CHECK(code_of(scope.overrule(second)) == Errc::not_recorded);
  });
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 1);
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
        }).code() == Errc{});
}

TEST_CASE("Two refused enters are not known to be the same failure: naming one does not overrule the other") {
  Device device;
  std::vector<Owned> open;
  while (open.size() != rg::depth_limit) open.push_back(enter(device));
  const Error first = error_in(Owned::enter(device));
  drop(Owned::enter(device));
  CHECK(code_of(open.back().overrule(first)) == Errc::not_recorded);
  while (!open.empty()) open.pop_back();
}

TEST_CASE("A second step that hands on the first one's error adds no second failure") {
  Device device;
  struct Wrapper : rg::Step<Wrapper> {
    static Error hand_on(Scope& scope, Error error) { return fail(scope, error); }
  };
  CHECK(outcome_of(device, [](Scope& scope) {
          const Error error = Wrapper::hand_on(scope, error_in(Ack::in(scope, Errc::io)));
          CHECK(error.later_errors() == 0);
          CHECK(code_of(scope.overrule(error)) == Errc{});
        }).code() == Errc{});
}

TEST_CASE("A failure that two steps have handed in is not resolved by a retry of the first") {
  Device device;
  struct Wrapper : rg::Step<Wrapper> {
    static Error hand_on(Scope& scope, Error error) { return fail(scope, error); }
  };
  CHECK(outcome_of(device, [](Scope& scope) {
          CHECK(Wrapper::hand_on(scope, error_in(Ack::in(scope, Errc::io))).code() == Errc::io);
          drop(Ack::in(scope));
        }).code() == Errc::unresolved_failure);
}

TEST_CASE("The first error wins, and the later ones are counted, at one level") {
  Device device;
  const Ending error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(Restore::in(scope, Errc::io, -5));
    drop(Ack::in(scope, Errc::io, -6));
  });
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 2);
}

TEST_CASE("The first error wins, and the later ones are counted, across levels") {
  Device device;
  const Ending error = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(nested<Flr>(scope.device(), [](Scope& inner) {
      drop(Restore::in(inner, Errc::io, -5));
      drop(Acting<3>::in(inner, Errc::io, -6));
      return Flr::in(inner);
    }));
  });
  CHECK(error.native() == -110);
  CHECK(error.later_errors() == 2);
}

TEST_CASE("The ledger's count of later errors stays at 255, at one level and where two counts meet") {
  Device device;
  const auto many = [](Scope& scope) {
    for (int i = 0; i != 300; ++i) drop(Ack::in(scope, Errc::io, i));
  };
  CHECK(outcome_of(device, many).later_errors() == 255);
  const Ending error = outcome_of(device, [&](Scope& scope) {
    for (int i = 0; i != 200; ++i) drop(Ack::in(scope, Errc::io, -1));
    drop(nested<Flr>(scope.device(), [&](Scope& inner) {
      many(inner);
      return Flr::in(inner);
    }));
  });
  CHECK(error.native() == -1);
  CHECK(error.later_errors() == 255);
}

TEST_CASE("A reset that resolved everything leaves nothing behind for the next one") {
  Device device;
  for (int i = 0; i != 3; ++i) {
    CHECK(outcome_of(device, [](Scope& scope) {
            drop(Ack::in(scope, Errc::timed_out));
            drop(Ack::in(scope));
          }).code() == Errc{});
  }
  CHECK_FALSE(device.reset_state.quarantined());
}

TEST_CASE("A failure of one reset is no failure of the next one") {
  Device device;
  CHECK(code_of(Flr::run(device, Errc::io)) == Errc::io);
  CHECK(code_of(BusReset::run(device)) == Errc{});
}

namespace {

// So many failures, each of them overruled. Whether all could be.
bool fails_and_overrules(Scope& scope, int failures) {
  for (int i = 0; i != failures; ++i) {
    if (code_of(scope.overrule(error_in(Ack::in(scope, Errc::io, i)))) != Errc{}) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("65 534 failures of one reset can be told apart, and resolved") {
  Device device;
  CHECK(outcome_of(device, [](Scope& scope) { CHECK(fails_and_overrules(scope, 65534)); }).code() == Errc{});
}

TEST_CASE("A reset with more failures than can be told apart is not verified") {
  Device device;
  const Ending ending = outcome_of(device, [](Scope& scope) { CHECK_FALSE(fails_and_overrules(scope, 65535)); });
  CHECK(ending.code() == Errc::unresolved_failure);
  CHECK(code_of(Flr::run(device)) == Errc{});  // the next one is another reset
}

TEST_CASE("A failure beyond those that can be told apart is not overruled, in a scope inside either") {
  Device device;
  const Ending ending = outcome_of(device, [&](Scope& scope) {
    CHECK_FALSE(fails_and_overrules(scope, 65535));
    CHECK(code_of(scope.overrule(error_in(Flr::run(device, Errc::io)))) == Errc::not_recorded);
  });
  CHECK(ending.code() == Errc::unresolved_failure);
}

TEST_CASE("An 'abandoned' of an earlier reset comes after the scope inside that was abandoned") {
  Device device;
  const Error earlier = error_in(Flr::run(device, Errc::abandoned, -7));
  const Error error = error_in(rg::reset(device, [&](Scope&) -> Flr::Verdict {
    {
      const Owned inner = enter(device);
    }
    return earlier;
  }));
  CHECK(error.native() == 0);
  CHECK(error.later_errors() == 1);
}

TEST_CASE("The numbers of failures go on from reset to reset: none names a failure of a later one") {
  Device device;
  const Error old = error_in(Flr::run(device, Errc::io, -1));
  for (int resets = 0; resets != 3; ++resets) {
    CHECK(outcome_of(device, [](Scope& scope) { CHECK(fails_and_overrules(scope, 20000)); }).code() == Errc{});
  }
  const Ending ending = outcome_of(device, [&](Scope& scope) {
    drop(Ack::in(scope, Errc::io));
    CHECK(code_of(scope.overrule(old)) == Errc::not_recorded);
  });
  CHECK(ending.code() == Errc::unresolved_failure);
}

TEST_CASE("An error that is 65 535 failures old in the same reset names no failure") {
  Device device;
  const Ending ending = outcome_of(device, [](Scope& scope) {
    const Error old = error_in(Ack::in(scope, Errc::io, -1));
    CHECK(code_of(scope.overrule(old)) == Errc{});
    fails_and_overrules(scope, 65535);
    drop(Ack::in(scope, Errc::timed_out));
    CHECK(code_of(scope.overrule(old)) == Errc::not_recorded);
  });
  CHECK(ending.code() == Errc::unresolved_failure);
}

TEST_CASE("After 32 768 failures in a nested scope the first error is still the outer one's") {
  Device device;
  const Ending ending = outcome_of(device, [](Scope& scope) {
    drop(Ack::in(scope, Errc::timed_out, -110));
    drop(nested<Flr>(scope.device(), [](Scope& inner) {
      CHECK(fails_and_overrules(inner, 40000));
      return Flr::in(inner, Errc::io, -5);
    }));
  });
  CHECK(ending.native() == -110);
}

TEST_CASE("A failure through a scope that ended outside any reset is recorded nowhere") {
  Device device;
  Owned ended = enter(device);
  CHECK(code_of(ended.finish(Flr::in(ended))) == Errc{});
  CHECK(code_of(Ack::in(ended, Errc::io)) == Errc::io);
  CHECK(code_of(Flr::run(device)) == Errc{});
}
