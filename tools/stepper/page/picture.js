// The picture of one run: depth as a staircase, the block as a hatched bar, and signs for what happens. Every position
// gets the same width, since accesses take a microsecond and waits take seconds.
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
  reset: {size: 11, path: 'M-4.5 0A4.5 4.5 0 1 0 4.5 0A4.5 4.5 0 1 0 -4.5 0Z', text: 'the device is reset'},
  fault: {size: 13, path: 'M-4.5 -4.5L4.5 4.5M4.5 -4.5L-4.5 4.5', text: 'a fault is injected'},
  failed: {size: 5, path: 'M0 -6V1.5M0 4V6', text: 'something goes wrong; as it does where another sign is red'},
};

function signOf(step) {
  if (step.sign in signs) return step.sign;
  return step.failed || step.tone === 'bad' ? 'failed' : null;
}

function drawSign(name, x, y, wrong = false) {
  const className = `sign ${name}${wrong ? ' wrong' : ''}`;
  return svgElement('path', {class: className, d: signs[name].path, transform: `translate(${x} ${y})`});
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

function fillLegend(list) {
  const item = (drawing, text) => {
    const svg = svgElement('svg', {width: 34, height: 20, 'aria-hidden': 'true'});
    svg.append(...drawing);
    const li = document.createElement('li');
    li.append(svg, text);
    list.append(li);
  };
  item([svgElement('path', {class: 'stairs', d: 'M2 17H10V10H18V3H26V17H32'})],
    'the depth: a step up for each scope that opens');
  item([svgElement('rect', {class: 'blocked', x: 2, y: 4, width: 30, height: 12})], 'blocked: no DMA');
  item([svgElement('path', {class: 'open', d: 'M2 10H32'})], 'open: DMA goes through');
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

  // `states`: one for each position, from 0 on; `steps`: the same, with null where nothing happens.
  draw(label, states, steps, highest, width) {
    const left = 56, right = 8, stair = 15, top = 8, rowHeight = 14;
    const base = top + highest * stair, bar = base + 7, barHeight = 12, signY = bar + barHeight + 12;
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
    const height = signY + Math.max(0, ...rows) * rowHeight + 9;

    this.name.textContent = label;
    const parts = [svgElement('title', {}, `${label}: depth and block, step by step`)];
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
    for (let begin = 0; begin !== states.length;) {
      let end = begin;
      while (end !== states.length && states[end].blocked === states[begin].blocked) ++end;
      parts.push(states[begin].blocked
        ? svgElement('rect', {class: 'blocked', x: x(begin), y: bar, width: x(end) - x(begin), height: barHeight})
        : svgElement('path', {class: 'open', d: `M${x(begin)} ${bar + barHeight / 2}H${x(end)}`}));
      begin = end;
    }
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

  show(position) {
    const begin = this.left + position * this.slot;
    this.cursor.setAttribute('x', begin);
    this.veil.setAttribute('x', begin + this.slot);
    this.veil.setAttribute('width', Math.max(0, this.width - begin - this.slot));
  }
}
