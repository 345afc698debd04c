// The game: the reader chooses what fails, and sees which versions report a success that was none. Nothing is computed
// here: each answer is a run that was recorded when the page was made.
'use strict';

const operationWords = {
  config_read: 'reads', config_write: 'writes', mmio_read: 'reads', mmio_write: 'writes', map: 'maps its registers',
  platform: 'asks the platform', prepare: 'prepare', done: 'done',
};

function wordsOfPlace({operation, name, of_port, which}) {
  const words = [operationWords[operation] ?? operation, of_port ? 'the port’s' : '', name].filter(Boolean).join(' ');
  return which === 'only' ? words : `${words}, the ${which} time`;
}

const isFalseSuccess = run => run.findings.includes('false_success');
const inWords = names => names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

class BreakIt {
  constructor({sentences, devices}) {
    this.sentences = sentences;
    this.devices = devices;
    this.fooled = new Set();  // labels of versions
    this.fill('device', devices.map(device => device.title));
    byId('break-device').addEventListener('change', () => this.chooseDevice());
    byId('break-operation').addEventListener('change', () => this.choosePlace());
    byId('break-fault').addEventListener('change', () => this.show());
    this.chooseDevice();
  }

  fill(name, texts) {
    byId(`break-${name}`).replaceChildren(...texts.map((text, index) => {
      const option = element('option', '', text);
      option.value = index;
      return option;
    }));
  }

  get device() { return this.devices[byId('break-device').value]; }
  get place() { return this.device.places[byId('break-operation').value - 1]; }  // undefined: nothing fails

  chooseDevice() {
    const places = this.device.places.map((place, index) => `${index + 1}. ${wordsOfPlace(place)}`);
    this.fill('operation', ['none: nothing fails', ...places]);
    this.choosePlace();
  }

  choosePlace() {
    const faults = this.place?.faults ?? [];
    this.fill('fault', faults.length ? faults.map(({fault}) => this.sentences[fault]) : ['nothing']);
    this.show();
  }

  runs(numbers) {
    return numbers.map((number, version) => ({...this.device.versions[version], ...this.device.outcomes[number]}));
  }

  show() {
    const chosen = this.place?.faults[byId('break-fault').value];
    const runs = this.runs(chosen?.runs ?? this.device.clean);
    const fooled = runs.filter(isFalseSuccess).map(run => run.label);
    for (const label of fooled) this.fooled.add(label);
    const happens = chosen ? `${wordsOfPlace(this.place)}: ${this.sentences[chosen.fault]}` : 'nothing fails';
    const verb = fooled.length > 1 ? 'report' : 'reports';
    const who = `${fooled.length ? inWords(fooled) : 'No version'} ${verb}`;
    byId('broken').textContent = `${capital(happens)}. ${who} a success that was none.`;
    const done = this.device.versions.filter(({label}) => this.fooled.has(label)).map(({label}) => label);
    const which = done.length ? `: ${inWords(done)}` : '';
    byId('score').textContent = `Your score: ${done.length} of ${runs.length} versions${which}. ${this.left()}`;
    fillEnds(byId('answers'), runs);
    runs.forEach((run, index) => {
      const cell = byId('answers').tBodies[0].rows[index].cells[1];
      if (run.missed) cell.append(' (it has no such operation: nothing fails)');
    });
  }

  // Whether there is anything to find in the version that is left.
  left() {
    const {versions} = this.device;
    const left = versions.filter(({label}) => !this.fooled.has(label));
    if (left.length !== 1) return '';
    const version = versions.indexOf(left[0]);
    let all = 0, found = 0;
    for (const {places, outcomes} of this.devices) {
      for (const {runs} of places.flatMap(place => place.faults)) {
        ++all;
        if (isFalseSuccess(outcomes[runs[version]])) ++found;
      }
    }
    return `${left[0].label} is left: ${found || 'none'} of the ${all} faults to choose from will do it.`;
  }
}
