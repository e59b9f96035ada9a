// Icons as inline SVG, 16 × 16, drawn in the colour of the text. Decoration: hidden from screen readers.
import { html } from '../lib.js';

const PATHS = {
  overview: 'M2 2h5v5H2zM9 2h5v3H9zM9 7h5v7H9zM2 9h5v5H2z',
  services: 'M8 1 14 4.5 8 8 2 4.5zM2 8l6 3.5L14 8M2 11.5 8 15l6-3.5',
  stacks: 'M2 3h12v3H2zM2 7h12v3H2zM2 11h12v3H2z',
  nodes: 'M2 2h12v5H2zM2 9h12v5H2zM4.5 4.5h1M4.5 11.5h1',
  actions: 'M8 1.5A6.5 6.5 0 1 0 14.5 8M8 4v4.3l2.6 1.6M11 1.5h3.5V5',
  accounts: 'M8 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM2 14.5c.6-3 3-4.5 6-4.5s5.400 1.500 6 4.500',
  good: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM5 8.200l2.200 2.200L11.200 6',
  busy: 'M8 1.500a6.500 6.500 0 1 1-6.500 6.500',
  warn: 'M8 2 15 14H1zM8 6.500v3.500M8 12v.3',
  bad: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM5.500 5.500l5 5M10.500 5.500l-5 5',
  idle: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM5 8h6',
  search: 'M7 2a5 5 0 1 0 0 10A5 5 0 0 0 7 2zM10.700 10.700 14.500 14.500',
  play: 'M4 2.500v11l9-5.500z',
  stop: 'M3.500 3.500h9v9h-9z',
  redeploy: 'M13.500 3v4h-4M13 7A5.500 5.500 0 1 0 13.500 9.500',
  scale: 'M8 2v12M2 8h12',
  trash: 'M2.500 4h11M6 4V2.500h4V4M4 4l.700 9.500h6.600L12 4',
  log: 'M3 2h10v12H3zM5 5h6M5 8h6M5 11h4',
  terminal: 'M1.500 2.500h13v11h-13zM4 6l2.500 2L4 10M8 10.500h4',
  why: 'M8 1.500a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM6 6.200C6 4.900 6.900 4.300 8 4.300s2 .700 2 1.800c0 1.500-2 1.500-2 3M8 11.500v.3',
  copy: 'M5 5h8.500v8.500H5zM3 11H2.500V2.500H11V3',
  more: 'M3 8h.3M8 8h.3M13 8h.3',
  close: 'M3 3l10 10M13 3 3 13',
  plus: 'M8 2.500v11M2.500 8h11',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.500M8 13.500V15M1 8h1.500M13.500 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.500 10A6 6 0 0 1 6 2.500a6 6 0 1 0 7.500 7.500z',
  auto: 'M8 1.500a6.500 6.500 0 1 0 0 13zM8 1.500a6.500 6.500 0 0 1 0 13',
  link: 'M6 4H2.500v9.500H12V10M8 2h6v6M14 2 7.500 8.500',
  restore: 'M2.500 3v4h4M3 7a5.500 5.500 0 1 1-.500 2.500',
  down: 'M3 6l5 5 5-5',
  right: 'M6 3l5 5-5 5',
  key: 'M5.500 6a3.500 3.500 0 1 0 0 5 3.500 3.500 0 0 0 0-5zM8 8.500h6.500M12 8.500v3',
  upload: 'M8 11V2M4.500 5.500 8 2l3.500 3.500M2.500 11v3h11v-3',
  menu: 'M2 4h12M2 8h12M2 12h12',
};

export function Icon({ name, spin = false }) {
  return html`<svg class="icon ${spin ? 'spin' : ''}" viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=${PATHS[name]} /></svg>`;
}
