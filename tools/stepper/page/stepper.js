// Puts the page together: the scenarios, two lanes, the picture, and one position that they all follow.
'use strict';

const byId = id => document.getElementById(id);
const secondsPerStep = 1.4;

class Stepper {
  constructor(traces) {
    this.scenarios = traces.scenarios;
    this.position = 0;
    this.rows = [];
    byId('made-with').textContent = `Made with ${traces.made_with}`;
    fillLegend(byId('signs'));
    if (traces.single_faults) new BreakIt(traces.single_faults);
    // The left one is upstream's, the right one reset_guard, unless the reader chooses otherwise.
    this.lanes = ['Left', 'Right'].map((title, side) =>
      new Lane(byId('lanes'), title, index => this.goToStep(side, index)));
    this.pictures = this.lanes.map(() => new Picture(byId('picture'), position => this.go(position)));
    this.fillScenarios();
    this.listen();
    this.address = new Address(text => this.open(text));
    this.choose(0);
    this.open(this.address.text);
  }

  // --- choosing ---

  fillScenarios(selected = 0) {
    byId('scenario').replaceChildren(...this.scenarios.map((scenario, index) => {
      const option = element('option', '', `${index + 1}. ${scenario.title}`);
      option.value = index;
      return option;
    }));
    byId('scenario').value = selected;
  }

  // `shown`: which runs, left and right, if not those that the scenario shows at first.
  choose(index, shown = []) {
    const scenario = this.scenarios[index];
    if (!scenario) return;
    this.pause();
    this.scenario = scenario;
    byId('scenario').value = index;
    byId('story').textContent = scenario.story;
    byId('watch').textContent = scenario.watch;
    const find = variant => scenario.runs.findIndex(run => run.variant === variant);
    const tried = Math.max(0, scenario.runs.findIndex(run => run.reset.attempted));
    const usual = isOwn(scenario) ? [-1, tried] : [find(scenario.first), find('reset_guard')];
    this.lanes.forEach((lane, side) => {
      const options = scenario.runs.map((run, run_index) => {
        const option = element('option', '', run.label);
        option.value = run_index;
        return option;
      });
      if (side === 0) {
        const nothing = element('option', '', 'nothing beside it');
        nothing.value = -1;
        options.push(nothing);
      }
      lane.choice.replaceChildren(...options);
      lane.choice.value = shown[side] ?? usual[side];
    });
    byId('ends').open = false;
    byId('ends').hidden = isOwn(scenario);  // its resets are not of one device
    fillEnds(byId('ends').querySelector('table'), scenario.runs);
    this.load();
  }

  // What an address names after its '#'; the page's start, and why, if there is no such thing here.
  open(text) {
    try {
      const link = readLink(text, this.scenarios);
      if (!link) return;
      this.choose(link.scenario, link.shown);
      if (link.position > this.rows.length) throw new Error(`it has ${this.rows.length} steps here`);
      this.go(link.position);
      byId('picture').scrollIntoView();
    } catch (error) {
      this.choose(0);
      byId('astray').textContent = `This address does not fit the page: ${error.message}. Here is its start.`;
    }
  }

  load() {
    this.pause();
    for (const lane of this.lanes) lane.play(this.scenario.runs[lane.choice.value] ?? null);
    this.rows = align(this.lanes[0].steps, this.lanes[1].steps);
    byId('step').max = this.rows.length;
    this.drawPictures();
    this.go(0);
  }

  // --- the picture ---

  drawPictures() {
    const width = byId('picture').clientWidth;
    const tracks = this.lanes.map((lane, side) => {
      const states = [{depth: 0, blocked: false, exposed: ''}], steps = [null];
      for (const row of this.rows) {
        const step = row[side] === null ? null : lane.steps[row[side]];
        states.push(step ?? states.at(-1));
        steps.push(step);
      }
      return {states, steps};
    });
    const highest = Math.max(1, ...tracks.flatMap(track => track.states.map(state => state.depth)));
    this.pictures.forEach((picture, side) => {
      const run = this.lanes[side].run;
      picture.svg.style.display = picture.name.style.display = run ? '' : 'none';
      if (run) picture.draw(run.label, verdictOf(run), tracks[side].states, tracks[side].steps, highest, width);
    });
  }

  // --- going ---

  goToStep(side, index) { this.go(this.rows.findIndex(row => row[side] === index) + 1); }

  go(position) {
    const before = this.position;
    this.position = Math.max(0, Math.min(this.rows.length, position));
    const atEnd = this.position === this.rows.length;
    const onward = this.position === before + 1;
    this.pictures.forEach((picture, side) => { if (this.lanes[side].run) picture.show(this.position); });
    const said = this.lanes.map((lane, side) => {
      const row = this.rows[this.position - 1];
      const last = this.rows.slice(0, this.position).findLast(each => each[side] !== null)?.[side] ?? -1;
      const here = row !== undefined && row[side] !== null;
      lane.show(last, here, atEnd);
      return lane.run ? spoken(lane, {last, here, onward, atEnd}) : '';
    });
    const count = `${this.position} of ${this.rows.length}`;
    byId('step').value = this.position;
    byId('count').textContent = count;
    byId('astray').textContent = '';
    byId('now').textContent = `Step ${count}. ${together(this.lanes, said)}`;
    this.address.show(linkTo(this.scenario, this.lanes.map(lane => lane.run), this.position));
    if (atEnd) this.pause();
  }

  // --- playing ---

  togglePlay() {
    if (this.timer) return this.pause();
    if (this.position === this.rows.length) this.go(0);
    this.timer = setInterval(() => this.go(this.position + 1), secondsPerStep * 1000);
    byId('play').textContent = 'Pause';
  }
  pause() {
    clearInterval(this.timer);
    this.timer = null;
    byId('play').textContent = 'Play';
  }

  // --- the reader ---

  // A reader who steps wants to see what happens.
  bringIntoView() {
    if (byId('lanes').getBoundingClientRect().top < 0.7 * innerHeight) return;
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    byId('picture').scrollIntoView({behavior: calm ? 'auto' : 'smooth'});
  }

  listen() {
    const on = (id, event, act) => byId(id).addEventListener(event, act);
    const step = by => () => { this.pause(); this.bringIntoView(); this.go(this.position + by); };
    on('to-start', 'click', step(-Infinity));
    on('back', 'click', step(-1));
    on('forward', 'click', step(1));
    on('to-end', 'click', step(Infinity));
    on('play', 'click', () => { this.bringIntoView(); this.togglePlay(); });
    on('copy', 'click', () => { this.pause(); this.address.copy(); });
    on('step', 'input', () => { this.pause(); this.go(Number(byId('step').value)); });
    on('scenario', 'change', () => this.choose(Number(byId('scenario').value)));
    on('file', 'change', () => this.read(byId('file').files[0]));
    for (const lane of this.lanes) lane.choice.addEventListener('change', () => this.load());
    document.addEventListener('keydown', event => this.press(event));
    // The width alone: what is shown changes the height all the time.
    let width = byId('picture').clientWidth;
    new ResizeObserver(() => {
      if (byId('picture').clientWidth === width) return;
      width = byId('picture').clientWidth;
      this.drawPictures();
      this.go(this.position);
    }).observe(byId('picture'));
  }

  press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const on = event.target.tagName;
    if (on === 'SELECT' || ['file', 'text'].includes(event.target.type)) return;  // they use these keys themselves
    if (event.key === ' ' && (on === 'BUTTON' || on === 'SUMMARY')) return;
    const keys = {
      'ArrowLeft': () => byId('back').click(), 'ArrowRight': () => byId('forward').click(),
      'Home': () => byId('to-start').click(), 'End': () => byId('to-end').click(), ' ': () => byId('play').click(),
    };
    const act = keys[event.key] ?? (/^[1-9]$/.test(event.key) ? () => this.choose(Number(event.key) - 1) : null);
    if (!act) return;
    event.preventDefault();
    act();
  }

  async read(file) {
    if (!file) return;
    byId('complaint').textContent = '';
    try {
      this.scenarios.push(scenarioOf(file.name, await file.text()));
    } catch (error) {
      byId('complaint').textContent = error.message;
      return;
    }
    this.fillScenarios();
    this.choose(this.scenarios.length - 1);
    byId('picture').scrollIntoView();
  }
}

new Stepper(JSON.parse(byId('traces').textContent));
