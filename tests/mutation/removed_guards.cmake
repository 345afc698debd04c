# The guards of the no-swallow policy, one by one: removed_guard(WHAT HEADER TEXT CHANGED TEST...).
#
# With the text TEXT in include/reset_guard/HEADER replaced by CHANGED, each TEST must go red: a unit test by its name,
# a file of tests/rules, owners/ and a scenario of tests/owners/interleavings.cpp, or model/random_groups. A guard whose
# removal no test notices is a missing test.
function(removed_guard what header text changed)
  mutation("removed guard: ${what}" "include/reset_guard/${header}" "${text}" "${changed}" ${ARGN})
endfunction()

# --- attributes ---

removed_guard("nodiscard on the types" attributes.hpp
  "RESET_GUARD_NODISCARD(how) [[gnu::warn_unused]]" "[[gnu::warn_unused]]"
  rules/result_looked_at)
removed_guard("warn_unused on the types" attributes.hpp
  "RESET_GUARD_NODISCARD(how) [[gnu::warn_unused]]" "RESET_GUARD_NODISCARD(how)"
  rules/result_variable_unused)
removed_guard("nodiscard on evidence" evidence.hpp
  "class RESET_GUARD_MUST_USE_TYPE(\"reset_guard: this drops evidence; return it, or join it by join()\") Evidence"
  "class Evidence"
  rules/result_looked_at)
removed_guard("nodiscard on failed()" result.hpp
  "RESET_GUARD_NODISCARD(\"reset_guard: failed() only asks; put it in an if, and hand the error up\")" ""
  rules/result_answer_used)
removed_guard("nodiscard on take()" result.hpp
  "RESET_GUARD_NODISCARD(\"reset_guard: this drops the value; keep it\")" ""
  rules/result_answer_used)
if(mutation_gcc)
  removed_guard("nodiscard on error()" result.hpp
    "RESET_GUARD_MUST_USE_FUNCTION(\"reset_guard: this drops the error; return it\")" ""
    rules/error_handed_up)
  removed_guard("nodiscard on fail()" step.hpp
    "RESET_GUARD_MUST_USE_FUNCTION(\"reset_guard: this drops the recorded error; return it\")" ""
    rules/error_handed_up)
  removed_guard("warn_unused_result on functions" attributes.hpp
    "RESET_GUARD_NODISCARD(how) [[gnu::warn_unused_result]]" "RESET_GUARD_NODISCARD(how)"
    rules/result_cast_to_void rules/result_library)
  removed_guard("the attribute of enter()" scope.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH static Result<OwnedScope> enter" "static Result<OwnedScope> enter"
    rules/result_library)
  removed_guard("the attribute of overrule()" scope.hpp
    "RESET_GUARD_MUST_USE Status overrule" "Status overrule"
    rules/result_library)
  removed_guard("the attribute of finish(Error)" scope.hpp
    "RESET_GUARD_MUST_USE Status finish(Error" "Status finish(Error"
    rules/result_library)
  removed_guard("the attribute of reset()" reset.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH auto reset(" "RESET_GUARD_SHORT_PATH auto reset("
    rules/result_library)
  removed_guard("the attribute of release_quarantine()" quarantine.hpp
    "RESET_GUARD_MUST_USE Status release_quarantine" "Status release_quarantine"
    rules/result_library)
  removed_guard("the attribute of first_error()" first_error.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR" "RESET_GUARD_CONSTEXPR"
    rules/result_library)
  removed_guard("the attribute of poll_until()" poll.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_CONSTEXPR Status poll_until(Clock& clock, PollTimes<detail::ticks_of<Clock>>"
    "RESET_GUARD_CONSTEXPR Status poll_until(Clock& clock, PollTimes<detail::ticks_of<Clock>>"
    rules/result_library)
  removed_guard("the attribute of pass_if()" step.hpp
    "RESET_GUARD_MUST_USE static Verdict<S> pass_if(ResetScope<Device>& scope, Status status) noexcept"
    "static Verdict<S> pass_if(ResetScope<Device>& scope, Status status) noexcept"
    rules/result_library)
  removed_guard("the attribute of the chain's reset()" chain.hpp
    "RESET_GUARD_MUST_USE Verdict<S> reset(" "Verdict<S> reset("
    rules/result_library)
endif()
removed_guard("an ignored result is an error" attributes.hpp
  "#pragma GCC diagnostic error \"-Wunused-result\"\n" ""
  rules/program_strict_reach rules/result_looked_at)
if(mutation_clang)
  removed_guard("what the typestate analysis reports is an error" attributes.hpp
    "#pragma GCC diagnostic error \"-Wconsumed\"" "#"
    rules/result_given_away)
  removed_guard("the destructor's look" result.hpp
    "RESET_GUARD_NEEDS_LOOK RESET_GUARD_CONSTEXPR ~Result() {}" "RESET_GUARD_CONSTEXPR ~Result() {}"
    rules/result_given_away rules/result_variable_silenced rules/result_failure_used)
  removed_guard("the unknown state that a result starts in" attributes.hpp
    "clang::consumable(unknown)" "clang::consumable(unconsumed)"
    rules/result_every_path)
  removed_guard("a look before take()" attributes.hpp
    "[[clang::callable_when(\"consumed\"), clang::set_typestate(consumed)]]" "[[clang::set_typestate(consumed)]]"
    rules/result_take)
  removed_guard("a look before error()" attributes.hpp
    "[[clang::callable_when(\"unconsumed\"), clang::set_typestate(consumed)]]" "[[clang::set_typestate(consumed)]]"
    rules/result_take)
endif()

# --- the shape of the types ---

removed_guard("a result has no default" result.hpp
  "Result() = RESET_GUARD_DELETE(\"reset_guard: neither success nor failure is a default; say ok() or an Error\");"
  "constexpr Result() noexcept : either_(Error(Errc::io, 0, \"\")) {}"
  rules/result_default)
removed_guard("a result is not copied" result.hpp
  "Result(const Result&) = RESET_GUARD_DELETE(\"reset_guard: a copy could be looked at in the answer's place; move it\");"
  "constexpr Result(const Result&) = default;"
  rules/result_copied)
removed_guard("a result is not assigned" result.hpp
  "  Result& operator=(Result&&) = RESET_GUARD_DELETE(\"reset_guard: it would drop the old answer; use a new variable\");"
  "  Result& operator=(Result&&) { return *this; }"
  rules/result_assigned)
removed_guard("a result is not on the heap" result.hpp
  "  static void* operator new(std::size_t) = RESET_GUARD_DELETE(\"reset_guard: a result lives on the stack\");\n" ""
  rules/result_stored)
removed_guard("nothing derives from a result" result.hpp
  "Result final {" "Result {"
  rules/result_derived)
removed_guard("a result is no bool" result.hpp
  "  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION("
  "  constexpr operator bool() const noexcept { return !failed(); }\n  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION("
  rules/result_bool)
removed_guard("a result of no reference" result.hpp
  "static_assert(!std::is_reference_v<T>," "static_assert(true,"
  rules/result_value)
removed_guard("a code that is none is invalid" error.hpp
  "code >= Errc::unsupported && code <= Errc::not_shown ? code : Errc::invalid" "code"
  rules/error_code "An error made from a code that is no enumerator is invalid")
removed_guard("take() stops at a failure" result.hpp
  "    if (either_.failed()) trap(\"take() on a failure: ask failed() first, or use RESET_GUARD_TRY\");\n" ""
  rules/result_take)
removed_guard("error() stops at a success" result.hpp
  "    if (!either_.failed()) trap(\"error() on a success: ask failed() first\");\n" ""
  rules/result_take)
removed_guard("a success is no errno" result.hpp
  "!std::is_same_v<Value, bool> && " ""
  rules/result_from_number)
removed_guard("evidence is minted by its step alone" step.hpp
  " private:\n  friend S;\n  constexpr Step() noexcept = default;" " public:\n  constexpr Step() noexcept = default;"
  rules/step_evidence)
removed_guard("evidence is not copied" evidence.hpp
  "  Evidence(const Evidence&) = RESET_GUARD_DELETE(\"reset_guard: evidence is used once; move it\");"
  "  constexpr Evidence(const Evidence&) noexcept = default;"
  rules/step_evidence_once)
removed_guard("evidence is for the steps that it names" evidence.hpp
  "(detail::proves<S, From...>() && ...)" "true"
  rules/step_proved_by)

# --- concepts and static assertions ---

removed_guard("a handler returns a verdict" reset.hpp
  "!std::is_invocable_v<Handler&, ResetScope<Device>&> || detail::is_verdict<Answer>," "true,"
  rules/handler_verdict)
removed_guard("a handler's verdict resets" reset.hpp
  "!detail::is_verdict<Answer> || detail::verdict_resets<Answer>," "true,"
  rules/handler_resets)
removed_guard("a finish's verdict resets" scope.hpp
  "static_assert((detail::is_reset_step<S> || ...)," "static_assert(true,"
  rules/scope_verdict)
removed_guard("prepare answers with a Status" device.hpp
  "std::is_same_v<decltype(ResetTraits<Device>::prepare(made<Device&>())), Status> &&" "true &&"
  rules/device_traits)
removed_guard("done throws nothing" device.hpp
  "&&\n        noexcept(ResetTraits<Device>::done(made<Device&>(), made<Outcome>()))" ""
  rules/device_hooks)
removed_guard("a poll's condition says whether it is so" poll.hpp
  "static_assert(std::is_same_v<Answer, bool> || std::is_same_v<Answer, Result<bool>>," "static_assert(true,"
  rules/poll_condition)

# --- failures that nothing resolved ---

removed_guard("success over a failure" state.hpp
  "      level.first = level.first.with_unresolved();\n" "      return Outcome::verified;\n"
  rules/failure_unresolved "A step's failure that is thrown away cannot become a success"
  "A nested reset's failure that is thrown away cannot become a success")
removed_guard("a failure outside is not the scope's inside" state.hpp
  "    level.marks = {static_cast<std::uint8_t>(depth), false, false, Outcome::verified};"
  "    level.marks = {static_cast<std::uint8_t>(depth), false, outer != nullptr && outer->marks.pending, Outcome::verified};\n    if (outer != nullptr) level.first = outer->first, level.owner = outer->owner;"
  "A failure outside is no failure of the scope inside")
removed_guard("only its own step resolves a failure" state.hpp
  "      if (at->marks.pending && at->owner == step) at->marks.pending = false;" "      at->marks.pending = false;"
  "Another step, done later, resolves nothing")
removed_guard("two steps' failures are two" state.hpp
  "    if (owner != other || other == no_step) owner = several_steps;" "    owner = other;"
  "Two steps that failed at one level cannot be resolved there any more")
removed_guard("two refused enters are two" state.hpp
  "    if (owner != other || other == no_step) owner = several_steps;" "    if (owner != other) owner = several_steps;"
  "Two refused enters are not known to be the same failure: naming one does not overrule the other")
removed_guard("overrule needs the recorded error" state.hpp
  "    return marks.pending && error.recorded() && error.serial() == first.serial();"
  "    static_cast<void>(error);\n    return marks.pending;"
  rules/failure_named "overrule with an equal error that was never recorded is refused")
removed_guard("an error of the device that was here before is not this one's" state.hpp
  " ^ now_ << 8" ""
  rules/failure_named)
removed_guard("overrule reaches inwards only" state.hpp
  "      if (at == &level) break;\n" ""
  "overrule from a scope inside is refused: it is not its failure")
removed_guard("the first error wins" state.hpp
  "    level.meet(step, 1);\n    return" "    level.meet(step, 1);\n    level.first = error.with_serial(level.first.serial()).with_later(level.first.later());\n    return"
  "The first error wins, and the later ones are counted, at one level")
removed_guard("the first error wins over the clean-up's" first_error.hpp
  "  return detail::ErrorAccess::error(error.with_later(error.later() + 1));" "  return detail::ErrorAccess::error(second);"
  rules/error_first "first_error joins two plain statuses")
removed_guard("later errors are counted" state.hpp
  "    count_later(errors);\n" ""
  "The first error wins, and the later ones are counted, at one level")
removed_guard("a refused enter is recorded" state.hpp
  "    return record(Word::error(why, 0, \"enter\"), no_step, an_event);" "    return Word::error(why, 0, \"enter\");"
  rules/scope_depth "A refused enter that is dropped is not forgotten")
removed_guard("the depth limit" state.hpp
  "marks.depth < depth_limit; }" "marks.depth <= depth_limit; }"
  "The fifty-first scope is refused and costs no depth")
removed_guard("a hook enters nothing" state.hpp
  "  bool can_nest() const noexcept { return phase() == open &&" "  bool can_nest() const noexcept { return"
  "A prepare that enters its own device is refused")
removed_guard("a failure handed in by two steps is both steps'" state.hpp
  "      if (level.owner != step && level.owner != several_steps) level.owner = no_step;\n" ""
  "A failure that two steps have handed in is not resolved by a retry of the first")
removed_guard("a scope's failure is its whole verdict's" state.hpp
  "      around.owner = verdict;\n      return around.first = level.first;"
  "      around.owner = level.owner;\n      return around.first = level.first;"
  "A scope's failure is not resolved by one of its steps: its whole verdict is")
removed_guard("the error that a scope was left for is its failure" state.hpp
  "    if (source == an_answer && " "    if (false && source == an_answer && "
  "The error for which a scope was left is the reset's first error, and its only one")
removed_guard("failures that cannot be told apart are not resolved" state.hpp
  "return is_broken() || failures() == most_failures;" "return is_broken();"
  "A reset with more failures than can be told apart is not verified")

# --- evidence ---

removed_guard("evidence is of this device" state.hpp
  "return answer.head == this && " "return "
  rules/step_of_this_device "Evidence of another device is refused while both are in reset at the same epoch")
removed_guard("evidence is of this reset, and of this scope" state.hpp
  " && answer.tail >= level.opened;" " && level.opened != ~answer.tail;"
  rules/step_of_this_reset "Evidence of an earlier reset is refused"
  "Evidence of one nested reset is refused by the next one, in which no step ran")
removed_guard("evidence of two devices is none" evidence.hpp
  "a.failed() || a.head != b.head || " "a.failed() || "
  "Evidence of two devices is a failure at once, where no scope is around it")
removed_guard("evidence of two resets is none" evidence.hpp
  " || a.tail >> moment_bits != b.tail >> moment_bits" ""
  "Evidence of two resets is a failure at once, in each order")
removed_guard("a failed reset step makes evidence old" state.hpp
  "    if (step.resets()) void_evidence();\n" ""
  "Evidence that is older than a failed reset step is refused, also when the failure was overruled")
removed_guard("a failed scope makes evidence old" state.hpp
  "    if (verdict.resets()) void_evidence();\n" ""
  "Evidence older than a scope that failed without a step is refused, also when it was overruled"
  "Evidence older than a nested reset that failed by a plain step is refused, also when overruled")
removed_guard("evidence is younger than the last failure" state.hpp
  " || (failures() != 0 && evidence.tail < in_reset_.good_from)" ""
  "A nested reset that succeeds in its second try makes evidence from before the first one void")

# --- what shows a reset ---

removed_guard("a witness that finds nothing reset fails the step" step.hpp
  "    if (shown.failed()) return fail<S>(scope, step, RESET_GUARD_MOVE(shown).error());\n"
  "    if (shown.failed()) return pass<S>(scope, step, false);\n"
  "A witness that finds nothing reset fails the step, with the witness's error")
removed_guard("a witness that has seen nothing makes a claim" step.hpp
  "!RESET_GUARD_MOVE(shown).take()" "!RESET_GUARD_MOVE(shown).take() && false"
  "A witness that had nothing to look at makes a claim, and one that had does not")
removed_guard("a witness looks before the act" reset.hpp
  "      auto before = look_before<S>(scope, arguments...);\n"
  "      act<S>(scope, arguments...).discard(\"early\");\n      auto before = look_before<S>(scope, arguments...);\n"
  "A witness is made before the act, and checked after it")
removed_guard("a witness that cannot look fails the step" reset.hpp
  "if (before.failed()) return StepAccess::fail<S>(scope, step, RESET_GUARD_MOVE(before).error());"
  "if (before.failed()) return StepAccess::pass<S>(scope, step, false);"
  "A witness that cannot look fails the step with its error, and nothing is done")
removed_guard("a claim is told to done" state.hpp
  "      return Outcome::claimed;\n" "      return Outcome::verified;\n"
  "A reset that a witness has shown is no claim, and one that nothing can show is one")
removed_guard("a claim does not end as evidence that was shown" state.hpp
  "    return answer.is_shown_evidence() && " "    return !answer.failed() && "
  "A reset that a witness has shown is no claim, and one that nothing can show is one")
removed_guard("a claim lifts no quarantine" state.hpp
  "    } else if (level.outer == nullptr && quarantined()) {" "    } else if (false) {"
  "A claim lifts no quarantine: the reset fails as not shown, and the device stays fenced")
removed_guard("a nested claim stays one" state.hpp
  ".with_claim(outcome == Outcome::claimed)" ""
  "Claims that nest stay claims")
removed_guard("a claim in a piece of evidence is one of all" evidence.hpp
  "word.with_claim(claimed && !shown)" "word.with_claim(false)"
  "A claim that is joined with a plain step's evidence stays a claim, in both orders")
removed_guard("a plain step shows no reset" evidence.hpp
  "  return (is_reset_step<S> || ...) && !evidence.claimed();" "  return !evidence.claimed();"
  "A claim that is joined with a plain step's evidence stays a claim, in both orders")
removed_guard("each of several has to show its reset" evidence.hpp
  "    claimed_ = claimed_ || piece.claimed();\n" "    claimed_ = piece.claimed();\n"
  "A loop of which one thing shows nothing is a claim, whichever it is")
removed_guard("a reset step passes by its witness" step.hpp
  "static_assert(!is_reset_step<S> || is_claim<S>," "static_assert(true,"
  rules/step_own_witness)
removed_guard("a reset is proved by resets" evidence.hpp
  "static_assert(is_proved_by_its_kind<S, typename ProvedBy<S>::type>," "static_assert(true,"
  rules/step_proved_by)
removed_guard("what is demanded to be gone is destroyed" contents.hpp
  "static_assert(destroyed," "static_assert(true,"
  rules/step_destroys)

# --- one of several things ---

removed_guard("a failure for one thing is that thing's" evidence.hpp
  "return a.identity == b.identity && a.key == b.key;" "return a.identity == b.identity;"
  "One chip's reset does not resolve another's failure, before it or after it")
removed_guard("a step with a key is another than without" step.hpp
  "{&detail::keyed_identity<S>, " "{&detail::step_identity<S>, "
  "A step that passes for one thing resolves no failure without a key, not even for the thing 0")
removed_guard("a loop over nothing fails" step.hpp
  "    if (joined.empty()) {" "    if (false) {"
  "A loop over nothing whose error is thrown away is not forgotten")
removed_guard("a step needs a reset around it" step.hpp
  "return scope.machine().in_reset() ? Errc{} : Errc::out_of_order;" "return Errc{};"
  "A step that is run through a scope that has ended opens no reset of its own")
removed_guard("a wait in a scope records its timeout" step.hpp
  "    return fail<void>(scope, no_step, RESET_GUARD_MOVE(status).error());" "    return static_cast<void>(scope), RESET_GUARD_MOVE(status).error();"
  "poll_until: in a scope a timeout that is thrown away is not forgotten")

removed_guard("a failure beyond those that can be told apart has no number" state.hpp
  "    if (failures() == most_failures) return error.without_serial();\n" ""
  "A failure beyond those that can be told apart is not overruled, in a scope inside either")
removed_guard("'abandoned' of another reset is not the failure that a scope was left for" state.hpp
  "is_abandoned(answer) && !answer.recorded()" "is_abandoned(answer)"
  "An 'abandoned' of an earlier reset comes after the scope inside that was abandoned")
removed_guard("a chain stops where a failure cannot be overruled" chain.hpp
  "        RESET_GUARD_MOVE(overruled).discard(\"the failure stays, and is the answer\");\n        break;\n"
  "        RESET_GUARD_MOVE(overruled).discard(\"the failure stays, and is the answer\");\n"
  "The chain does not fall back after a timeout in a reset that cannot be verified any more")

# --- order, abandonment, done ---

removed_guard("the order of scopes" state.hpp
  "    if (in_reset_.innermost != &level) control_ |= broken_bit;\n" ""
  "An outer scope that finishes before its inner one is refused, and done waits for the last scope")
removed_guard("nothing resolves a finish out of order" state.hpp
  "return is_broken() || failures() == most_failures;" "return failures() == most_failures;"
  "Nothing resolves a finish out of order: no retry, and no name")
removed_guard("a scope without finish is abandoned" scope.hpp
  "detail::Word::error(Errc::abandoned, 0, \"scope\")" "this->machine().evidence()"
  rules/scope_finished "A scope that ends without finish is abandoned: a failed reset")
removed_guard("an exception fails the reset" reset.hpp
  "Word::error(Errc::abandoned, 0, \"scope\")" "machine_of(device).evidence()"
  rules/handler_exception "An exception that leaves a handler passes on, and the reset has failed")
removed_guard("a done that fails fails the reset" scope.hpp
  "done.failed() || !state.done_was_quiet()" "done.failed() && !state.done_was_quiet()"
  "A done that fails after a verified reset makes it a failed one, with done's error")
removed_guard("a done that was refused an enter fails the reset" scope.hpp
  "done.failed() || !state.done_was_quiet()" "done.failed()"
  "A done that swallows the refusal and lifts the fence leaves a state that says unfenced")
removed_guard("a done does not finish the scope whose end called it" scope.hpp
  "      if (owned && state.done_is_due(*level_)) return state.finish_again(answer);\n" ""
  "A done that finishes the scope that is ending is refused, and leaves a state that says unfenced"
  "A done that finishes the scope of a failed reset with evidence lifts no quarantine")
removed_guard("a done that could not fence is remembered" state.hpp
  "      unfenced = status.code() == Errc::unfenced ||" "      unfenced = false ||"
  "A done that could not keep the device fenced says so, and so does the state")
removed_guard("a hook's 'unsupported' is a failure" state.hpp
  "      record(after_touch(status), no_step, an_event);" "      record(status, no_step, an_event);"
  "A done that says unsupported has failed a reset that touched the device")
removed_guard("a failed prepare holds nothing" state.hpp
  "    control_ = idle;\n    if (quarantined()) reason_ =" "    if (quarantined()) reason_ ="
  "A prepare that fails holds nothing and calls no done")
removed_guard("a refused enter comes before the failure of its prepare" state.hpp
  "      record(error, no_step, an_event);\n      error = level.first;\n" "      record(error, no_step, an_event);\n"
  "A prepare that is refused an enter, and then fails by itself, has the refusal as its first error")
removed_guard("a failed prepare keeps the quarantine" state.hpp
  "    if (quarantined()) reason_ = level.reason;\n" "    fence_ = in_use;\n"
  "A prepare that fails under quarantine leaves the quarantine and its reason")
removed_guard("a failed prepare keeps the quarantine's reason" state.hpp
  "if (quarantined()) reason_ = level.reason;" "if (quarantined()) reason_ = error;"
  "A prepare that is refused an enter and fails under quarantine leaves the quarantine's reason")
removed_guard("'unsupported' after a touch is a failure" state.hpp
  "    } else if (unsupported && !level.marks.touched) {" "    } else if (unsupported) {"
  "Unsupported after a step was done is touched" "Unsupported after touch() is touched")
removed_guard("a state is not destroyed in mid-reset" state.hpp
  "    if (in_reset()) trap(\"a device's reset state was destroyed in mid-reset: end its scopes first\");\n" ""
  "A device state that is destroyed in mid-reset stops the program")
removed_guard("a method's 'unsupported' is looked at" state.hpp
  "    error = fail(error, no_step);\n" ""
  "A method that says unsupported after a reset of its own stops the chain")

# --- several owners, several devices ---

removed_guard("another owner is busy" owner.hpp
  "return seen == 0 && Atomics::replace(word_, 0, me) ? Errc{} : Errc::busy;" "return Errc{};"
  "Owners: another owner's reset is busy, calls no hook, and is no failure of the reset under way")
removed_guard("no owner is invalid" owner.hpp
  "    if (me == 0) return Errc::invalid;\n    const std::uintptr_t seen" "    const std::uintptr_t seen"
  "Owners: no owner, and one that is not aligned, are invalid, and nothing has changed")
removed_guard("those who wait are woken" owner.hpp
  "Waiting::wake(word_);" "{}"
  "Owners: enter_until() waits for its turn")
removed_guard("another owner finishes nothing" scope.hpp
  "      return detail::Word::error(Errc::busy, 0, \"finish\");" "      ;"
  "Owners: a scope that another owner finishes has not ended")
removed_guard("evidence that another owner makes proves nothing" step.hpp
  "    if (!scope.held()) return EvidenceAccess::evidence<S>({nullptr, 0});\n" ""
  "Owners: evidence that another owner makes proves nothing")
removed_guard("a failure that another owner reports is not recorded" step.hpp
  "    if (!scope.held()) return error;\n" ""
  "Owners: a failure that another owner reports is not recorded")
removed_guard("a reset with another scope open is not handed over" scope.hpp
  "    if (this->machine().depth() != 1) return Error(Errc::out_of_order, 0, \"hand_over\");\n" ""
  "Owners: with another scope open a reset is not handed over")
removed_guard("an owner leaves and asks who waits in one access" owner.hpp
  "      if ((Atomics::exchange(word_, next) & waiting_bit) != 0)"
  "      const std::uintptr_t seen = Atomics::acquire(word_);\n      Atomics::release(word_, next);\n      if ((seen & waiting_bit) != 0)"
  "owners/u|u")
removed_guard("those who wait are woken after the device is free" owner.hpp
  "      if ((Atomics::exchange(word_, next) & waiting_bit) != 0) RESET_GUARD_UNLIKELY\n        wake();"
  "      if ((Atomics::acquire(word_) & waiting_bit) != 0) wake();\n      Atomics::release(word_, next);"
  "owners/u|u")
removed_guard("an owner for whom somebody waits nests" owner.hpp
  "if ((seen & ~waiting_bit) == me) return Errc{};" "if (seen == me) return Errc{};"
  "owners/e|u")
removed_guard("who waits says so in the word" owner.hpp
  "const std::uintptr_t awaited = seen | waiting_bit;" "const std::uintptr_t awaited = seen;"
  "owners/u|u")
removed_guard("hand_over() wakes those who wait" owner.hpp
  "    give_to(next);\n" "    Atomics::release(word_, next);\n"
  "owners/h|ut" "owners/h|t|u")
removed_guard("an owner does not wait for itself" owner.hpp
  "seen == 0 || (seen & ~waiting_bit) == me" "seen == 0"
  "owners/h|ut")
removed_guard("the end of a nested scope gives nothing back" scope.hpp
  "state.leave(*level_);" "state.leave(*level_), detail::ownership_of(*device_).leave(*device_);"
  "owners/n|r")
removed_guard("the last event of a reset is its owner's" scope.hpp
  "    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});\n    detail::ownership_of(*device_).leave(*device_);\n"
  "    detail::ownership_of(*device_).leave(*device_);\n    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});\n"
  "owners/r|r")
removed_guard("what others may ask for is written before the device is free" scope.hpp
  "    detail::publish_verified(*device_);\n    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});\n    detail::ownership_of(*device_).leave(*device_);\n"
  "    trace({TraceKind::done, 0, Outcome::verified, nullptr, nullptr});\n    detail::ownership_of(*device_).leave(*device_);\n    detail::publish_verified(*device_);\n"
  "owners/r|f|o")
removed_guard("the last event of a reset that could not begin is its owner's" scope.hpp
  "detail::trace_answer(device, {TraceKind::prepared, 0, Outcome::failed, nullptr, nullptr}, refusal);\n      detail::ownership_of(device).leave(device);"
  "detail::ownership_of(device).leave(device);\n      detail::trace_answer(device, {TraceKind::prepared, 0, Outcome::failed, nullptr, nullptr}, refusal);"
  "owners/p|r")
removed_guard("the last event of a reset that failed is its owner's" scope.hpp
  "  trace_answer(device, {TraceKind::done, 0, level.marks.outcome, nullptr, nullptr}, status);\n  ownership_of(device).leave(device);"
  "  ownership_of(device).leave(device);\n  trace_answer(device, {TraceKind::done, 0, level.marks.outcome, nullptr, nullptr}, status);"
  "owners/f|r")
removed_guard("a group without members is no success" group.hpp
  "    if (group.size_ == 0) return Error(Errc::invalid, 0, \"reset_all: the group has no members\");\n" ""
  "Group: without members it is no success")
removed_guard("a group's member is told its own outcome" group.hpp
  "StepAccess::pass_if<Act>(scope, step_id<Act>(), ok(), *seen)" "StepAccess::pass_if<Act>(scope, step_id<Act>(), ok())"
  "Group: a member that was not reset is quarantined, and the others are verified, in each order")
removed_guard("a member that leaves was touched" group.hpp
  "      member.scope->touch();\n" ""
  "Group: a member that leaves is not 'unsupported', whatever its reason is")
removed_guard("a failure while members are put back is counted" group.hpp
  "if (back.code() != Errc::unsupported) why = why.with_later(why.later() + 1);" ""
  "Group: a failure while members are put back is counted behind the first error")
removed_guard("a device that joins in mid-reset is judged by the next attempt" group.hpp
  "    for (std::size_t i = 0; i != size; ++i) {" "    for (std::size_t i = 0; i != group.size_; ++i) {"
  "model/random_groups")
removed_guard("the act is not for a member that cannot be looked at" group.hpp
  "      if (member.answer.failed()) member.due = false;\n" ""
  "model/random_groups")
removed_guard("another attempt is not for the members that have passed" group.hpp
  "      member.due = member.answer.failed();\n" ""
  "model/random_groups")
removed_guard("each member that was entered is put back" group.hpp
  "      for (; i != 0; --i) {\n        Member" "      for (; i > 1; --i) {\n        Member"
  "model/random_groups")
removed_guard("members that are put back are told untouched" group.hpp
  "finish(Error(Errc::unsupported, 0, \"reset_all: another" "finish(Error(Errc::io, 0, \"reset_all: another"
  "model/random_groups")
removed_guard("members are put back in reverse order" group.hpp
  "      for (; i != 0; --i) {\n        Member<Device>& member = group.members_[i - 1];"
  "      for (std::size_t k = 0; k != i; ++k) {\n        Member<Device>& member = group.members_[k];"
  "model/random_groups")
removed_guard("the scopes of a group end in reverse order" group.hpp
  "    for (std::size_t i = group.size_; i != 0; --i) {\n      Member"
  "    for (std::size_t i = 1; i <= group.size_; ++i) {\n      Member"
  "model/random_groups")
removed_guard("a member's answer is its own" group.hpp
  "AnswersAccess::set(answers, i - 1, *member.device, word);"
  "AnswersAccess::set(answers, i - 1, *member.device, group.members_[0].answer);"
  "model/random_groups")
removed_guard("a group can be reset again" group.hpp
  "      group.in_reset_ = false;\n" ""
  "model/random_groups")
removed_guard("a failure of the act is recorded in each member" group.hpp
  "        member.answer =\n            ErrorAccess::word(StepAccess::fail<Act>(*member.scope, step_id<Act>(), ErrorAccess::error(acted)));"
  "        member.answer = acted;"
  "model/random_groups")
