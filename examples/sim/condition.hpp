// Condition: whether a function is there, answers, and may be spoken to; all of it as points of virtual time.
#pragma once

#include "behaviour.hpp"
#include "clock.hpp"

namespace sim {

class Condition {
 public:
  explicit Condition(const Behaviour& behaviour) noexcept
      : usual_ready_after_(behaviour.ready_after),
        ready_after_(behaviour.ready_after),
        settles_after_(behaviour.settles_after),
        pending_until_(behaviour.transactions_pending) {}

  // --- presence ---

  void leave(Duration now, Duration away) noexcept {
    back_at_ = later(now, away);
    gone_ = true;
  }
  bool gone() const noexcept { return gone_; }
  // Whether a function that was gone has come back by now; true once.
  bool comes_back(Duration now) noexcept {
    if (!gone_ || now < back_at_) return false;
    gone_ = false;
    return true;
  }

  // --- reset ---

  void hold(Duration now) noexcept {
    held_ = true;
    held_since_ = now;
  }
  void let_go() noexcept { held_ = false; }
  bool held() const noexcept { return held_; }
  Duration held_for(Duration now) const noexcept { return now - held_since_; }

  // A reset has happened. `quiet`: how long the specification forbids to speak to the function. `settles`: whether the
  // function takes its time until it may be used.
  void was_reset(Duration now, Duration quiet, bool comes_back, bool settles) noexcept {
    holds_state_ = false;
    pending_until_ = {};
    ready_at_ = comes_back ? later(now, ready_after_) : never;
    quiet_until_ = later(now, quiet);
    settled_at_ = settles ? later(now, settles_after_) : now;
  }

  // Acts on the recovery that is under way, and on those to come.
  void be_ready_later(Duration now, Duration more) noexcept {
    if (now < ready_at_) ready_at_ = later(ready_at_, more);
    ready_after_ = later(ready_after_, more);
  }

  // --- power ---

  void power_off() noexcept {
    powered_ = false;
    holds_state_ = false;
  }
  void power_on() noexcept { powered_ = true; }
  bool powered() const noexcept { return powered_; }

  // The faults are over, and what they did: a function that would not have come back does. It may still be held.
  void repair(Duration now) noexcept {
    ready_after_ = usual_ready_after_;
    if (now < ready_at_) ready_at_ = now;
    if (gone_) back_at_ = now;
    pending_until_ = {};
  }

  // --- use ---

  bool answers(Duration now) const noexcept { return !gone_ && powered_ && !held_ && now >= ready_at_; }
  bool recovering(Duration now) const noexcept { return !gone_ && (!powered_ || held_ || now < ready_at_); }
  bool must_be_left_alone(Duration now) const noexcept { return now < quiet_until_; }
  bool settled(Duration now) const noexcept { return now >= settled_at_; }

  // Whether what its last user left in it is still there.
  bool holds_state() const noexcept { return holds_state_; }
  void gain_state() noexcept { holds_state_ = true; }
  void lose_state() noexcept { holds_state_ = false; }

  bool transactions_pending(Duration now) const noexcept { return now < pending_until_; }
  void keep_pending(Duration now, Duration length) noexcept {
    pending_until_ = length == Duration{} ? never : later(now, length);
  }

 private:
  Duration usual_ready_after_;
  Duration ready_after_;
  Duration settles_after_;
  Duration pending_until_;
  Duration back_at_{};
  Duration held_since_{};
  Duration ready_at_{};
  Duration quiet_until_{};
  Duration settled_at_{};
  bool gone_ = false;
  bool held_ = false;
  bool powered_ = true;
  bool holds_state_ = true;  // it was in use before
};

}  // namespace sim
