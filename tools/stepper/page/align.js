// Two lists of steps side by side: what both do stands in one row, as in a comparison of two texts.
'use strict';

// Both look at registers and wait all the time: that says little about what belongs together.
const weightOf = step => ({look: 1, wait: 2}[step.sign] ?? 5);

// Returns the rows, each [index in `left` or null, index in `right` or null].
function align(left, right) {
  const best = Array.from({length: left.length + 1}, () => new Float64Array(right.length + 1));
  for (let i = left.length; i-- > 0;) {
    for (let j = right.length; j-- > 0;) {
      best[i][j] = Math.max(best[i + 1][j], best[i][j + 1]);
      if (left[i].key === right[j].key) best[i][j] = Math.max(best[i][j], best[i + 1][j + 1] + weightOf(left[i]));
    }
  }

  const rows = [];
  let lonelyLeft = [], lonelyRight = [];
  const flush = () => {  // what only one side does goes by at the same time as what only the other one does
    for (let k = 0; k < Math.max(lonelyLeft.length, lonelyRight.length); ++k) {
      rows.push([lonelyLeft[k] ?? null, lonelyRight[k] ?? null]);
    }
    lonelyLeft = [];
    lonelyRight = [];
  };
  let i = 0, j = 0;
  while (i < left.length && j < right.length) {
    if (left[i].key === right[j].key && best[i][j] === best[i + 1][j + 1] + weightOf(left[i])) {
      flush();
      rows.push([i++, j++]);
    } else if (best[i + 1][j] >= best[i][j + 1]) {
      lonelyLeft.push(i++);
    } else {
      lonelyRight.push(j++);
    }
  }
  while (i < left.length) lonelyLeft.push(i++);
  while (j < right.length) lonelyRight.push(j++);
  flush();
  return rows;
}
