// The chart on the screen as a picture that stands alone: colours and fonts written into it, with
// a background, its title and its legend.
import type { LegendEntry } from './chart_model';

const copied_properties = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-opacity',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
];
const svg_namespace = 'http://www.w3.org/2000/svg';
const padding_px = 20;
const title_height_px = 34;
const legend_row_px = 22;

export interface ChartPicture {
  svg: string;
  width: number;
  height: number;
}

function element(name: string, attributes: Record<string, string | number>, text?: string) {
  const made = document.createElementNS(svg_namespace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

/** Rows of the legend, broken where the width ends. */
export function legendRows(entries: readonly LegendEntry[], width: number): LegendEntry[][] {
  const rows: LegendEntry[][] = [];
  let used = Infinity;
  for (const entry of entries) {
    const needed = legendWidth(entry);
    if (used + needed > width) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(entry);
    used += needed;
  }
  return rows;
}

const legendWidth = (entry: LegendEntry) => entry.name.length * 7 + 34;

export function pictureOf(
  drawn: SVGSVGElement,
  title: string,
  legend: readonly LegendEntry[],
  host: Element,
): ChartPicture {
  const chartWidth = Number(drawn.getAttribute('width')) || drawn.clientWidth;
  const chartHeight = Number(drawn.getAttribute('height')) || drawn.clientHeight;
  const style = getComputedStyle(host);
  const colourOf = (value: string) => {
    const name = /^var\((--[\w-]+)\)$/.exec(value)?.[1];
    return name ? style.getPropertyValue(name).trim() : value;
  };
  const rows = legendRows(legend, chartWidth);
  const width = chartWidth + 2 * padding_px;
  const top = padding_px + title_height_px + rows.length * legend_row_px;
  const height = top + chartHeight + padding_px;
  const text = { fill: colourOf('var(--text)'), 'font-family': style.fontFamily };

  const root = element('svg', {
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
  });
  root.append(
    element('title', {}, title),
    element('rect', { width, height, fill: colourOf('var(--surface)') }),
    element(
      'text',
      { ...text, x: padding_px, y: padding_px + 14, 'font-size': 16, 'font-weight': 600 },
      title,
    ),
  );
  rows.forEach((row, index) => {
    const y = padding_px + title_height_px + index * legend_row_px;
    let x = padding_px;
    for (const entry of row) {
      root.append(
        element('rect', {
          x,
          y: y - 1,
          width: 11,
          height: 11,
          rx: 3,
          fill: colourOf(entry.colour),
        }),
        element('text', { ...text, x: x + 17, y: y + 9, 'font-size': 12 }, entry.name),
      );
      x += legendWidth(entry);
    }
  });
  const chart = drawn.cloneNode(true) as SVGSVGElement;
  const originals = [drawn, ...drawn.querySelectorAll('*')];
  [chart, ...chart.querySelectorAll('*')].forEach((copy, index) => {
    const original = originals[index];
    if (!original) return;
    const computed = getComputedStyle(original);
    const above = index > 0 && original.parentElement && getComputedStyle(original.parentElement);
    copy.removeAttribute('class');
    copy.removeAttribute('style');
    for (const property of copied_properties) {
      const value = computed.getPropertyValue(property);
      if (!value) continue;
      copy.removeAttribute(property);
      const inherited =
        property !== 'opacity' && above && above.getPropertyValue(property) === value;
      if (!inherited && !(property === 'opacity' && value === '1')) {
        copy.setAttribute(property, value);
      }
    }
  });
  chart.querySelectorAll('title, desc').forEach((empty) => empty.remove());
  chart.setAttribute('x', String(padding_px));
  chart.setAttribute('y', String(top));
  chart.setAttribute('width', String(chartWidth));
  chart.setAttribute('height', String(chartHeight));
  root.append(chart);
  return { svg: new XMLSerializer().serializeToString(root), width, height };
}

const picture_scale = 2;

export async function pngOf(picture: ChartPicture): Promise<Blob> {
  const image = new Image();
  const address = URL.createObjectURL(new Blob([picture.svg], { type: 'image/svg+xml' }));
  try {
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width * picture_scale;
    canvas.height = picture.height * picture_scale;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob) resolve(blob);
        else reject(new Error('The browser made no picture.'));
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
