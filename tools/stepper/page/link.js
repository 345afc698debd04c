// A link to a step: what its address says after the '#'.
'use strict';

const nameOf = scenario => scenario.title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

// `runs`: those that are shown, left and right; null for none. A file of the reader's own is in no address.
function linkTo(scenario, runs, position) {
  if (isOwn(scenario)) return null;
  const [left, right] = runs.map(run => run?.variant ?? 'none');
  return `scenario=${nameOf(scenario)}&left=${left}&right=${right}&step=${position}`;
}

// Returns the scenario's index, the runs' indices (-1 for none, no entry for what is not named) and the position; null
// if this is no link to a step. Throws an Error with the end of a sentence for people.
function readLink(text, scenarios) {
  if (text === '' || byId(text)) return null;
  const said = new URLSearchParams(text);
  const name = said.get('scenario');
  const scenario = scenarios.findIndex(each => !isOwn(each) && nameOf(each) === name);
  if (scenario < 0) throw new Error(name ? `it has no scenario ‘${name.slice(0, 30)}’` : 'no scenario is named');
  const shown = ['left', 'right'].map(side => {
    const version = said.get(side);
    if (version === null) return undefined;
    const run = scenarios[scenario].runs.findIndex(each => each.variant === version);
    if (run < 0 && (version !== 'none' || side === 'right')) {
      throw new Error(`it has no version ‘${version.slice(0, 30)}’ for the ${side}`);
    }
    return run;
  });
  const step = said.get('step') ?? '0';
  if (!/^\d{1,6}$/.test(step)) throw new Error(`‘${step.slice(0, 30)}’ is no step`);
  return {scenario, shown, position: Number(step)};
}
