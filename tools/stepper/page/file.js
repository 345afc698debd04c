// A trace file of the reader's own, as `examples/run.sh --json` writes it.
'use strict';

const isOwn = scenario => scenario.first === null;

// Returns a scenario of its runs. Throws an Error with one line for people.
function scenarioOf(fileName, text) {
  let json;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Error(`${fileName}: this is no JSON.`);
  }
  if (json?.schema === 'reset_guard.methods') {
    throw new Error(`${fileName}: it lists methods, and has no resets. Leave out the word list.`);
  }
  if (json?.schema !== 'reset_guard.trace') throw new Error(`${fileName}: this is no trace of examples/run.sh --json.`);
  if (json.version !== 1) {
    throw new Error(`${fileName}: its version is ${json.version}, and this page knows version 1.`);
  }
  const runs = [];
  for (const entry of Array.isArray(json.functions) ? json.functions : []) {
    if (!entry?.reset?.events?.length) continue;
    checkEvents(fileName, entry);
    runs.push({...entry, label: `${entry.address} ${entry.name ?? ''}`.trim()});
  }
  if (!runs.length) throw new Error(`${fileName}: no device was reset in it, so that there is nothing to play.`);
  const fault = json.fail ? `, with the fault ‘${json.fail}’` : '';
  return {title: fileName, story: `A file of your own: ${plural(runs.length, 'reset')}${fault}.`,
    watch: 'Choose the resets that stand side by side below.', first: null, runs};
}

const accessKinds = ['config_read', 'config_write', 'mmio_read', 'mmio_write'];

function isEvent(event) {
  if (typeof event?.kind !== 'string' || typeof event.function !== 'string') return false;
  if (!Number.isFinite(event.time_us) || typeof event.blocked !== 'boolean') return false;
  // The library's own limit is 50, and a picture has no room for a million.
  if (!Number.isInteger(event.depth) || event.depth < 0 || event.depth > 100) return false;
  if (event.kind === 'sleep') return Number.isFinite(event.length_us);
  const access = accessKinds.includes(event.kind);
  if (!access && event.kind !== 'write_lost') return true;
  const {offset, width} = event.register ?? {};
  if (!Number.isInteger(offset) || !Number.isInteger(width)) return false;
  return !access || (Number.isInteger(event.before) && Number.isInteger(event.after));
}

function checkEvents(fileName, entry) {
  const bad = entry.reset.events.findIndex(event => !isEvent(event));
  if (bad >= 0) throw new Error(`${fileName}: event ${bad + 1} of ${entry.address} is not as it should be.`);
}
