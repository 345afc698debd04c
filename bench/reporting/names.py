"""What the cases and the variants are called, which are shown where, and what each alternative leaves out."""

C = "c_bare"
RESET = "reset"
BY_SCOPE = "scope"
OWNED = "owned"
BY_HAND = "by_hand"
RECURSIVE = "recursive_mutex"
EXCEPTIONS = "exceptions"
UNDER_MUTEX = "reset_under_mutex"
SIMULATED = "simulated"  # the library's handler and chain, where a whole reset is measured
UPSTREAM = "simulated_upstream"
LIBRARY = (RESET, SIMULATED)  # the library's figure, where one is wanted: what callers use
OF_THE_LIBRARY = (*LIBRARY, BY_SCOPE, OWNED)

CASES = {
    "d1": "one reset",
    "d2": "one inside another",
    "d8": "eight, each inside the one before",
    "d16": "16",
    "d32": "32",
    "nested": "one inside a reset that is under way",
    "fail": "prepare fails",
    "failing_step": "the step fails",
    "failing_step_fresh": "the step fails, for the first time on this device",
    "sticky": "an inner failure reaches the outer done",
    "sticky_fresh": "the same, for the first time on this device",
    "swallowed": "the caller ignores the inner failure; done must be told",
    "swallowed_fresh": "the same, for the first time on this device",
    "done_fails": "done fails",
    "retry": "the step fails, and succeeds when tried again",
    "contended": "two threads, one device",
    "hinic_vf": "a quirk handler on a simulated function",
    "method_chain": "the chain of methods on a simulated function",
}
# What a person asks first, in few words.
BRIEF_CASES = {"d1": "one reset", "nested": "one inside a reset", "failing_step": "one that fails"}

# In the order in which they are shown.
VARIANTS = {
    C: "C that only counts",
    BY_HAND: "C with the same checks",
    RESET: "reset(device, handler)",
    BY_SCOPE: "OwnedScope",
    OWNED: "reset, several owners",
    "c_out_of_line": "C that only counts, out of line",
    "c_forgetful": "C that forgets failures",
    "gsl_finally": "gsl::finally",
    "absl_cleanup": "absl::Cleanup",
    "boost_scope_exit": "Boost.ScopeExit",
    "std_expected": "std::expected",
    "tl_expected": "tl::expected",
    "absl_status": "absl::Status",
    EXCEPTIONS: "exceptions",
    UNDER_MUTEX: "reset in a std::mutex",
    "c_under_mutex": "C in a std::mutex",
    "mutex_owner": "std::mutex and owner",
    RECURSIVE: "std::recursive_mutex",
    "mutex_count": "std::mutex per call",
    "shared_pointer": "std::shared_ptr",
    SIMULATED: "the library's",
    UPSTREAM: "Linux's",
}

# What each does not do. Each is measured with what it lacks of count and sticky failure written by hand beside it.
ANSWER = "no refused success, no first error kept"
LACKS = {
    C: f"{ANSWER}; an error can be dropped",
    BY_HAND: "nothing makes anyone write the checks; an error can be dropped",
    "c_out_of_line": f"{ANSWER}; an error can be dropped",
    "c_forgetful": f"no sticky outcome: done is not told of a failure that a caller ignores; {ANSWER}",
    "gsl_finally": f"no count and no sticky outcome of its own, {ANSWER}",
    "absl_cleanup": f"no count and no sticky outcome of its own, {ANSWER}",
    "boost_scope_exit": f"no count and no sticky outcome of its own, {ANSWER}",
    "std_expected": f"no count and no sticky outcome of its own, {ANSWER}",
    "tl_expected": f"no count and no sticky outcome of its own, {ANSWER}",
    "absl_status": f"no count and no sticky outcome of its own, {ANSWER}",
    EXCEPTIONS: f"not for code that is built without exceptions; {ANSWER}",
    "c_under_mutex": f"{ANSWER} (it also locks, which the library leaves to the device's own lock)",
    "mutex_owner": f"{ANSWER} (it also locks, which the library leaves to the device's own lock)",
    RECURSIVE: f"{ANSWER} (it also locks, which the library leaves to the device's own lock)",
    "mutex_count": f"{ANSWER}; a second thread is let in as if it were nested",
    "shared_pointer": f"it allocates; {ANSWER}",
    UPSTREAM: "it drops errors, and says that a reset worked which did not",
}

# The rows of the chart, and what is said below each name.
CHART = {
    C: "counts open scopes, remembers that one failed",
    "gsl_finally": "ends a scope; the count is C by hand",
    "std_expected": "carries an error; the count is C by hand",
    EXCEPTIONS: "a failure costs thousands; the count is C",
    BY_HAND: "nothing makes anyone write or keep them",
    RESET: "the same checks, and types that demand them",
    BY_SCOPE: "the same; the scope can be moved and kept",
    RECURSIVE: "locks, which a driver does already; the count is C",
}
CHART_NAMES = {RESET: "reset_guard, reset()", BY_SCOPE: "reset_guard, OwnedScope"}

# docs/cost.md: the cases of its table, in few words, and the alternatives in some of them.
PAGE_CASES = {"d1": "one reset", "d2": "one in another", "nested": "inside one", "fail": "prepare fails",
              "failing_step": "step fails", "swallowed": "failure dropped", "done_fails": "done fails",
              "retry": "retry"}
COMPARED = ("gsl_finally", "std_expected", EXCEPTIONS, RECURSIVE)
COMPARED_CASES = ("d1", "nested", "fail", "failing_step")
COMPARED_HEADERS = ("reset_guard/reset_guard.hpp", "expected", "gsl/util", "mutex")


def base(case):
    """What the others are compared with in that case."""
    return UPSTREAM if case in ("hinic_vf", "method_chain") else C


def case(name):
    return CASES.get(name, name)


def variant(name):
    return VARIANTS.get(name, name)


def in_order(found, known):
    """The known ones first, as they are listed there; then the others, as they came."""
    return [name for name in known if name in found] + [name for name in found if name not in known]
