// A ring buffer of log lines, with search. Pure.

/** The newest lines, up to a capacity; each keeps the number that it was given when it came. */
export class LogBuffer {
  constructor(capacity = 200_000) {
    this.capacity = capacity;
    this.lines = [];
    this.first = 0; // number of lines[head]
    this.head = 0;
  }

  get size() {
    return this.lines.length - this.head;
  }

  /** The number that the next line will have. */
  get end() {
    return this.first + this.size;
  }

  push(line) {
    this.lines.push(line);
    if (this.size > this.capacity) {
      this.lines[this.head] = undefined;
      this.head += 1;
      this.first += 1;
      if (this.head > 50_000) {
        this.lines = this.lines.slice(this.head);
        this.head = 0;
      }
    }
  }

  /** The line with this number, undefined if it is gone or has not come yet. */
  at(number) {
    return this.lines[this.head + number - this.first];
  }

  clear() {
    this.lines = [];
    this.first = 0;
    this.head = 0;
  }

  /** The numbers of the lines that a predicate takes, oldest first; at most so many. */
  search(predicate, most = 10_000) {
    const found = [];
    for (let number = this.first; number < this.end && found.length < most; number += 1) {
      if (predicate(this.at(number))) found.push(number);
    }
    return found;
  }
}

/**
 * What a search field means: '/…/' is a regular expression, anything else plain text, case-insensitive.
 * @returns {{test: (text: string) => boolean, pattern: RegExp} | null} null for an empty field or a broken expression
 */
export function matcher(query) {
  if (!query) return null;
  const expression = /^\/(.+)\/(i?)$/.exec(query);
  try {
    const pattern = expression
      ? new RegExp(expression[1], `g${expression[2]}`)
      : new RegExp(query.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
    return {
      pattern,
      test: (text) => {
        pattern.lastIndex = 0;
        return pattern.test(text);
      },
    };
  } catch {
    return null;
  }
}

/** The part of a list that a view shows: first row, number of rows, space above and below in pixels. */
export function visible(total, rowHeight, scrollTop, height, overscan = 6) {
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - overscan);
  const rows = Math.min(total - first, Math.ceil(height / rowHeight) + 2 * overscan);
  return { first, rows: Math.max(0, rows), above: first * rowHeight, below: Math.max(0, (total - first - rows) * rowHeight) };
}
