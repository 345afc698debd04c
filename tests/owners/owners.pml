/*
The protocol of ManyOwners (owner.hpp) and ThreadWaiting (hosted/threads.hpp): owners that reset one device, nest, wait
with and without a deadline, and hand over. An inline has the name of its function, and each access to what owners share
is a transition of its own. Each owner makes ROUNDS resets, every one in each way, and ends what is handed over to it.

spin -a owners.pml, cc -O2 -DSAFETY -o pan pan.c, ./pan: every reachable state is visited. Checked are the assertions,
and that all owners end: one that is never woken, or waits for itself, is an invalid end state.

Bugs to be found, each by its -D: BUG_SPLIT_REPLACE, BUG_PLAIN_RELEASE, BUG_WAKE_BEFORE_CLEAR, BUG_NO_SECOND_LOOK,
BUG_WAKE_WITHOUT_MUTEX, BUG_NO_WAITING_BIT, BUG_HAND_OVER_WAKES_NOBODY, BUG_WAITS_FOR_ITSELF,
BUG_LEAVE_AT_NESTED_END, BUG_DONE_LIFTS_ALWAYS.
*/
#ifndef OWNERS
#define OWNERS 2
#endif
#ifndef ROUNDS
#define ROUNDS 2
#endif
#define WAITING_BIT 1
#define FREE 0
#define WORD_OF(owner) (((owner) + 1) << 1)
#define OWNER_OF(value) ((value) & ~WAITING_BIT)

byte word = FREE;       /* ManyOwners::word_ */
bool mutex;             /* of ThreadWaiting's place; */
bool sleeping[OWNERS];  /* in its condition variable */
bool handed[OWNERS];    /* a scope lies in that owner's queue */
byte ended;             /* owners that have made all their resets */

/* The device: its owner's alone, which the assertions check. */
byte depth;
bool open, fenced, quarantined, failed, proved;
byte inside = OWNERS;  /* the owner between prepare and done */

/* --- ThreadWaiting --- */

inline lock() { atomic { !mutex -> mutex = true } }
inline unlock() { mutex = false }

inline notify_all() {
  d_step {
    for (i : 0 .. OWNERS - 1) { sleeping[i] = false }
    i = 0
  }
}
inline wake() {
#ifndef BUG_WAKE_WITHOUT_MUTEX
  lock();
  unlock();
#endif
  notify_all()
}

/* in_time: whether the word is another one, or may be */
inline wait(awaited, may_pass) {
  lock();
  in_time = true;
  do
#ifndef BUG_NO_SECOND_LOOK
  :: word != awaited -> break
  :: word == awaited ->
#else
  :: !in_time -> skip
  :: in_time ->
#endif
#ifdef BUG_WAKE_WITHOUT_MUTEX
    skip;  /* the look and the sleep are two */
#endif
    atomic { sleeping[me] = true; mutex = false }
    if
    :: atomic { !sleeping[me] && !mutex -> mutex = true }
#ifdef BUG_NO_SECOND_LOOK
      break
#endif
    :: atomic { may_pass && !mutex -> sleeping[me] = false; mutex = true }
      in_time = (word != awaited);
      break
    fi
  od;
  unlock()
}

/* --- ManyOwners --- */

/* entered: whether the caller gets in; otherwise it is busy */
inline enter() {
  seen = word;
  if
  :: OWNER_OF(seen) == WORD_OF(me) -> entered = true
  :: else ->
    entered = false;
    if
    :: seen == FREE ->
#ifdef BUG_SPLIT_REPLACE
      if
      :: word == FREE -> word = WORD_OF(me); entered = true
      :: else
      fi
#else
      atomic {
        if
        :: word == FREE -> word = WORD_OF(me); entered = true
        :: else
        fi
      }
#endif
    :: else
    fi
  fi
}

inline give_to(next) {
#if defined(BUG_WAKE_BEFORE_CLEAR)
  if
  :: (word & WAITING_BIT) != 0 -> wake()
  :: else
  fi;
  word = next
#elif defined(BUG_PLAIN_RELEASE)
  seen = word;
  word = next;
  if
  :: (seen & WAITING_BIT) != 0 -> wake()
  :: else
  fi
#else
  atomic { seen = word; word = next }
  if
  :: (seen & WAITING_BIT) != 0 -> wake()
  :: else
  fi
#endif
}

inline leave() { give_to(FREE) }

inline hand_over(to) {
#ifdef BUG_HAND_OVER_WAKES_NOBODY
  word = WORD_OF(to)
#else
  give_to(WORD_OF(to))
#endif
}

/* entered: false at the deadline */
inline enter_until(may_pass) {
  do
  :: enter();
    if
    :: entered -> break
    :: else
    fi;
    seen = word;
    if
#ifdef BUG_WAITS_FOR_ITSELF
    :: seen == FREE
#else
    :: seen == FREE || OWNER_OF(seen) == WORD_OF(me)
#endif
    :: else ->
#ifndef BUG_NO_WAITING_BIT
      if
      :: (seen & WAITING_BIT) == 0 ->
        atomic {
          if
          :: word == seen -> seen = seen | WAITING_BIT; word = seen
          :: else -> seen = FREE
          fi
        }
      :: else
      fi;
#endif
      if
      :: seen != FREE ->
        wait(seen, may_pass);
        if
        :: !in_time -> break
        :: else
        fi
      :: else
      fi
    fi
  od
}

/* --- a reset --- */

/* The caller has got in. opened: whether a scope was opened. */
inline begin() {
  opened = true;
  if
  :: depth == 0 ->
    atomic { assert(inside == OWNERS && !open); inside = me }
    if
    :: true ->  /* prepare */
      atomic { assert(inside == me); open = true; fenced = true; failed = false; proved = false; depth = 1 }
    :: true ->  /* one that fails */
      opened = false;
      inside = OWNERS;
      leave()
    fi
  :: else ->
    atomic { assert(inside == me && open); depth++ }
  fi
}

inline step() {
  if
  :: atomic { assert(inside == me); proved = true }
  :: atomic { assert(inside == me); failed = true }
  fi
}

inline end() {
  assert(inside == me && open);
  if
  :: depth > 1 ->
    depth--;
#ifdef BUG_LEAVE_AT_NESTED_END
    leave()
#endif
  :: else ->
    atomic {  /* done */
      assert(depth == 1);
#ifdef BUG_DONE_LIFTS_ALWAYS
      fenced = false;
#else
      fenced = !(proved && !failed);
#endif
      quarantined = !(proved && !failed);
      assert(fenced || (proved && !failed));
      depth = 0;
      open = false
    }
    inside = OWNERS;
    leave()
  fi
}

inline reset_or_hand_over() {
  begin();
  if
  :: opened ->
    step();
    if
    :: true ->  /* a reset in it */
      enter();
      assert(entered);
      begin();
      step();
      end()
    :: true
    fi;
    if
    :: depth == 1 ->
      to = (me + 1) % OWNERS;
      inside = to;
      hand_over(to);
      assert(!handed[to]);
      handed[to] = true
    :: true -> end()
    fi
  :: else
  fi
}

active [OWNERS] proctype owner() {
  byte me = _pid, to, seen, i, rounds = ROUNDS;
  bool entered, opened, in_time;
  do
  :: handed[me] ->
    handed[me] = false;
    step();
    end()
  :: rounds > 0 ->
    rounds--;
    if
    :: enter()
    :: enter_until(false)
    :: enter_until(true)
    fi;
    if
    :: entered -> reset_or_hand_over()
    :: else
    fi;
    if
    :: rounds == 0 -> ended++
    :: else
    fi
  :: ended == OWNERS && rounds == 0 && !handed[me] -> break
  od;
  /* The last one looks at what is left. */
  atomic {
    if
    :: word == FREE -> assert(!open && depth == 0 && inside == OWNERS && fenced == quarantined)
    :: else
    fi
  }
}
