// A terminal in a container, over the whole window.
import { html, useEffect, useRef, useState } from '../lib.js';
import { query, socketUrl, url } from '../api.js';
import { plain } from '../format.js';
import { href, route } from '../router.js';
import { useResource } from '../store.js';

export default function TerminalPage() {
  const [, uuid] = route.value.path;
  const container = useResource(url('app', `container/${uuid}/`), [`container:${uuid}`]);
  const [command, setCommand] = useState('sh');
  const [run, setRun] = useState({ command: 'sh', number: 0 });
  const [ended, setEnded] = useState(null);
  return html`<div class="terminal-page">
    <header><a href=${href(['containers', uuid])}>← <bdi>${plain(container.data?.name ?? 'container')}</bdi></a>
      <form onSubmit=${(event) => { event.preventDefault(); setEnded(null); setRun({ command, number: run.number + 1 }); }}>
        <label>Command <input class="mono" value=${command} spellcheck="false" onInput=${(event) => setCommand(event.target.value)} /></label><button>Run again</button></form>
      <span class="dim">Ctrl-Shift-Esc leaves the terminal</span></header>
    ${ended && html`<p class="notice" role="status">${plain(ended, 500)}</p>`}
    <${Terminal} key=${run.number} uuid=${uuid} command=${run.command} onEnd=${setEnded} />
  </div>`;
}

function Terminal({ uuid, command, onEnd }) {
  const box = useRef(null);
  useEffect(() => {
    let socket;
    let terminal;
    let observer;
    let closed = false;
    (async () => {
      const [{ Terminal: Xterm }, { FitAddon }] = await Promise.all([import('@xterm/xterm'), import('@xterm/addon-fit'), sheet()]);
      if (closed) return;
      terminal = new Xterm({ cursorBlink: true, fontFamily: 'ui-monospace, monospace', fontSize: 14, screenReaderMode: true, scrollback: 10_000 });
      const fit = new FitAddon();
      terminal.loadAddon(fit);
      terminal.open(box.current);
      fit.fit();
      terminal.focus();
      terminal.attachCustomKeyEventHandler((event) => {
        if (event.type === 'keydown' && event.ctrlKey && event.shiftKey && event.key === 'Escape') {
          document.querySelector('.terminal-page header a').focus();
          return false;
        }
        return true;
      });
      socket = new WebSocket(socketUrl(query(url('app', `container/${uuid}/exec/`), { command, w: terminal.cols, h: terminal.rows })));
      socket.onmessage = (message) => show(JSON.parse(message.data));
      socket.onclose = (event) => !closed && onEnd((before) => before ?? (event.reason || 'The terminal has ended.'));
      terminal.onData((text) => socket.readyState === WebSocket.OPEN && socket.send(text));
      terminal.onResize(({ cols, rows }) => socket.readyState === WebSocket.OPEN && socket.send(JSON.stringify({ type: 'resize', w: cols, h: rows })));
      observer = new ResizeObserver(() => fit.fit());
      observer.observe(box.current);
      function show(frame) {
        if (frame.output !== undefined) terminal.write(frame.output);
        if (frame.type === 'exit') onEnd(frame.code === null ? `Ended: ${frame.reason}` : `The command exited with code ${frame.code}.`);
        if (frame.type === 'error' || frame.error) onEnd(frame.error ?? frame.message);
      }
    })();
    return () => {
      closed = true;
      observer?.disconnect();
      socket?.close();
      terminal?.dispose();
    };
  }, []);
  return html`<div class="terminal" ref=${box}></div>`;
}

/** xterm's own style sheet, loaded once. */
function sheet() {
  if (document.querySelector('link[data-xterm]')) return undefined;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.dataset.xterm = '';
  link.href = new URL('../../vendor/xterm.css', import.meta.url).href;
  return new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
}
