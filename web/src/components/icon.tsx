// Our own drawings on a 20 × 20 grid, stroked in the text's colour.
const drawings = {
  plus: 'M10 4v12M4 10h12',
  search: 'M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M13 13l4 4',
  close: 'M5 5l10 10M15 5L5 15',
  menu: 'M3 6h14M3 10h14M3 14h14',
  panel: 'M3 4.5h14v11H3zM8 4.5v11',
  schema:
    'M10 3.5c3.6 0 6.5 1 6.5 2.3S13.6 8.1 10 8.1 3.5 7.1 3.5 5.8 6.4 3.5 10 3.5M3.5 5.8v8.4c0 1.3 2.9 2.3 6.5 2.3s6.5-1 6.5-2.3V5.8M3.5 10c0 1.3 2.9 2.3 6.5 2.3s6.5-1 6.5-2.3',
  send: 'M10 16V4.5M5 9l5-5 5 5',
  stop: 'M6 6h8v8H6z',
  copy: 'M7 7h9v9H7zM4 13V4h9',
  check: 'M4 10.5l4 4 8-9',
  chevron: 'M7 4.5l5.5 5.5L7 15.5',
  down: 'M4.5 7.5L10 13l5.5-5.5',
  more: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  edit: 'M4 16l.8-3.4L13.5 4l2.5 2.5-8.6 8.7z',
  mended:
    'M13.8 3.5a4 4 0 0 0-5.2 5.1L3.5 13.7l2.8 2.8 5.1-5.1a4 4 0 0 0 5.1-5.2l-2.4 2.4-2.4-.4-.4-2.4z',
  trash: 'M4 6h12M8 6V4h4v2M5.5 6l.7 10.5h7.6L14.5 6M8.5 9v5M11.5 9v5',
  up_vote: 'M7 9l3-6c1.5 0 2 .8 2 2v3h4l-1.2 8H7zM7 9H4v7h3',
  down_vote: 'M7 11l3 6c1.5 0 2-.8 2-2v-3h4l-1.2-8H7zM7 11H4V4h3',
  chart: 'M4 16V10M8 16V5M12 16v-8M16 16V7',
  download: 'M10 4v8.5M6 9l4 4 4-4M4 16.5h12',
  run: 'M6.5 4.5l9 5.5-9 5.5z',
  warning: 'M10 3.5l7.5 13h-15zM10 8v4M10 14.3h.01',
  info: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 9v5M10 6.3h.01',
  help: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M8 8c0-1.2.9-2 2-2s2 .8 2 1.9c0 1.4-2 1.6-2 3M10 13.8h.01',
  sun: 'M10 6.7a3.3 3.3 0 1 1 0 6.6 3.3 3.3 0 0 1 0-6.6M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M4.3 15.7l1.1-1.1M14.6 5.4l1.1-1.1',
  moon: 'M16 11.5A6.5 6.5 0 0 1 8.5 4 6.5 6.5 0 1 0 16 11.5',
  system: 'M3 4.5h14v9H3zM7.5 16.5h5M10 13.5v3',
  key: 'M7 8.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6M9.3 9.7L16 3.5M13 6.3l2.5 2.2',
  link: 'M8.5 11.5a3 3 0 0 0 4.3 0l2.7-2.7a3 3 0 0 0-4.3-4.3l-1 1M11.5 8.5a3 3 0 0 0-4.3 0l-2.7 2.7a3 3 0 0 0 4.3 4.3l1-1',
  retry: 'M15.5 8A6 6 0 1 0 16 11.5M16 4v4h-4',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14M10 6v4.3l2.8 1.7',
  table: 'M3 4.5h14v11H3zM3 8.5h14M3 12h14M8 8.5v7',
  tag: 'M3.5 3.5h6l7 7-6 6-7-7zM7 7h.01',
} as const;

export type IconName = keyof typeof drawings;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={drawings[name]} />
    </svg>
  );
}
