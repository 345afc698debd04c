// From the events of a trace to the steps that are shown: accesses in a row become one step, and so does a hook with
// what it does. Each step knows how things stand after it.
'use strict';

class Steps {
  constructor(run) {
    this.own = run.address;
    this.version = run.variant ?? 'reset_guard';
    this.upstream = this.version !== 'reset_guard';
    this.list = [];
    this.scopes = [];  // that are open: name, and how many failures were seen inside
    this.depth = 0;
    this.blocked = false;
    this.resets = 0;
    this.failures = 0;  // since the outermost scope was opened
    this.evidence = [];
    this.events = run.reset.events;
    this.next = 0;
    while (this.next < this.events.length) {
      this.take();
      // How late it is when the step is over: the next one begins then.
      this.list.at(-1).time = Math.max(this.list.at(-1).time, this.peek()?.time_us ?? 0);
    }
    this.findOpenFence(run);
  }

  // Marks the steps after which DMA goes through although the device is in an unknown state: it was blocked and has
  // been touched, and either there is work left to do, or this is how a failed reset leaves it.
  findOpenFence(run) {
    const works = ['look', 'wait', 'write', 'lost', 'reset', 'ignored', 'held', 'power', 'platform', 'map', 'enter'];
    const lastWork = this.list.findLastIndex(step => step.own && works.includes(step.sign));
    const failed = (run.findings ?? []).some(name => name === 'false_success' || name === 'unblocked_on_failure');
    const endsBadly = failed && !run.reset.blocked && !run.state.startsWith('reset,');
    let wasBlocked = false, touched = false;
    this.list.forEach((step, index) => {
      wasBlocked ||= step.blocked;
      const touches = step.failed || step.sign === 'reset' || step.accesses.some(access => access.write);
      touched ||= wasBlocked && step.own && touches;
      if (step.blocked || !wasBlocked || !touched) return;
      if (index <= lastWork) step.exposed = 'during';
      else if (endsBadly) step.exposed = 'after';
    });
  }

  // --- reading ---

  peek() { return this.events[this.next]; }

  read() {
    const event = this.events[this.next++];
    // The ports above have a depth and a block of their own.
    if (event.function === this.own) {
      if (event.kind !== 'fault') this.depth = event.depth;  // in a hook it has the hook's already
      this.blocked = event.blocked;
    }
    return event;
  }

  nextIs(kind, trace) {
    const event = this.peek();
    return event !== undefined && event.kind === kind && (trace === undefined || event.trace === trace);
  }

  // sign: what it is; key: what of another run it goes with; text: what happens; why: what that means.
  add(event, sign, key, text, more = {}) {
    this.list.push({
      sign, key: `${sign} ${key}`, text, why: '', tone: 'plain', level: this.scopes.length, time: event.time_us,
      own: event.function === this.own, accesses: [], resetsAll: false, exposed: '', ...more,
      depth: this.depth, blocked: this.blocked, resets: this.resets, evidence: [...this.evidence],
    });
  }

  take() {
    const kind = this.peek().kind;
    if (kind === 'sleep') return this.wait();
    if (kind === 'config_read' || kind === 'mmio_read') return this.looks();
    const event = this.read();
    const act = this[`on_${kind}`];
    if (act) return act.call(this, event);
    this.add(event, 'other', kind, kind.replaceAll('_', ' '));  // a kind that is newer than this page
  }

  // --- accesses ---

  register(event) {
    const of = event.function === this.own ? '' : `${event.function} `;
    return of + (event.register.name ?? `register 0x${event.register.offset.toString(16)}`);
  }
  access(event) {
    return {register: this.register(event), own: event.function === this.own, before: event.before, after: event.after,
      width: event.register.width, write: event.kind.endsWith('_write')};
  }
  isRead() { return this.nextIs('config_read') || this.nextIs('mmio_read'); }

  looks() {
    const events = [];
    while (this.isRead()) events.push(this.read());
    const last = events.at(-1);
    const value = `${this.register(last)}: ${hex(last.after, last.register.width)}`;
    const text = events.length === 1 ? `reads ${value}` : `reads ${events.length} registers, the last one ${value}`;
    this.add(events[0], 'look', '', text, {tone: 'quiet', accesses: events.map(event => this.access(event))});
  }

  // Sleeps, and looks at one register between them.
  wait() {
    const first = this.peek();
    const looks = [];
    let slept = 0;
    while (this.nextIs('sleep') || this.isRead()) {
      if (this.isRead() && looks.length && this.register(this.peek()) !== this.register(looks[0])) break;
      const event = this.read();
      if (event.kind === 'sleep') slept += event.length_us;
      else looks.push(event);
    }
    let text = `waits ${timeText(slept)}`;
    if (looks.length) {
      const last = looks.at(-1), value = hex(last.after, last.register.width);
      text += looks.length === 1 ? `, then reads ${this.register(last)}: ${value}`
        : `, looks at ${this.register(last)} ${looks.length} times: ${value} at last`;
    }
    this.add(first, 'wait', '', text, {tone: 'quiet', accesses: looks.map(event => this.access(event))});
  }

  write(event) {
    const width = event.register.width, name = this.register(event);
    let text = `${name}: ${hex(event.before, width)} → ${hex(event.written, width)}`;
    if (event.after !== event.written) text += `, reads back ${hex(event.after, width)}`;
    this.add(event, 'write', name, text, {accesses: [this.access(event)]});
  }
  on_config_write(event) { this.write(event); }
  on_mmio_write(event) { this.write(event); }
  on_write_lost(event) {
    this.add(event, 'lost', this.register(event), `${this.register(event)}: the write is lost, nobody answers`,
      {tone: 'bad'});
  }
  on_map(event) { this.add(event, 'map', event.bar, `maps its registers (BAR ${event.bar})`, {tone: 'quiet'}); }
  on_unmap(event) { this.add(event, 'unmap', event.bar, `unmaps its registers (BAR ${event.bar})`, {tone: 'quiet'}); }
  on_platform(event) {
    const failed = event.error ? `, which is refused: ${event.error}` : '';
    this.add(event, 'platform', event.call, `asks the platform: ${event.call}${failed}`,
      {tone: failed ? 'bad' : 'plain'});
  }

  // --- the device ---

  on_reset(event) {
    if (event.function === this.own) ++this.resets;
    const who = event.function === this.own ? 'the device' : event.function;
    this.add(event, 'reset', event.function === this.own, `${who} is reset (${event.text})`,
      {tone: 'good', why: 'What its last user left in it is gone.', resetsAll: event.function === this.own});
  }
  on_power_off(event) {
    this.add(event, 'power', '', 'its power is off', {tone: 'good', resetsAll: event.function === this.own});
  }
  on_reset_held(event) { this.add(event, 'held', '', 'the bus above holds the device in reset'); }
  on_reset_ignored(event) {
    this.add(event, 'ignored', '', `no reset: ${event.text}`, {tone: 'bad', why: 'A reset was asked for in vain.'});
  }
  on_returned(event) {
    this.add(event, 'returned', '', 'the device is back on the bus', {resetsAll: event.function === this.own});
  }
  on_dma(event) { this.add(event, 'dma', '', 'its driver uses it: DMA goes through'); }
  on_iommu_fault(event) {
    this.add(event, 'dma', '', 'its driver uses it: the IOMMU stops the DMA', {tone: 'bad'});
  }
  on_iommu_block(event) { this.add(event, 'block', '', 'the IOMMU blocks the device', {tone: 'fence'}); }
  on_iommu_unblock(event) { this.add(event, 'unblock', '', 'the IOMMU lets the device through', {tone: 'fence'}); }
  on_fault(event) {
    const at = event.name ? `, at ${event.name}` : '';
    this.add(event, 'fault', event.text, `FAULT: ${event.sentence ?? event.text}${at}`,
      {tone: 'bad', why: 'From here on nothing may be called a success that was none.'});
  }
  on_violation(event) {
    this.add(event, 'violation', event.text, `rule broken: ${event.text}`,
      {tone: 'bad', why: 'The simulated device says so itself.'});
  }

  // --- prepare and done ---

  on_prepare(event) {
    const blockedBefore = this.blocked;
    while (this.nextIs('iommu_block') || this.nextIs('trace', 'prepared')) this.read();
    if (event.error) {
      return this.add(event, 'prepare', '', `prepare fails: ${event.error}`,
        {tone: 'bad', failed: true, why: 'Nothing is blocked, so that nothing may be reset.'});
    }
    const text = blockedBefore ? 'prepare: the device stays blocked' : 'prepare: the IOMMU blocks the device';
    this.add(event, 'prepare', '', text, {tone: 'fence', why: 'From here on it cannot reach memory.'});
  }

  on_done(event) {
    let unblocked = false;
    const broken = [];
    const belongs = () => this.nextIs('iommu_unblock') || this.nextIs('trace', 'done') || this.nextIs('violation') ||
      (this.nextIs('trace', 'failure') && this.peek().step === 'done');
    while (belongs()) {
      const part = this.read();
      if (part.kind === 'iommu_unblock') unblocked = true;
      if (part.kind === 'violation') broken.push(part);
    }
    const name = this.upstream ? 'done' : `done(${event.outcome})`;
    if (event.error) {
      const heard = this.upstream ? 'It returns nothing, so that nobody is told.'
        : 'This is the reset’s error now: the device is quarantined.';
      this.add(event, 'done', '', `${name} fails: ${event.error}`, {tone: 'bad', failed: true, why: heard});
    } else if (unblocked) {
      const why = this.whyNotToUnblock(event);
      this.add(event, 'done', '', `${name}: the IOMMU lets the device through`, why
        ? {tone: 'bad', failed: true, why} : {tone: 'fence', why: 'It can reach memory again.'});
    } else {
      const why = this.upstream ? '' : 'Quarantined: it stays so until a reset of it is verified.';
      this.add(event, 'done', '', `${name}: the device ${this.blocked ? 'stays blocked' : 'is not blocked'}`,
        {tone: 'fence', why});
    }
    if (this.scopes.length === 0) this.failures = 0;
    for (const violation of broken) this.on_violation(violation);
  }

  // Nothing, if it was right.
  whyNotToUnblock(event) {
    if (this.depth > 0) {
      return `Too early: ${this.scopes.map(scope => scope.name).join(', ')} is still at work, at depth ${this.depth}.`;
    }
    if (!this.upstream) return '';
    if (event.outcome === 'released') return 'The reset has failed, and the device reaches memory again.';
    if (this.resets === 0) return 'Nothing has reset the device, and it reaches memory again.';
    if (this.failures > 0) return 'A step has failed, which done is not told: the device reaches memory again.';
    return '';
  }

  // --- what the code under test says ---

  on_trace(event) {
    const act = this[`trace_${event.trace}`];
    if (act) return act.call(this, event);
    this.add(event, 'other', event.trace, event.trace);
  }

  trace_entered(event) {
    const name = event.step ?? 'reset';
    if (this.scopes.length === 0) this.evidence = [];
    let why = 'The outermost scope.';
    if (this.depth > 1) why = this.blocked ? versionWords[this.version].nested : 'It is not blocked.';
    this.add(event, 'enter', name, `${name} begins, depth ${this.depth}`, {why, opens: true});
    this.scopes.push({name, failures: 0});
  }

  trace_finished(event) {
    const scope = this.scopes.pop() ?? {name: 'reset', failures: 0};
    this.depth = Math.max(0, event.depth - 1);  // the event has the level that ends
    const told = {why: '', tone: 'plain', closes: true};
    let text;
    if (event.outcome === 'verified') {
      text = this.upstream ? `${scope.name} returns 0` : `${scope.name}: verified`;
      told.tone = 'good';
      told.verified = !this.upstream;
      if (!this.upstream) told.why = 'There is evidence, and no failure is left over.';
      else if (this.resets === 0) told.why = 'Nothing was reset, and the answer is success.';
      else if (scope.failures > 0) told.why = 'The failure inside is forgotten: the answer is success.';
      if (this.upstream && told.why) Object.assign(told, {tone: 'bad', failed: true});
    } else if (event.outcome === 'untouched') {
      text = `${scope.name}: untouched`;
      told.why = 'Not for this device, and nothing was done to it.';
    } else {
      const error = event.error ? errorText(event.error) : 'failed';
      text = this.upstream ? `${scope.name} returns ${event.error ? errnoText(event.error.native) : 'an error'}`
        : `${scope.name}: failed, ${error}`;
      Object.assign(told, {tone: 'bad', failed: true});
      this.countFailure();
    }
    this.add(event, 'finish', scope.name, text, told);
  }

  trace_evidence(event) {
    this.evidence.push(event.step);
    this.add(event, 'evidence', event.step, `evidence: ${event.step} was done`,
      {tone: 'good', why: 'Only the step itself can make it, and without it there is no success.'});
  }

  trace_failure(event) {
    // A prepare that is refused says so twice.
    if (event.step === 'prepare' && this.nextIs('trace', 'refused')) return this.trace_refused(this.read());
    this.countFailure();
    const notForIt = !this.upstream && event.error?.code === 'unsupported';
    const what = event.error?.where && event.error.where !== event.step ? `${event.error.where}, ` : '';
    const code = !event.error ? '' : this.upstream ? errnoText(event.error.native) : errorText(event.error);
    if (notForIt) return this.add(event, 'failure', event.step, `${event.step}: not for this device`);
    const why = this.upstream ? 'A line in the log.' : 'On record: unless it is resolved, there will be no success.';
    this.add(event, 'failure', event.step, `${event.step} fails: ${what}${code}`, {tone: 'bad', failed: true, why});
  }

  trace_refused(event) {
    this.countFailure();
    const code = !event.error ? '' : this.upstream ? errnoText(event.error.native) : errorText(event.error);
    const why = this.upstream ? 'A prepare is under way already: the second one is an error.' : '';
    this.add(event, 'refused', '', `${event.error?.where ?? 'this'} is refused: ${code}`,
      {tone: 'bad', failed: true, why});
  }

  trace_overruled(event) {
    this.add(event, 'overruled', '', `overruled by name: ${event.error ? errorText(event.error) : 'a failure'}`,
      {why: 'The caller names the very failure, and goes on to another method.'});
  }

  trace_prepared(event) { this.add(event, 'other', 'prepared', 'prepare has answered', {tone: 'quiet'}); }
  trace_done(event) { this.add(event, 'other', 'done', 'done has answered', {tone: 'quiet'}); }

  countFailure() {
    ++this.failures;
    for (const scope of this.scopes) ++scope.failures;
  }
}

const stepsOf = run => new Steps(run).list;

// How registers stand after some steps: those that were written, by name, with what was there before the first write.
function registersAfter(steps, count) {
  const known = new Map();
  for (let i = 0; i < count; ++i) {
    for (const access of steps[i].accesses) {
      const entry = known.get(access.register);
      if (entry) Object.assign(entry, {now: access.after, step: entry.now === access.after ? entry.step : i});
      else if (access.write) {
        known.set(access.register, {...access, now: access.after, step: i});
      }
    }
    if (!steps[i].resetsAll) continue;
    for (const entry of known.values()) {
      if (entry.own) Object.assign(entry, {now: null, step: i});
    }
  }
  return known;
}
