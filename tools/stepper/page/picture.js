// The picture of one run: depth as a staircase, DMA as a bar, and signs for what happens, as in the lessons' pictures.
// Every position gets the same width, since accesses take a microsecond and waits take seconds.
'use strict';

const svgNamespace = 'http://www.w3.org/2000/svg';

function svgElement(name, attributes, text) {
  const element = document.createElementNS(svgNamespace, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

// In the order of the legend. `path` is drawn around 0, 0; with the width of its line it is `size` wide.
const signs = {
  prepare: {size: 14, path: 'M-5 4H5L0 -5Z', text: 'prepare'},
  done: {size: 14, path: 'M-5 -4H5L0 5Z', text: 'done'},
  reset: {size: 13, path: 'M0 -6L6 0L0 6L-6 0Z', text: 'the device is reset'},
  verified: {size: 13, path: 'M-5 0L-1.5 4.5L5 -5', text: 'verified'},
  fault: {size: 12, path: 'M2 -7L-5 1.5H0L-2 7L5 -2H0Z', text: 'a fault is injected'},
  failed: {size: 12, path: 'M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5', text: 'goes wrong; so does a red sign'},
};

function signOf(step) {
  if (step.sign in signs) return step.sign;
  if (step.verified) return 'verified';
  return step.failed || step.tone === 'bad' ? 'failed' : null;
}

function drawSign(name, x, y, wrong = false) {
  const className = `sign ${name}${wrong ? ' wrong' : ''}`;
  return svgElement('path', {class: className, d: signs[name].path, transform: `translate(${x} ${y})`});
}

// How the device's DMA stands after a step; `words`: in the bar, or below it.
const fences = {
  blocked: {words: 'blocked', legend: 'DMA is blocked'},
  open: {words: 'goes through', legend: 'DMA goes through'},
  exposed: {legend: 'open fence: DMA goes through during the reset, or after one that failed'},
};
const exposedWords = {
  during: 'DMA goes through during the reset',
  after: 'DMA goes through after a failed reset',
};
const fenceOf = state => state.blocked ? 'blocked' : state.exposed ? 'exposed' : 'open';

const pen = document.createElement('canvas').getContext('2d');
function textWidth(text) {
  pen.font = `bold 12px ${getComputedStyle(document.body).fontFamily}`;
  return pen.measureText(text).width;
}

// Signs that have no room beside each other stand below each other. `places`: the left and right end of each, from left
// to right. Returns the row of each, from 0 on.
const mostRows = 6;  // what has no room even then lies on its neighbour: that takes hundreds of steps
function rowsOf(places) {
  const ends = [];  // where each row is free again
  return places.map(([left, right]) => {
    const free = ends.findIndex(end => end <= left);
    const row = free >= 0 ? free : Math.min(ends.length, mostRows - 1);
    ends[row] = right;
    return row;
  });
}

// Positions in a row at which DMA stands the same way.
function stretchesOf(states) {
  const stretches = [];
  states.forEach((state, position) => {
    const fence = fenceOf(state), exposed = fence === 'exposed' ? state.exposed : '', last = stretches.at(-1);
    if (last?.fence === fence && last.exposed === exposed) last.end = position + 1;
    else stretches.push({fence, exposed, begin: position, end: position + 1});
  });
  return stretches;
}

function fillLegend(list) {
  const item = (drawing, text) => {
    const svg = svgElement('svg', {width: 34, height: 20, 'aria-hidden': 'true'});
    svg.append(...drawing);
    const li = document.createElement('li');
    li.append(svg, text);
    list.append(li);
  };
  item([svgElement('path', {class: 'stairs', d: 'M2 17H10V10H18V3H26V17H32'})],
    'depth: a step up for each scope');
  for (const [fence, {legend}] of Object.entries(fences)) {
    item([svgElement('rect', {class: fence, x: 2, y: 4, width: 30, height: 12})], legend);
  }
  for (const [name, sign] of Object.entries(signs)) item([drawSign(name, 17, 10)], sign.text);
  item([svgElement('rect', {class: 'cursor', x: 10, y: 1, width: 14, height: 18})], 'the step that is shown');
  item([svgElement('path', {class: 'stairs', d: 'M2 17H10V10H18V3H26V17H32'}),
    svgElement('rect', {class: 'veil', x: 0, y: 0, width: 34, height: 20})], 'pale: still to come');
}

class Picture {
  // `go`: is called with the position that was clicked at.
  constructor(parent, go) {
    this.svg = svgElement('svg', {role: 'img', height: 10});
    this.name = document.createElement('p');
    this.name.className = 'picture-name';
    parent.append(this.name, this.svg);
    this.svg.addEventListener('click', event => {
      const x = event.clientX - this.svg.getBoundingClientRect().left;
      go(Math.min(this.count, Math.max(0, Math.floor((x - this.left) / this.slot))));
    });
  }

  // `verdict`: elements that say how it ends, above the picture.
  // `states`: one for each position, from 0 on; `steps`: the same, with null where nothing happens.
  draw(label, verdict, states, steps, highest, width) {
    const left = 56, right = 8, stair = 15, top = 8, rowHeight = 15;
    const base = top + highest * stair, bar = base + 7, barHeight = 17;
    this.left = left;
    this.count = states.length - 1;
    this.slot = (width - left - right) / states.length;
    const x = position => +(left + position * this.slot).toFixed(2);
    const y = depth => base - depth * stair;

    const centre = position => x(position) + this.slot / 2;
    const signed = steps.flatMap((step, position) => {
      const name = step && signOf(step);
      return name ? [{name, position, wrong: step.failed}] : [];
    });
    const rows = rowsOf(signed.map(({name, position}) =>
      [centre(position) - signs[name].size / 2, centre(position) + signs[name].size / 2]));
    // An open fence is named, once for each kind, below its first stretch and within the picture.
    const stretches = stretchesOf(states);
    const warnings = Object.entries(exposedWords).flatMap(([kind, words]) => {
      const found = stretches.find(stretch => stretch.exposed === kind);
      return found ? [{words, left: Math.max(left, Math.min(x(found.begin), width - right - textWidth(words)))}] : [];
    });
    const signY = bar + barHeight + warnings.length * rowHeight + 12;
    const height = signY + Math.max(0, ...rows) * rowHeight + 9;

    this.name.replaceChildren(element('b', '', label), ...verdict);
    const named = warnings.map(warning => `; ${warning.words}`).join('');
    const parts = [svgElement('title', {}, `${label}: depth and DMA, step by step${named}`)];
    this.cursor = svgElement('rect', {class: 'cursor', x: 0, y: 0, width: Math.max(2, this.slot), height});
    parts.push(this.cursor);
    for (let depth = 0; depth <= highest; ++depth) {
      parts.push(svgElement('path', {class: 'grid', d: `M${left} ${y(depth)}H${width - right}`}));
      parts.push(svgElement('text', {x: left - 8, y: y(depth) + 4, 'text-anchor': 'end'}, depth));
    }
    parts.push(svgElement('text', {x: 0, y: y(highest) + 4}, 'depth'));
    parts.push(svgElement('text', {x: 0, y: bar + barHeight - 2}, 'DMA'));

    let stairs = `M${x(0)} ${y(states[0].depth)}`;
    for (let i = 0; i !== states.length; ++i) stairs += `V${y(states[i].depth)}H${x(i + 1)}`;
    parts.push(svgElement('path', {class: 'stairs', d: stairs}));
    for (const {fence, begin, end} of stretches) {
      const boxWidth = x(end) - x(begin), words = fences[fence].words;
      parts.push(svgElement('rect', {class: fence, x: x(begin), y: bar, width: boxWidth, height: barHeight}));
      if (!words || boxWidth < textWidth(words) + 6) continue;
      const middle = {x: x(begin) + boxWidth / 2, y: bar + barHeight - 4.5, 'text-anchor': 'middle'};
      parts.push(svgElement('text', {class: `on-${fence}`, ...middle}, words));
    }
    warnings.forEach((warning, index) => {
      const place = {class: 'warning', x: warning.left, y: bar + barHeight + (index + 1) * rowHeight};
      parts.push(svgElement('text', place, warning.words));
    });
    signed.forEach(({name, position, wrong}, index) => {
      parts.push(drawSign(name, centre(position), signY + rows[index] * rowHeight, wrong));
    });
    // What is still to come is veiled.
    this.veil = svgElement('rect', {class: 'veil', y: 0, width: 0, height});
    parts.push(this.veil);
    this.width = width;
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.setAttribute('width', width);
    this.svg.setAttribute('height', height);
    this.svg.replaceChildren(...parts);
  }

  // At the start nothing is pale: the whole picture is there to be looked at.
  show(position) {
    const begin = this.left + position * this.slot;
    this.cursor.setAttribute('x', begin);
    this.veil.setAttribute('x', begin + this.slot);
    this.veil.setAttribute('width', position === 0 ? 0 : Math.max(0, this.width - begin - this.slot));
  }
}
