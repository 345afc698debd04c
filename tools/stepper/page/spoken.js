// What is said of a step to a reader who listens: short, and of one step onward only what it changes.
'use strict';

// `last`: the index of the last step of this lane that has been done, -1: none; `here`: whether it was done just now;
// `onward`: whether the reader went one step on.
function spoken(lane, {last, here, onward, atEnd}) {
  if (onward && !here && !atEnd) return '';
  const step = lane.steps[last], before = lane.steps[last - 1] ?? {depth: 0, blocked: false, exposed: ''};
  const parts = [`${lane.sentence(last, here).replace(/\.$/, '')}.`];
  if (here && step.why) parts.push(step.why);
  const changed = step && (step.depth !== before.depth || step.blocked !== before.blocked ||
    step.exposed !== before.exposed);
  if (step && (changed || !onward)) {
    const dma = step.exposed === 'after' ? 'goes through' : dmaOf(step);  // why it is open is said already
    parts.push(`Depth ${step.depth}, DMA ${dma}.`);
  }
  if (atEnd) parts.push(`It answers ${answerOf(lane.run)}. In truth: ${truthOf(lane.run)}.`);
  return parts.join(' ');
}

// `said`: of each lane, '' for nothing.
function together(lanes, said) {
  if (said[0] !== '' && said[0] === said[1]) return `Both: ${said[0]}`;
  return said.flatMap((text, side) => text ? [`${lanes[side].run.label}: ${text}`] : []).join(' ');
}
