// What the page says about names in a trace: versions, judgements, numbers.
'use strict';

// What sets each version apart. `nested`: said where a second prepare comes inside the first.
const versionWords = {
  linux_7_0: {
    about: 'Has one flag: a second prepare is an error. Done always unblocks.',
    nested: '',
  },
  march_2026: {
    about: 'Proposed. Has one flag: a second prepare is let in, but not counted. Done is skipped after a failure.',
    nested: 'This prepare answers 0 and leaves no trace: it is not counted.',
  },
  linux_7_1: {
    about: 'Counts the depth. Done always unblocks, is not told how the reset ended, and returns nothing.',
    nested: 'This prepare is only counted: the block is there already.',
  },
  quarantine: {
    about: 'Proposed. Counts the depth. Done is told how the outermost reset ended; after a failure the block stays.',
    nested: 'This prepare is only counted: the block is there already.',
  },
  reset_guard: {
    about: 'reset_guard. Counts the depth. Done is told the verdict; success needs evidence; no failure is dropped.',
    nested: 'Counted: prepare is not called again, and the block stays.',
  },
};

const findingWords = {
  honest: ['honest', 'The answer is what became of the device.'],
  false_success: ['a false success', 'It answers success, and the device is not as a reset leaves it.'],
  unblocked_on_failure: ['unblocked after a failure', 'The reset failed, and the device reaches memory.'],
  stuck: ['stuck', 'The next reset of the device, sound again by then, is no success either.'],
  false_alarm: ['a false alarm', 'It answers failure, and the device was reset.'],
  unbalanced: ['unbalanced', 'Something that was changed for the reset was not put back.'],
  unfenced_work: ['unfenced', 'The device was worked on while it could reach memory.'],
  wrong_error: ['the wrong error', 'What failed first is not what is reported.'],
  hung: ['hung', 'Its own handler reset it as its firmware does not survive it.'],
  too_long: ['too long', 'It takes longer than the bound that is documented.'],
};

const errnoNames = {
  '-5': 'EIO', '-12': 'ENOMEM', '-16': 'EBUSY', '-19': 'ENODEV', '-22': 'EINVAL', '-25': 'ENOTTY', '-110': 'ETIMEDOUT',
};

const errnoText = native => errnoNames[native] ? `${native}, ${errnoNames[native]}` : String(native);
const errorText = error => error.native !== 0 ? `${error.code} (${errnoText(error.native)})` : error.code;
const hex = (value, width) => '0x' + value.toString(16).padStart(2 * width, '0');
const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);

function timeText(us) {
  if (us >= 1e6) return `${+(us / 1e6).toFixed(3)} s`;
  return `${+(us / 1e3).toFixed(3)} ms`;
}
