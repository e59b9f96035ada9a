// Log lines: a websocket into a ring buffer, about forty rows on the page, search, filters, pause.
import { html, useEffect, useLayoutEffect, useMemo, useRef, useState } from '../lib.js';
import { query, socketUrl } from '../api.js';
import { bare, spans } from '../ansi.js';
import { clock, exact } from '../format.js';
import { LogBuffer, matcher, visible } from '../logbuffer.js';
import { route, setQuery } from '../router.js';
import { set, settings } from '../settings.js';
import { Icon } from './icons.js';

const ROW = 20;
const TAIL = 1_000;
const COLOURS = 8;

/** One line as the buffer keeps it. */
function lineOf(frame) {
  return { source: frame.source ?? '', text: frame.log.replace(/\r?\n$/, ''), error: frame.streamType === 'stderr', time: frame.timestamp };
}

/** Follows a stream of lines; it resumes by position and reports what is no longer kept. */
class Follower {
  constructor(path, filters, { onLines, onNotice, onState }) {
    this.path = path;
    this.filters = filters;
    this.on = { onLines, onNotice, onState };
    this.position = null;
    this.attempts = 0;
    this.pending = [];
    this.open();
  }

  open() {
    const resuming = this.position !== null;
    const asked = resuming ? { since: this.position, grep: this.filters.grep } : this.filters;
    this.socket = new WebSocket(socketUrl(query(this.path, { ...asked, follow: 'true', positions: 'true' })));
    this.socket.onopen = () => {
      this.attempts = 0;
      this.on.onState('live');
    };
    this.socket.onmessage = (message) => this.take(JSON.parse(message.data));
    this.socket.onclose = (closed) => this.lost(closed);
  }

  take(frame) {
    if (frame.position) this.position = frame.position;
    if (frame.type === 'log') {
      this.pending.push(lineOf(frame));
      this.frame ??= requestAnimationFrame(() => this.flush());
    } else if (frame.type === 'error' || frame.error) {
      this.on.onNotice(frame.error ?? frame.message ?? 'The stream ended.');
      if (/410|no longer|not kept/.test(JSON.stringify(frame))) this.position = null;
    }
  }

  flush() {
    this.frame = undefined;
    const lines = this.pending;
    this.pending = [];
    this.on.onLines(lines);
  }

  lost(closed) {
    if (this.ended) return;
    if (closed.reason) this.on.onNotice(closed.reason);
    this.on.onState('lost');
    this.attempts += 1;
    this.timer = setTimeout(() => this.open(), Math.min(15_000, 500 * 2 ** Math.min(5, this.attempts)));
  }

  close() {
    this.ended = true;
    clearTimeout(this.timer);
    if (this.frame) cancelAnimationFrame(this.frame);
    this.socket.close();
  }
}

export function Log({ path, named = false, title }) {
  const { find = '', grep = '', since = '', stream = '', container = '' } = route.value.query;
  const buffer = useMemo(() => new LogBuffer(), [path, grep, since]);
  const [end, setEnd] = useState(0);
  const [state, setState] = useState('connecting');
  const [notices, setNotices] = useState([]);
  useEffect(() => {
    const follower = new Follower(path, { tail: since ? undefined : TAIL, since, grep }, {
      onLines: (lines) => {
        for (const line of lines) buffer.push(line);
        setEnd(buffer.end);
      },
      onNotice: (text) => setNotices((before) => [...before.slice(-4), text]),
      onState: setState,
    });
    return () => follower.close();
  }, [path, grep, since]);

  const found = useMemo(() => matcher(find), [find]);
  const sources = useMemo(() => [...new Set(Array.from({ length: Math.min(buffer.size, 5_000) }, (_, i) => buffer.at(buffer.end - 1 - i)?.source).filter(Boolean))].sort(), [buffer, Math.floor(end / 500)]);
  const filtered = Boolean(stream || container);
  const numbers = useMemo(
    () => (filtered ? buffer.search((line) => (!stream || line.error === (stream === 'stderr')) && (!container || line.source === container), Infinity) : null),
    [buffer, end, stream, container],
  );
  return html`<section class="log" aria-label=${`Log of ${title}`}>
    <${Toolbar} buffer=${buffer} named=${named} sources=${sources} find=${find} found=${found} end=${end} title=${title} state=${state} />
    ${notices.map((text, i) => html`<p class="notice tone-warn" key=${i} role="status">${text}</p>`)}
    <${Lines} buffer=${buffer} numbers=${numbers} end=${end} found=${found} named=${named} />
  </section>`;
}

function Toolbar({ buffer, named, sources, find, found, end, title, state }) {
  const { grep = '', stream = '', container = '', since = '' } = route.value.query;
  const [typed, setTyped] = useState(grep);
  const hits = useMemo(() => (found ? buffer.search((line) => found.test(bare(line.text)), 10_000).length : 0), [found, end]);
  const flag = (key, label) => html`<label class="flag"><input type="checkbox" checked=${settings.value[key]} onChange=${(event) => set({ [key]: event.target.checked })} />${label}</label>`;
  const text = () => Array.from({ length: buffer.size }, (_, i) => buffer.at(buffer.first + i)).map((line) => `${exact(line.time)} ${line.source} ${bare(line.text)}`).join('\n');
  const download = () => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text()], { type: 'text/plain' }));
    link.download = `${title}.log`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return html`<div class="filters log-tools">
    <label class="search"><span class="hidden">Search in the lines shown</span><${Icon} name="search" /><input type="search" id="log-search" placeholder="Search, or /expression/" value=${find} onInput=${(event) => setQuery({ find: event.target.value })} /></label>
    ${find && html`<span class="dim" role="status">${found ? `${hits.toLocaleString('en')} lines` : 'not an expression'}</span>`}
    <form onSubmit=${(event) => { event.preventDefault(); setQuery({ grep: typed }); }}><label><span class="hidden">Only lines that contain</span><input placeholder="Only lines that contain…" value=${typed} onInput=${(event) => setTyped(event.target.value)} onBlur=${() => setQuery({ grep: typed })} /></label></form>
    <label><span class="hidden">From when</span><select value=${since} onChange=${(event) => setQuery({ since: event.target.value ? String(Math.floor(Date.now() / 1000) - Number(event.target.value)) : '' })}>
      <option value="">Last ${TAIL.toLocaleString('en')} lines</option>${since && html`<option value=${since} selected>since ${clock(Number(since))}</option>`}<option value="300">5 min</option><option value="3600">1 h</option><option value="86400">24 h</option></select></label>
    ${named && sources.length > 1 && html`<label><span class="hidden">Container</span><select value=${container} onChange=${(event) => setQuery({ container: event.target.value })}><option value="">All containers</option>${sources.map((one) => html`<option key=${one} value=${one} selected=${one === container}>${one}</option>`)}</select></label>`}
    <label><span class="hidden">Stream</span><select value=${stream} onChange=${(event) => setQuery({ stream: event.target.value })}><option value="">Both streams</option><option value="stdout" selected=${stream === 'stdout'}>stdout</option><option value="stderr" selected=${stream === 'stderr'}>stderr</option></select></label>
    ${flag('timestamps', 'Times')}${flag('wrap', 'Wrap')}${flag('colors', 'Colours')}
    <span class="spread"></span>
    <span class="dim" role="status">${state === 'lost' ? 'Reconnecting…' : state === 'live' ? `${end.toLocaleString('en')} lines` : 'Connecting…'}</span>
    <button type="button" onClick=${download}>Download</button>
  </div>`;
}

function Lines({ buffer, numbers, end, found, named }) {
  const box = useRef(null);
  const pinned = useRef(true);
  const seen = useRef(end);
  const [view, setView] = useState({ top: 0, height: 600 });
  const total = numbers ? numbers.length : buffer.size;
  const { wrap, timestamps, colors } = settings.value;
  const slice = wrap ? { first: Math.max(0, total - 500), rows: Math.min(500, total), above: 0, below: 0 } : visible(total, ROW, view.top, view.height);

  useLayoutEffect(() => {
    const element = box.current;
    const measure = () => setView({ top: element.scrollTop, height: element.clientHeight });
    const onScroll = () => {
      pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < ROW * 2;
      if (pinned.current) seen.current = buffer.end;
      measure();
    };
    measure();
    element.addEventListener('scroll', onScroll, { passive: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', onScroll);
      observer.disconnect();
    };
  }, [buffer]);

  const dropped = useRef(buffer.first);
  useLayoutEffect(() => {
    if (pinned.current) {
      box.current.scrollTop = box.current.scrollHeight;
      seen.current = end;
    } else if (!numbers && buffer.first !== dropped.current) {
      box.current.scrollTop -= (buffer.first - dropped.current) * ROW; // the lines that are read stay where they are
    }
    dropped.current = buffer.first;
  }, [end, total]);

  const number = (i) => (numbers ? numbers[slice.first + i] : buffer.first + slice.first + i);
  const news = pinned.current ? 0 : end - seen.current;
  return html`<div class="log-box">
    <div class="log-lines ${wrap ? 'wrap' : ''}" ref=${box} role="log" aria-live="off" tabindex="0" aria-label="Lines">
      <div style=${{ height: `${slice.above}px` }}></div>
      ${Array.from({ length: slice.rows }, (_, i) => {
        const line = buffer.at(number(i));
        return line && html`<div class="log-line ${line.error ? 'stderr' : ''}" key=${number(i)}>${timestamps && html`<time title=${exact(line.time)}>${clock(line.time)}</time>`}${named && html`<span class="source source-${colourOf(line.source)}">${line.source}</span>`}<${Words} line=${line} found=${found} colors=${colors} /></div>`;
      })}
      <div style=${{ height: `${slice.below}px` }}></div>
      ${total === 0 && html`<p class="dim log-empty">No lines yet.</p>`}
    </div>
    ${news > 0 && html`<button type="button" class="primary log-news" onClick=${() => { pinned.current = true; box.current.scrollTop = box.current.scrollHeight; }}>${news.toLocaleString('en')} new lines</button>`}
  </div>`;
}

/** A colour for a container that stays the same. */
function colourOf(source) {
  let hash = 0;
  for (let i = 0; i < source.length; i += 1) hash = (hash * 31 + source.charCodeAt(i)) >>> 0;
  return hash % COLOURS;
}

function Words({ line, found, colors }) {
  const parts = colors ? spans(line.text) : [{ text: bare(line.text), style: '' }];
  return html`<bdi class="log-text">${parts.map((part, i) => html`<span key=${i} class=${part.style}>${found ? marked(part.text, found) : part.text}</span>`)}</bdi>`;
}

function marked(text, found) {
  const parts = [];
  let at = 0;
  found.pattern.lastIndex = 0;
  for (let match = found.pattern.exec(text); match && parts.length < 200; match = found.pattern.exec(text)) {
    if (match[0] === '') {
      found.pattern.lastIndex += 1;
      continue;
    }
    parts.push(text.slice(at, match.index), html`<mark>${match[0]}</mark>`);
    at = match.index + match[0].length;
  }
  return [...parts, text.slice(at)];
}
