// The ledger's rule, for any depth and any number of calls, in Dafny: `dafny /compile:0 ledger.dfy` proves it.
//
// A level keeps one owner, as the library does. Beside it, which the library does not keep, stands each failure that
// nothing has resolved, with the one name that resolves it: the step, or the verdict of the scope by which it was
// handed up, or nobody. Proved: whatever the calls, a scope that ends well has no such failure, and its evidence was
// made after the scope was opened and after the last failure that makes evidence void.
//
// Not here: hooks, claims, quarantine, which error is the first, and the end of the numbers. explore_closure compares
// the library with the same rules and more (ledger_rules.hpp), call by call, up to a bounded depth.

datatype Owner = NoFailure | Step(id: int) | Nobody | Several
datatype Failure = Failure(number: nat, name: Owner)
datatype Level = Level(owner: Owner, failures: set<Failure>, begun: nat, begunAt: nat)
datatype Evidence = Evidence(moment: nat, madeAt: nat)

// moment: as the library counts. time: of the calls, each of which has one.
datatype State = State(levels: seq<Level>, broken: bool, moment: nat, goodFrom: nat, time: nat, voidAt: nat,
                       evidence: set<Evidence>, recorded: nat)

datatype Call =
    Enter
  | Pass(step: int)                        // and evidence is made
  | Fail(name: Owner, voids: bool)         // Step or Nobody
  | FailAgain(name: Owner, voids: bool)    // the level's own error is handed in again; or what a scope was left for
  | Overrule(level: nat, number: nat)      // by an error that names the failure
  | EndWell(steps: int, with: Evidence)
  | EndFailed(verdict: Owner, voids: bool)
  | EndUntouched
  | EndOutOfOrder(level: nat)

predicate Fails(name: Owner) { name.Step? || name.Nobody? }

function method Met(owner: Owner, name: Owner): Owner
{
  if owner == NoFailure then name else if owner == name && name != Nobody then owner else Several
}
function method Renamed(owner: Owner, name: Owner): Owner
{
  if owner == name || owner == Several then owner else Nobody
}

// --- when a call is accepted, and what it does ---

predicate Good(s: State, e: Evidence, level: Level)
{
  e in s.evidence && e.moment >= level.begun && e.moment >= s.goodFrom
}

predicate Accepted(s: State, c: Call)
{
  match c
  case Enter => true
  case Pass(step) => |s.levels| > 0
  case Fail(name, voids) => |s.levels| > 0 && Fails(name)
  case FailAgain(name, voids) => |s.levels| > 0 && Fails(name) && Last(s).owner != NoFailure
  case Overrule(level, number) =>
    level < |s.levels| && !s.broken && s.levels[level].owner != Several && s.levels[level].owner != NoFailure &&
    exists f :: f in s.levels[level].failures && f.number == number
  case EndWell(verdict, with) =>
    |s.levels| > 0 && !s.broken && Last(s).owner == NoFailure && Good(s, with, Last(s))
  case EndFailed(verdict, voids) =>
    |s.levels| > 0 && Fails(verdict)
  case EndUntouched => |s.levels| > 0 && !s.broken && Last(s).owner == NoFailure
  case EndOutOfOrder(level) => level + 1 < |s.levels|
}

function Last(s: State): Level
  requires |s.levels| > 0
{
  s.levels[|s.levels| - 1]
}
function Init(s: State): seq<Level>
  requires |s.levels| > 0
{
  s.levels[..|s.levels| - 1]
}

// The step has passed: at whatever level, its failures are resolved. What the library does to the owner, and what is
// meant for each failure, are said apart from each other.
function ResolvedLevel(level: Level, step: int): Level
{
  level.(owner := if level.owner == Step(step) then NoFailure else level.owner,
         failures := set f | f in level.failures && f.name != Step(step))
}
function Resolved(levels: seq<Level>, step: int): seq<Level>
  ensures |Resolved(levels, step)| == |levels|
  ensures forall i :: 0 <= i < |levels| ==> Resolved(levels, step)[i] == ResolvedLevel(levels[i], step)
{
  if levels == [] then [] else Resolved(levels[..|levels| - 1], step) + [ResolvedLevel(levels[|levels| - 1], step)]
}

// Failures of one step are one; of those of no step that is not known.
function WithFailure(level: Level, name: Owner, number: nat): Level
{
  level.(owner := Met(level.owner, name),
         failures := if name.Step? && exists f :: f in level.failures && f.name == name then level.failures
                     else level.failures + {Failure(number, name)})
}
// One failure, and another step's too: then no step resolves it.
function KnownBy(level: Level, name: Owner): Level
{
  level.(owner := Renamed(level.owner, name),
         failures := set f | f in level.failures :: Failure(f.number, if f.name == name then name else Nobody))
}

function Voided(s: State, voids: bool): State
{
  if voids then s.(moment := s.moment + 1, goodFrom := s.moment + 1, voidAt := s.time) else s
}

function After(s: State, c: Call): State
  requires Accepted(s, c)
{
  var now := s.(time := s.time + 1);
  match c
  case Enter =>
    now.(moment := s.moment + 1, levels := s.levels + [Level(NoFailure, {}, s.moment + 1, s.time + 1)])
  case Pass(step) =>
    now.(evidence := s.evidence + {Evidence(s.moment, s.time + 1)},
         levels := if s.broken then s.levels else Resolved(s.levels, step))
  case Fail(name, voids) =>
    Voided(now.(levels := Init(s) + [WithFailure(Last(s), name, s.recorded)], recorded := s.recorded + 1), voids)
  case FailAgain(name, voids) => Voided(now.(levels := Init(s) + [KnownBy(Last(s), name)]), voids)
  case Overrule(level, number) =>
    var here := s.levels[level];
    var left := set f | f in here.failures && f.number != number;
    now.(levels := s.levels[level := here.(owner := NoFailure, failures := left)])
  case EndWell(verdict, with) =>
    now.(levels := Resolved(Init(s), verdict), evidence := s.evidence + {Evidence(s.moment, s.time + 1)})
  case EndFailed(verdict, voids) =>
    var next := now.(recorded := s.recorded + 1);  // what failed inside is one failure of the scope around
    if |s.levels| == 1 then Voided(next.(levels := []), voids)
    else
      var out := Init(s);
      Voided(next.(levels := out[..|out| - 1] + [WithFailure(out[|out| - 1], verdict, s.recorded)]), voids)
  case EndUntouched => now.(levels := Init(s))
  case EndOutOfOrder(level) => now.(broken := true, levels := s.levels[..level] + s.levels[level + 1..])
}

// --- the invariant ---

predicate IsOne(failures: set<Failure>)
{
  forall f, g :: f in failures && g in failures ==> f == g
}

predicate LevelHolds(level: Level)
{
  match level.owner
  case NoFailure => level.failures == {}
  case Step(id) => (forall f :: f in level.failures ==> f.name == Step(id)) && IsOne(level.failures)
  case Nobody => (forall f :: f in level.failures ==> f.name == Nobody) && IsOne(level.failures)
  case Several => true
}

predicate Invariant(s: State)
{
  (!s.broken ==> forall i :: 0 <= i < |s.levels| ==> LevelHolds(s.levels[i])) &&
  s.goodFrom <= s.moment && s.voidAt <= s.time &&
  (forall i :: 0 <= i < |s.levels| ==> s.levels[i].begun <= s.moment && s.levels[i].begunAt <= s.time) &&
  (forall e :: e in s.evidence ==> e.moment <= s.moment && e.madeAt <= s.time) &&
  // What is from before a scope, or from before a failure that makes evidence void, has an earlier moment.
  (forall e, i :: e in s.evidence && 0 <= i < |s.levels| && e.madeAt <= s.levels[i].begunAt ==>
    e.moment < s.levels[i].begun) &&
  (forall e :: e in s.evidence && e.madeAt <= s.voidAt && s.voidAt > 0 ==> e.moment < s.goodFrom)
}

function Start(moment: nat): State
{
  State([], false, moment, 0, 0, 0, {}, 0)
}

lemma StartHolds(moment: nat)
  ensures Invariant(Start(moment))
{
}

lemma EachCallKeepsIt(s: State, c: Call)
  requires Invariant(s) && Accepted(s, c)
  ensures Invariant(After(s, c))
{
  var t := After(s, c);
  match c
  case Enter =>
  case Pass(step) =>
  case Fail(name, voids) =>
  case FailAgain(name, voids) =>
  case Overrule(level, number) =>
  case EndWell(verdict, with) =>
  case EndFailed(verdict, voids) =>
  case EndUntouched =>
  case EndOutOfOrder(level) =>
}

// --- what follows, for every sequence of calls ---

predicate Possible(s: State, calls: seq<Call>)
  decreases |calls|
{
  calls == [] || (Accepted(s, calls[0]) && Possible(After(s, calls[0]), calls[1..]))
}
function Run(s: State, calls: seq<Call>): State
  requires Possible(s, calls)
  decreases |calls|
{
  if calls == [] then s else Run(After(s, calls[0]), calls[1..])
}

lemma AllCallsKeepIt(s: State, calls: seq<Call>)
  requires Invariant(s) && Possible(s, calls)
  ensures Invariant(Run(s, calls))
  decreases |calls|
{
  if calls != [] {
    EachCallKeepsIt(s, calls[0]);
    AllCallsKeepIt(After(s, calls[0]), calls[1..]);
  }
}

// The theorem: a scope that ends well, at any depth, after any calls.
lemma NoLostFailureEndsWell(moment: nat, calls: seq<Call>, verdict: int, with: Evidence)
  requires Possible(Start(moment), calls)
  requires Accepted(Run(Start(moment), calls), EndWell(verdict, with))
  ensures Last(Run(Start(moment), calls)).failures == {}
  ensures with.madeAt > Last(Run(Start(moment), calls)).begunAt
  ensures Run(Start(moment), calls).voidAt > 0 ==> with.madeAt > Run(Start(moment), calls).voidAt
{
  AllCallsKeepIt(Start(moment), calls);
}
