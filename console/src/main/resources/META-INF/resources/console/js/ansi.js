// Log lines with ANSI colours, cut into spans. Pure; never HTML.

const SEQUENCE = /\x1b\[([0-9;?]*)([@-~])|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[@-Z\\-_]|[\x00-\x08\x0b-\x1f\x7f]/g;

/**
 * @param {string} text one line
 * @returns {{text: string, style: string}[]} spans with a class list such as 'ansi-fg-1 ansi-bold'
 */
export function spans(text) {
  if (!/[\x00-\x08\x0b-\x1f\x7f]/.test(text)) return [{ text, style: '' }];
  const found = [];
  let state = {};
  let begin = 0;
  const add = (end) => {
    if (end > begin) found.push({ text: text.slice(begin, end), style: classes(state) });
  };
  SEQUENCE.lastIndex = 0;
  for (let match = SEQUENCE.exec(text); match; match = SEQUENCE.exec(text)) {
    add(match.index);
    begin = SEQUENCE.lastIndex;
    if (match[2] === 'm') state = next(state, match[1]);
  }
  add(text.length);
  return found;
}

/** A line without its control sequences, for search and copy. */
export function bare(text) {
  return text.replace(SEQUENCE, '');
}

function next(before, parameters) {
  const state = { ...before };
  const codes = parameters === '' ? [0] : parameters.split(';').map(Number);
  for (let i = 0; i < codes.length; i += 1) {
    const code = codes[i];
    if (code === 0) for (const key of Object.keys(state)) delete state[key];
    else if (code === 1) state.bold = true;
    else if (code === 3) state.italic = true;
    else if (code === 4) state.underline = true;
    else if (code === 22) delete state.bold;
    else if (code >= 30 && code <= 37) state.fg = code - 30;
    else if (code >= 90 && code <= 97) state.fg = code - 90 + 8;
    else if (code === 39) delete state.fg;
    else if (code >= 40 && code <= 47) state.bg = code - 40;
    else if (code === 49) delete state.bg;
    else if (code === 38 || code === 48) i += codes[i + 1] === 5 ? 2 : 4;
  }
  return state;
}

function classes(state) {
  const names = [];
  if (state.fg !== undefined) names.push(`ansi-fg-${state.fg}`);
  if (state.bg !== undefined) names.push(`ansi-bg-${state.bg}`);
  for (const name of ['bold', 'italic', 'underline']) if (state[name]) names.push(`ansi-${name}`);
  return names.join(' ');
}
