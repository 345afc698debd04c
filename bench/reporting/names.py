"""What the cases and the variants are called in the report, and what each alternative leaves out."""

C = "c_bare"
OURS = "reset"
OURS_BY_SCOPE = "scope"
BY_HAND = "by_hand"
RECURSIVE = "recursive_mutex"
EXCEPTIONS = "exceptions"
UNDER_MUTEX = "reset_under_mutex"
SIMULATED = "simulated"  # the library's handler and chain, where a whole reset is measured
UPSTREAM = "simulated_upstream"
LIBRARY = (OURS, SIMULATED)  # the library's figure, where one is wanted: what callers use
OF_THE_LIBRARY = (*LIBRARY, OURS_BY_SCOPE)
# Those in which nothing goes wrong after prepare: there by_hand checks what the library checks. Its rare paths do less.
CHECKED_BY_HAND = ("d1", "d2", "d8", "d16", "d32", "nested", "fail")

CASES = {
    "d1": "one scope",
    "d2": "two nested",
    "d8": "eight nested",
    "d16": "16 nested",
    "d32": "32 nested",
    "nested": "one inside a held scope",
    "fail": "prepare fails",
    "failing_step": "the step fails",
    "failing_step_fresh": "the step fails, for the first time on this device",
    "sticky": "an inner failure reaches the outer done",
    "sticky_fresh": "the same, for the first time on this device",
    "swallowed": "the caller ignores the inner failure; done must hear of it",
    "swallowed_fresh": "the same, for the first time on this device",
    "done_fails": "done fails",
    "retry": "the step fails, and succeeds when tried again",
    "contended": "two threads, one device",
    "hinic_vf": "a quirk handler on a simulated function",
    "method_chain": "the chain of methods on a simulated function",
}
# Those of the chart, in few letters.
CHART_CASES = {"d1": "one scope", "d2": "two nested", "d8": "eight nested", "nested": "inside a held scope",
               "fail": "prepare fails", "sticky": "an inner failure"}

# In the order in which they are shown.
VARIANTS = {
    C: "hand-written C",
    OURS: "reset(device, handler)",
    OURS_BY_SCOPE: "ResetScope",
    BY_HAND: "C with the same checks",
    "c_out_of_line": "C, out of line",
    "c_forgetful": "C with the count alone",
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
