# The guards of the no-swallow policy, one by one: removed_guard(WHAT HEADER OURS CHANGED TEST...).
#
# With the text OURS in include/reset_guard/HEADER replaced by CHANGED, each TEST must go red: a unit test by its name,
# or a file of tests/compile_fail. A guard whose removal no test notices is a missing test.
function(removed_guard what header ours changed)
  mutation("removed guard: ${what}" "include/reset_guard/${header}" "${ours}" "${changed}" ${ARGN})
endfunction()

# --- attributes ---

removed_guard("nodiscard on the types" attributes.hpp
  "[[nodiscard(how), gnu::warn_unused]]" "[[gnu::warn_unused]]"
  compile_fail/37_types compile_fail/15_pointer)
removed_guard("warn_unused on the types" attributes.hpp
  "[[nodiscard(how), gnu::warn_unused]]" "[[nodiscard(how)]]"
  compile_fail/37_variables compile_fail/04_never_read)
removed_guard("nodiscard on evidence" evidence.hpp
  "class RESET_GUARD_MUST_USE_TYPE(\"reset_guard: this drops evidence; return it, or join it by both()\") Done"
  "class Done"
  compile_fail/37_types)
removed_guard("nodiscard on failed()" result.hpp
  "[[nodiscard(\"reset_guard: failed() only asks; put it in an if, and hand the error up\")]]" ""
  compile_fail/10_failed_ignored)
removed_guard("nodiscard on error()" result.hpp
  "RESET_GUARD_MUST_USE_FUNCTION(
      \"reset_guard: this drops the error; return it\")" ""
  compile_fail/10_error_ignored compile_fail/37_members)
removed_guard("nodiscard on take()" result.hpp
  "[[nodiscard(\"reset_guard: this drops the value; keep it\")]]" ""
  compile_fail/37_members)
removed_guard("nodiscard on fail()" step.hpp
  "RESET_GUARD_MUST_USE_FUNCTION(\"reset_guard: this drops the recorded error; return it\")" ""
  compile_fail/37_evidence)
if(mutation_gcc)
  removed_guard("warn_unused_result on functions" attributes.hpp
    "[[nodiscard(how), gnu::warn_unused_result]]" "[[nodiscard(how)]]"
    compile_fail/02_void_cast compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of enter()" scope.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH static Result<ResetScope> enter" "static Result<ResetScope> enter"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of supersede()" scope.hpp
    "RESET_GUARD_MUST_USE Status supersede" "Status supersede"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of finish(Error)" scope.hpp
    "RESET_GUARD_MUST_USE Status finish(Error" "Status finish(Error"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of reset()" handler.hpp
    "RESET_GUARD_MUST_USE RESET_GUARD_SHORT_PATH inline auto reset(" "inline auto reset("
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of release_quarantine()" fence.hpp
    "RESET_GUARD_MUST_USE Status release_quarantine" "Status release_quarantine"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of first_error()" first_error.hpp
    "RESET_GUARD_MUST_USE constexpr" "constexpr"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of poll_until()" poll.hpp
    "RESET_GUARD_MUST_USE constexpr" "constexpr"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of done_if()" step.hpp
    "RESET_GUARD_MUST_USE static" "static"
    compile_fail/37_library_functions_void_cast)
  removed_guard("the attribute of the chain's reset()" chain.hpp
    "RESET_GUARD_MUST_USE Verdict<S> reset(" "Verdict<S> reset("
    compile_fail/37_library_functions_void_cast)
endif()
removed_guard("an ignored result is an error" attributes.hpp
  "#pragma GCC diagnostic error \"-Wunused-result\"\n" ""
  compile_fail/27_reach_of_the_pragmas compile_fail/27_system_header)
if(mutation_clang)
  removed_guard("what the typestate analysis reports is an error" attributes.hpp
    "#pragma GCC diagnostic error \"-Wconsumed\"" "#"
    compile_fail/03_std_ignore)
  removed_guard("the destructor's look" result.hpp
    "RESET_GUARD_NEEDS_LOOK constexpr ~Result() {}" "constexpr ~Result() {}"
    compile_fail/03_std_ignore compile_fail/05_maybe_unused compile_fail/31_falls_through)
  removed_guard("the unknown state that a result starts in" attributes.hpp
    "clang::consumable(unknown)" "clang::consumable(unconsumed)"
    compile_fail/34_in_success_branch)
  removed_guard("a look before take()" attributes.hpp
    "[[clang::callable_when(\"consumed\"), clang::set_typestate(consumed)]]" "[[clang::set_typestate(consumed)]]"
    compile_fail/36_take)
  removed_guard("a look before error()" attributes.hpp
    "[[clang::callable_when(\"unconsumed\"), clang::set_typestate(consumed)]]" "[[clang::set_typestate(consumed)]]"
    compile_fail/36_error)
endif()

# --- the shape of the types ---

removed_guard("a result has no default" result.hpp
  "Result() = RESET_GUARD_DELETE(\"reset_guard: neither success nor failure is a default; say ok() or an Error\");"
  "constexpr Result() noexcept : either_(Error(Errc::io, 0, \"\")) {}"
  compile_fail/21_default)
removed_guard("a result is not copied" result.hpp
  "Result(const Result&) = RESET_GUARD_DELETE(\"reset_guard: a copy could be looked at in the answer's place; move it\");"
  "constexpr Result(const Result&) = default;"
  compile_fail/08_copied)
removed_guard("a result is not assigned" result.hpp
  "  Result& operator=(Result&&) = RESET_GUARD_DELETE(\"reset_guard: it would drop the old answer; use a new variable\");"
  "  Result& operator=(Result&&) { return *this; }"
  compile_fail/07_overwritten compile_fail/07_overwritten_by_ok)
removed_guard("a result is not on the heap" result.hpp
  "  static void* operator new(std::size_t) = RESET_GUARD_DELETE(\"reset_guard: a result lives on the stack\");\n" ""
  compile_fail/20_heap)
removed_guard("nothing derives from a result" result.hpp
  "Result final {" "Result {"
  compile_fail/14_derived)
removed_guard("a result is no bool" result.hpp
  "  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION("
  "  constexpr operator bool() const noexcept { return !failed(); }\n  RESET_GUARD_TAKES_FAILURE RESET_GUARD_MUST_USE_FUNCTION("
  compile_fail/09_if compile_fail/09_bool_cast)
removed_guard("a result of no reference" result.hpp
  "static_assert(!std::is_reference_v<T>," "static_assert(true,"
  compile_fail/12_result_of_reference)
removed_guard("a code that is none is invalid" error.hpp
  "code(code_ >= Errc::unsupported && code_ <= Errc::not_recorded ? code_ : Errc::invalid)" "code(code_)"
  compile_fail/21_unmapped_code "An error made from a code that is no enumerator is invalid")
removed_guard("a code that was cleared is a failure" word.hpp
  "    if (error.code == Errc{}) error.code = Errc::invalid;  // overwritten with 0 by hand: still a failure\n" ""
  compile_fail/21_cleared_code "An error whose code was overwritten with 0 is still a failure")
removed_guard("take() stops at a failure" result.hpp
  "    if (either_.failed()) trap(\"take() on a failure: ask failed() first, or use RESET_GUARD_TRY\");\n" ""
  compile_fail/36_take_traps compile_fail/29_take_traps)
removed_guard("error() stops at a success" result.hpp
  "    if (!either_.failed()) trap(\"error() on a success: ask failed() first\");\n" ""
  compile_fail/36_error_traps)
removed_guard("a success is no errno" result.hpp
  "!std::same_as<Value, bool> && " ""
  compile_fail/23_result_of_bool_from_errno)
removed_guard("evidence is minted by its step alone" step.hpp
  "  friend S;\n  constexpr Step() noexcept = default;" " public:\n  constexpr Step() noexcept = default;"
  compile_fail/32_forged_evidence)
removed_guard("evidence is not copied" evidence.hpp
  "  Done(const Done&) = RESET_GUARD_DELETE(\"reset_guard: evidence is used once; move it\");"
  "  constexpr Done(const Done&) noexcept = default;"
  compile_fail/37_copies)
removed_guard("evidence is for the steps that it names" evidence.hpp
  "!std::same_as<Done<From...>, Done<S...>> && (detail::Proves<S, From...>::value && ...)"
  "!std::same_as<Done<From...>, Done<S...>>"
  compile_fail/32_wrong_evidence)

# --- concepts and static assertions ---

removed_guard("a handler returns a verdict" handler.hpp
  "!std::invocable<Handler&, ResetScope<Device>&> || detail::is_verdict<Answer>," "true,"
  compile_fail/17_handler_int compile_fail/17_handler_void compile_fail/17_handler_status)
removed_guard("a handler's verdict resets" handler.hpp
  "!detail::is_verdict<Answer> || detail::verdict_resets<Answer>," "true,"
  compile_fail/17_handler_resets_nothing)
removed_guard("a finish's verdict resets" scope.hpp
  "static_assert((detail::is_reset_step<S> || ...)," "static_assert(true,"
  compile_fail/17_finish_that_resets_nothing)
removed_guard("prepare answers with a Status" device.hpp
  "{ ResetTraits<Device>::prepare(device) } noexcept -> std::same_as<Status>;"
  "{ ResetTraits<Device>::prepare(device) } noexcept;"
  compile_fail/17_traits)
removed_guard("done throws nothing" device.hpp
  "{ device.reset_done(outcome) } noexcept -> std::same_as<Status>;"
  "{ device.reset_done(outcome) } -> std::same_as<Status>;"
  compile_fail/17_hook_throwing)
removed_guard("a poll's condition says whether it is so" poll.hpp
  "std::same_as<decltype(ready()), bool> || std::same_as<decltype(ready()), Result<bool>>,\n" "true,\n"
  compile_fail/16_poll_condition)

# --- the ledger ---

removed_guard("laundering" state.hpp
  "ledger_.launder();" "verified = true;"
  compile_fail/32_laundered "A step's failure that is thrown away cannot become a success"
  "A nested reset's failure that is thrown away cannot become a success")
removed_guard("a failure outside waits for the scope inside" scope.hpp
  "} else if (machine.pending()) {" "} else if (false) {"
  "A failure outside does not make the scope inside a launderer")
removed_guard("a failure that waited is pending again" ledger.hpp
  "    if (from.step == nullptr) return;\n" "    return;\n"
  "A failure at depth 1 stays pending while another at depth 2 is resolved")
removed_guard("only its own step resolves a failure" ledger.hpp
  "    if (step_ == step) step_ = nullptr;" "    step_ = nullptr;"
  "Another step, done later, resolves nothing")
removed_guard("two steps' failures are two" ledger.hpp
  "return a == b && a != &no_step ? a : &several_steps;" "return b;"
  "Two steps that failed at one level cannot be resolved there any more")
removed_guard("two refused enters are two" ledger.hpp
  "return a == b && a != &no_step ? a : &several_steps;" "return a == b ? a : &several_steps;"
  "Two refused enters are not known to be the same failure: naming one does not overrule the other")
removed_guard("supersede needs the recorded error" ledger.hpp
  "return pending() && error.serial_ != 0 && error.serial_ == first_.serial_;" "static_cast<void>(error);\n    return pending();"
  compile_fail/35_supersede_unrecorded "supersede with an equal error that was never recorded is refused")
removed_guard("an error of the device that was here before is not this one's" state.hpp
  " ^ std::uint64_t{epoch_} << 32" ""
  compile_fail/33_replugged_error)
removed_guard("supersede reaches inwards only" ledger.hpp
  "at != nullptr && at->level > level;" "at != nullptr;"
  "supersede from a scope inside is refused: it is not its failure")
removed_guard("the first error wins" ledger.hpp
  "    first_.count_later();\n    step_ = meet(step_, step);\n    error.serial_ = first_.serial_;"
  "    error.serial_ = first_.serial_;\n    first_ = error;\n    step_ = meet(step_, step);"
  "The first error wins, and the later ones are counted, at one level")
removed_guard("the first error wins over the clean-up's" first_error.hpp
  "    error.count_later();\n    return error;" "    return second;"
  compile_fail/25_second_error "first_error joins two plain statuses")
removed_guard("later errors are counted" ledger.hpp
  "    first_.count_later();\n    step_ = meet(step_, step);" "    step_ = meet(step_, step);"
  "The first error wins, and the later ones are counted, at one level")
removed_guard("a refused enter is recorded" state.hpp
  "    touch();\n    return record(refusal, &no_step);\n  }\n\n  // --- quarantine ---"
  "    return refusal;\n  }\n\n  // --- quarantine ---"
  compile_fail/35_refused_enter "A refused enter that is dropped launders nothing")
removed_guard("the depth limit" state.hpp
  "if (depth() >= depth_limit) return" "if (depth() > depth_limit) return"
  "The fifty-first scope is refused and costs no depth")
removed_guard("a hook enters nothing" state.hpp
  "    if ((depth_ & in_hook) != 0) return Entry::hook_reentered;\n" ""
  "A prepare that enters its own device is refused")

# --- evidence ---

removed_guard("evidence is of this device" state.hpp
  "answer.head == this && answer.tail == epoch_" "answer.tail == epoch_"
  compile_fail/33_another_device "Evidence of another device is refused while both are in reset at the same epoch")
removed_guard("evidence is of this reset" state.hpp
  "answer.head == this && answer.tail == epoch_" "answer.head == this"
  compile_fail/33_earlier_reset "Evidence of an earlier reset is refused")
removed_guard("evidence of two devices is none" evidence.hpp
  "a.stamp_ == b.stamp_ ? a.stamp_ : detail::no_stamp" "a.stamp_ == b.stamp_ ? a.stamp_ : b.stamp_"
  compile_fail/33_of_two_devices "Evidence of two devices, joined by both(), proves nothing for either")
removed_guard("a failed reset step makes evidence old" state.hpp
  "    if (resets) ++epoch_;\n" "    static_cast<void>(resets);\n"
  "Evidence that is older than a failed reset step is refused, also when the failure was overruled")
removed_guard("a failed scope makes evidence old" state.hpp
  "      ++epoch_;  // what was proved before it is not proved any more\n" ""
  "Evidence older than a scope that failed without a step is refused, also when it was overruled")

# A failure that is handed up as it was recorded takes a shorter way, which must come to the same.
removed_guard("a failure that is handed up becomes the scope's" state.hpp
  "      ledger_.fold(scope);\n      ++epoch_;\n" "      ++epoch_;\n"
  "A scope's failure is not resolved by one of its steps: its whole verdict is")
removed_guard("a failure that is handed up makes evidence old" state.hpp
  "      ledger_.fold(scope);\n      ++epoch_;\n" "      ledger_.fold(scope);\n"
  "Evidence older than a nested reset that failed by a plain step is refused, also when overruled")
removed_guard("a failure that is handed up meets the one that waits" ledger.hpp
  "if (outer_ != nullptr || step_ == nullptr" "if (step_ == nullptr"
  "Failures of one step that meet when a scope ends are one: a retry resolves both")
removed_guard("only the pending failure goes the shorter way up" ledger.hpp
  "return answer.tail == first.tail && answer.head == first.head;" "return first.failed();"
  "A superseded error does not overrule a failure that comes after it"
  "A failure that two steps have handed in is not resolved by a retry of the first")

# --- order, abandonment, done ---

removed_guard("the order of scopes" state.hpp
  "const bool in_order = depth() == level;" "const bool in_order = level != 0;"
  "An outer scope that finishes before its inner one is refused, and done waits for the last scope")
removed_guard("nothing resolves a finish out of order" ledger.hpp
  "if (step == &several_steps || step == &broken_nesting) return false;" "if (step == &several_steps) return false;"
  "Nothing resolves a finish out of order: no retry, and no name")
removed_guard("a borrowed scope is not its handler's to finish" scope.hpp
  "if (level == ended || (level & borrowed) != 0) [[unlikely]]" "if (level == ended) [[unlikely]]"
  "A handler that finishes its borrowed scope is refused, and the reset fails")
removed_guard("a scope without finish is abandoned" scope.hpp
  "detail::Word::of(Error(Errc::abandoned, 0, \"scope\"))" "detail::machine_of(device).proof()"
  compile_fail/19_guard_unfinished compile_fail/26_exception
  "A scope that ends without finish is abandoned: a failed reset")
removed_guard("a done that fails fails the reset" scope.hpp
  "if (status.failed() || !machine.done_was_quiet()) [[unlikely]] {"
  "if (status.failed() && !machine.done_was_quiet()) [[unlikely]] {"
  "A done that fails after a verified reset makes it a failed one, with done's error")
removed_guard("a done that was refused an enter fails the reset" scope.hpp
  "if (status.failed() || !machine.done_was_quiet()) [[unlikely]] {" "if (status.failed()) [[unlikely]] {"
  "A done that swallows the refusal and lifts the fence leaves a state that says unfenced")
removed_guard("a done that could not fence is remembered" state.hpp
  "(done_failed && status.error().code == Errc::unfenced) ||" "false ||"
  "A done that could not keep the device fenced says so, and so does the state")
removed_guard("a failed prepare holds nothing" state.hpp
  "    depth_ = 0;\n    return true;" "    depth_ = 1;\n    return true;"
  "A prepare that fails holds nothing and calls no done")
removed_guard("a refused enter comes before the failure of its prepare" state.hpp
  "      error = ledger_.first();\n    }\n    ledger_.close();" "    }\n    ledger_.close();"
  "A prepare that is refused an enter, and then fails by itself, has the refusal as its first error")
removed_guard("a quarantine's reason outlives a refused enter" scope.hpp
  "        machine.keep_reason(reason);\n" ""
  "A prepare that is refused an enter and fails under quarantine leaves the quarantine's reason")
removed_guard("a failed prepare keeps the quarantine" state.hpp
  "    mark_ &= flags;\n    depth_ = quarantined()" "    mark_ = 0;\n    depth_ = quarantined()"
  "A prepare that fails under quarantine leaves the quarantine and its reason")
removed_guard("'unsupported' after a touch is a failure" state.hpp
  "return touched_level() < depth();" "return true;"
  "Unsupported after a step was done is touched" "Unsupported after touch() is touched")
removed_guard("a state is not destroyed in mid-reset" state.hpp
  "    if (in_reset()) trap(\"a device's reset state was destroyed in mid-reset: end its scopes first\");\n" ""
  "A device state that is destroyed in mid-reset stops the program")
