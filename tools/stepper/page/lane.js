// One run in a column of its own: which run it is, how things stand now, its call tree, its registers, its end.
'use strict';

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

// Of these steps the text begins with a name, which has no capital letter.
const beginsWithName = ['enter', 'finish', 'failure', 'refused', 'prepare', 'done', 'write'];

// What a run told its caller, and what it left behind.
function answerOf(run) {
  const {answer, error} = run.reset;
  if (answer === 'success') return 'success: 0';
  if (answer === 'verified') return 'verified';
  if (!error) return answer;
  if ((run.variant ?? 'reset_guard') !== 'reset_guard') return `failure: ${errnoText(error.native)}`;
  return `${error.code === answer ? '' : `${answer}: `}${errorText(error)}${error.where ? `, ${error.where}` : ''}`;
}
function truthOf(run) {
  const {blocked, quarantined, violations = []} = run.reset;
  const state = run.state ?? (blocked ? 'blocked' : 'not blocked');
  const [first, ...more] = state.split('; ');
  const broken = [...more, ...violations.map(violation => violation.text)].filter(text => !first.includes(text));
  return [first + (quarantined ? ', quarantined' : ''), ...new Set(broken)].join('; ');
}
const judgedOf = run => (run.findings ?? []).map(name => findingWords[name]?.[0] ?? name).join(', ');
const isHonest = run => (run.findings ?? []).every(name => name === 'honest');

// How its DMA stands, in words.
const dmaOf = step => exposedWords[step?.exposed]?.replace('DMA ', '') ?? fences[fenceOf(step ?? {})].words;

// What it reports, and whether that is true: a line above the picture.
function verdictOf(run) {
  const parts = [` reports ${answerOf(run)}`, element('span', 'quiet', ` · in truth ${truthOf(run)}`)];
  if (run.findings) parts.push(' · ', judgement(run));
  return parts;
}
function judgement(run) {
  const honest = isHonest(run);
  return element('span', honest ? 'good' : 'bad', `${honest ? '✓' : '✕'} ${judgedOf(run)}`);
}

// One row for each version: what it answers, what is true, and what that is.
function fillEnds(table, runs) {
  const heads = table.querySelectorAll('thead th');
  table.tBodies[0].replaceChildren(...runs.map(run => {
    const head = element('th', '', run.label);
    head.scope = 'row';
    const cells = [answerOf(run), truthOf(run), judgement(run)].map(content => element('td', '', content));
    cells.forEach((cell, i) => { cell.dataset.label = `${heads[i + 1].textContent}: `; });
    return element('tr', '', head, ...cells);
  }));
}

// The signs of the picture, as letters, and three more.
const treeMarks = {
  enter: '┌', finish: '└', prepare: '▲', done: '▽', reset: '◆', fault: '↯', failed: '✕', evidence: '✓',
};
const markOf = step => treeMarks[step.sign] ?? treeMarks[signOf(step)] ?? '';

class Lane {
  // `go`: is called with the index of a step that was clicked at.
  constructor(parent, title, go) {
    this.choice = element('select');
    this.choice.setAttribute('aria-label', `${title}: which version`);
    this.about = element('p', 'about');
    this.values = {};
    const gauge = (name, label) => {
      this.values[name] = element('dd');
      return element('div', name, element('dt', '', label), this.values[name]);
    };
    this.text = element('p', 'now-text');
    this.why = element('p', 'why');
    this.gauges = element('dl', 'gauges', gauge('dma', 'DMA'), gauge('depth', 'depth'), gauge('device', 'device'),
      gauge('evidence', 'evidence'), gauge('time', 'time'));
    this.tree = element('ol', 'tree');
    this.treeName = element('p', 'tree-name');
    this.treeBox = element('div', 'tree-box', this.tree);
    this.treeBox.tabIndex = 0;  // it can be scrolled
    this.treeBox.setAttribute('role', 'region');
    this.treeBox.setAttribute('aria-label', `${title}: call tree`);
    this.registers = element('tbody');
    this.end = element('div', 'end');
    const now = element('div', 'now', this.text, this.why);
    this.parts = [element('div', 'state', this.gauges, now, this.end),
      element('div', 'rest', this.treeName, this.treeBox, this.registerTable(title))];
    this.box = element('section', 'lane', element('div', 'head', this.choice, this.about), ...this.parts);
    this.box.setAttribute('aria-label', title);
    this.tree.addEventListener('click', event => {
      const line = event.target.closest('li');
      if (line) go([...this.tree.children].indexOf(line));
    });
    parent.append(this.box);
  }

  registerTable(title) {
    const head = element('tr');
    for (const name of ['Register', 'before', 'now']) {
      const cell = element('th', '', name);
      cell.scope = 'col';
      head.append(cell);
    }
    const table = element('table', 'registers', element('caption', '', 'Registers that were written'),
      element('thead', '', head), this.registers);
    return element('details', '', element('summary', '', `${title}: registers`), table);
  }

  // `run` may be null: then only the choice of another one is left of this column.
  play(run) {
    this.run = run;
    for (const part of [this.about, ...this.parts]) part.hidden = run === null;
    this.steps = run ? stepsOf(run) : [];
    if (!run) return;
    this.ofLibrary = (run.variant ?? 'reset_guard') === 'reset_guard';
    this.about.textContent = versionWords[run.variant]?.about ?? `${run.address} ${run.name ?? ''}`;
    if (run.fault === null) this.about.append(' The fault has nothing to strike here: the reset does not get as far.');
    this.treeName.textContent = `Call tree: ${run.label}`;
    this.tree.replaceChildren(...this.steps.map(step => this.line(step)));
    this.fillEnd();
  }

  line(step) {
    const line = element('li', `tone-${step.tone} sign-${step.sign}`);
    for (let i = 0; i !== step.level; ++i) line.append(element('span', 'rail'));
    const mark = element('span', 'mark', markOf(step));
    mark.setAttribute('aria-hidden', 'true');
    line.append(mark, element('span', 'words', step.text));
    return line;
  }

  fillEnd() {
    const line = (label, text) => element('p', '', element('b', '', `${label}: `), text);
    this.end.replaceChildren(line('It answers', answerOf(this.run)), line('In truth', truthOf(this.run)));
    if (!this.run.findings) return;
    const verdict = line('So it is', judgedOf(this.run));
    verdict.className = isHonest(this.run) ? 'good' : 'bad';
    const why = this.run.findings.map(name => findingWords[name]?.[1] ?? '').join(' ');
    this.end.append(verdict, element('p', 'why', why));
  }

  // `last`: the index of the last step that has been done, -1: none; `here`: whether it was done just now.
  show(last, here, atEnd) {
    if (!this.run) return;
    const step = this.steps[last];
    const value = (name, text) => { this.values[name].textContent = text; };
    const blocked = step?.blocked ?? false;
    value('dma', dmaOf(step));
    this.gauges.classList.toggle('is-blocked', blocked);
    this.gauges.classList.toggle('is-exposed', Boolean(step?.exposed));
    value('depth', String(step?.depth ?? 0));
    value('device', step?.resets ? 'was reset' : 'not reset');
    value('evidence', this.ofLibrary ? step?.evidence.join(', ') || 'none yet' : 'not kept');
    value('time', timeText(step?.time ?? 0));

    this.text.textContent = this.sentence(last, here);
    this.text.className = `now-text tone-${here ? step.tone : 'quiet'}`;
    this.why.textContent = here ? step.why : '';
    this.end.hidden = !atEnd;

    [...this.tree.children].forEach((line, index) => {
      line.classList.toggle('past', index <= last);
      if (index === last) line.setAttribute('aria-current', 'step');
      else line.removeAttribute('aria-current');
    });
    this.scrollTo(this.tree.children[Math.max(0, last)]);
    this.showRegisters(last);
  }

  // What has been done so far, in one sentence.
  sentence(last, here) {
    if (last < 0) return 'Its driver still uses the device.';
    if (!here) return last === this.steps.length - 1 ? 'It has ended.' : 'Nothing happens meanwhile.';
    const {sign, text} = this.steps[last];
    return beginsWithName.includes(sign) ? text : capital(text);
  }

  scrollTo(line) {
    if (!line) return;
    const middle = line.offsetTop - this.tree.offsetTop + line.offsetHeight / 2;
    this.treeBox.scrollTop = middle - this.treeBox.clientHeight / 2;
  }

  showRegisters(last) {
    const rows = [...registersAfter(this.steps, last + 1)].map(([name, entry]) => {
      const head = element('th', '', name);
      head.scope = 'row';
      const before = element('td', 'number', hex(entry.before, entry.width));
      const now = entry.now === null ? element('td', '', 'lost in the reset')
        : element('td', 'number', hex(entry.now, entry.width));
      return element('tr', entry.step === last ? 'changed' : '', head, before, now);
    });
    if (!rows.length) {
      const cell = element('td', 'nothing', 'none yet');
      cell.colSpan = 3;
      rows.push(element('tr', '', cell));
    }
    this.registers.replaceChildren(...rows);
  }
}
