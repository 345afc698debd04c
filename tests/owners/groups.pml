/*
Resets of groups (group.hpp) whose devices have ManyOwners: two owners reset the same devices, in opposite orders, until
each has made ROUNDS resets. An inline has the name of its function. A busy device is put off, never waited for: what
would become of it otherwise is BUG_WAITS_WHILE_IT_HOLDS.

Run as owners.pml is. Checked are the assertions, and that both owners end.

Bugs to be found, each by its -D: BUG_NO_ROLL_BACK, BUG_ACTS_ON_A_PART, BUG_OUTCOME_OF_THE_FIRST,
BUG_WAITS_WHILE_IT_HOLDS, BUG_LEAVE_BEFORE_DONE.
*/
#ifndef ROUNDS
#define ROUNDS 2
#endif
#define OWNERS 2
#define DEVICES 3
#define ATTEMPTS 2
#define FREE 0

byte word[DEVICES];     /* ManyOwners::word_: the owner, from 1 on */
bool in_hook[DEVICES];  /* prepare and done are not atomic */
bool open[DEVICES], fenced[DEVICES], quarantined[DEVICES];
byte ended;

mtype = { verified, failed, untouched };

inline leave(d) { word[d] = FREE }

inline enter(d) {
#ifdef BUG_WAITS_WHILE_IT_HOLDS
  atomic { word[d] == FREE -> word[d] = me + 1 }
  entered = true;
#else
  atomic {
    if
    :: word[d] == FREE -> word[d] = me + 1; entered = true
    :: else -> entered = false
    fi
  }
#endif
  if
  :: entered ->
    atomic { assert(!in_hook[d] && !open[d]); in_hook[d] = true }
    if
    :: atomic { fenced[d] = true; open[d] = true; in_hook[d] = false }
    :: atomic { in_hook[d] = false }  /* prepare fails */
      entered = false;
      leave(d)
    fi
  :: else
  fi
}

inline finish(d, outcome) {
#ifdef BUG_LEAVE_BEFORE_DONE
  leave(d);
#endif
  atomic { assert(!in_hook[d] && open[d]); in_hook[d] = true }
  atomic {  /* done */
    if
    :: outcome == verified -> fenced[d] = false; quarantined[d] = false
    :: outcome == failed -> quarantined[d] = true
    :: outcome == untouched -> fenced[d] = quarantined[d]
    fi
    in_hook[d] = false;
    open[d] = false
  }
#ifndef BUG_LEAVE_BEFORE_DONE
  leave(d)
#endif
}

/* One for all that are due. It may fail, and it may reset some of them. */
inline act() {
  atomic {
    for (j : 0 .. DEVICES - 1) {
      assert(word[j] == me + 1 && open[j] && fenced[j])
    }
    j = 0
  }
  for (j : 0 .. DEVICES - 1) {
    if
    :: !shown[j] -> shown[j] = true  /* the witness of member[j] */
    :: true
    fi
  }
}

inline reset_all() {
  size = 0;
  do
  :: size == DEVICES -> break
  :: size < DEVICES ->
    enter(member[size]);
    if
    :: entered -> size++
    :: else -> break
    fi
#ifdef BUG_ACTS_ON_A_PART
    if
    :: size == 1 -> act()
    :: else
    fi
#endif
  od;
  if
  :: size < DEVICES ->
#ifndef BUG_NO_ROLL_BACK
    do
    :: size > 0 -> size--; finish(member[size], untouched)
    :: size == 0 -> break
    od
#endif
  :: else ->
    attempts = ATTEMPTS;
    do
    :: attempts > 0 && !(shown[0] && shown[1] && shown[2]) -> attempts--; act()
    :: else -> break
    od;
    do
    :: size > 0 ->
      size--;
#ifdef BUG_OUTCOME_OF_THE_FIRST
      outcome = (shown[0] -> verified : failed);
#else
      outcome = (shown[size] -> verified : failed);
#endif
      finish(member[size], outcome);
      assert(shown[size] || outcome == failed)
    :: size == 0 -> break
    od
  fi;
  atomic { shown[0] = false; shown[1] = false; shown[2] = false; outcome = 0 }
}

active [OWNERS] proctype owner() {
  byte me = _pid, size, j, attempts, rounds = ROUNDS, member[DEVICES];
  bool entered, shown[DEVICES];
  mtype outcome;
  d_step {
    member[1] = 1;
    member[0] = (me == 0 -> 0 : 2);
    member[2] = (me == 0 -> 2 : 0)
  }
  do
  :: rounds > 0 -> rounds--; reset_all()
  :: rounds == 0 -> break
  od;
  ended++;
  ended == OWNERS;
  atomic {
    for (j : 0 .. DEVICES - 1) {
      assert(word[j] == FREE && !open[j] && fenced[j] == quarantined[j])
    }
  }
}
