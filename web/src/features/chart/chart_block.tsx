import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { ChartChoice, ResultColumn, Visualization } from '../../api/protocol';
import { Menu, MenuItem } from '../../components/menu';
import { useToast } from '../../components/toast';
import { fileName, saveFile } from '../../lib/save_file';
import { ChartAxes } from './chart_axes';
import { pictureOf, pngOf } from './chart_file';
import { describeChart, isDrawn, kind_names, legendOf } from './chart_model';
import { NumberCard } from './number_card';
import './chart.css';

const ChartCanvas = lazy(() => import('./chart_canvas'));

interface ChartBlockProps {
  chart: Visualization;
  columns: readonly ResultColumn[];
  onChoose: (choice: ChartChoice) => void;
}

export function ChartBlock({ chart, columns, onChoose }: ChartBlockProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const show = useToast();
  const drawn = isDrawn(chart.kind) && chart.kind !== 'number';

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.floor(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, [drawn]);

  const legend = drawn ? legendOf(chart) : [];

  async function save(format: 'png' | 'svg') {
    const svg = place.current?.querySelector<SVGSVGElement>('svg.recharts-surface');
    if (!svg || !place.current) return;
    try {
      const picture = pictureOf(svg, chart.title, legend, place.current);
      const content =
        format === 'svg'
          ? new Blob([picture.svg], { type: 'image/svg+xml' })
          : await pngOf(picture);
      saveFile(content, fileName(chart.title, format));
    } catch {
      show({ text: 'The browser could not make the picture.', bad: true });
    }
  }

  const kinds = chart.available.filter((kind) => kind !== 'none');
  const notes = chart.notes ?? [];
  if (!isDrawn(chart.kind) && kinds.length < 2 && notes.length === 0) return null;
  return (
    <figure className="chart">
      <header className="chart-head">
        <figcaption className="chart-title">{isDrawn(chart.kind) ? chart.title : ''}</figcaption>
        {kinds.length > 1 && (
          <Menu label="Kind of chart" icon="chart" text={kind_names[chart.kind]}>
            {(close) => (
              <>
                <p className="menu-heading">{chart.reason}</p>
                {kinds.map((kind) => (
                  <MenuItem
                    key={kind}
                    chosen={kind === chart.kind}
                    onSelect={() => {
                      close();
                      if (kind !== chart.kind) onChoose({ kind });
                    }}
                  >
                    {kind_names[kind]}
                  </MenuItem>
                ))}
              </>
            )}
          </Menu>
        )}
        {drawn && columns.length > 1 && (
          <Menu label="Columns of the chart" icon="edit" kind="panel">
            {(close) => (
              <ChartAxes
                chart={chart}
                columns={columns}
                onChoose={(choice) => {
                  close();
                  onChoose(choice);
                }}
              />
            )}
          </Menu>
        )}
        {drawn && (
          <Menu label="Download the chart" icon="download">
            {(close) =>
              (['png', 'svg'] as const).map((format) => (
                <MenuItem
                  key={format}
                  icon="download"
                  onSelect={() => {
                    close();
                    void save(format);
                  }}
                >
                  {format === 'png' ? 'Picture (PNG)' : 'Drawing (SVG)'}
                </MenuItem>
              ))
            }
          </Menu>
        )}
      </header>
      {chart.kind === 'number' && (
        <NumberCard chart={chart} column={columns[chart.y_columns?.[0] ?? 0]} />
      )}
      {drawn && (
        <>
          {legend.length > 0 && (
            <ul className="chart-legend" aria-label="Legend">
              {legend.map((entry, index) => (
                <li key={index}>
                  <i style={{ background: entry.colour }} />
                  {entry.name}
                </li>
              ))}
            </ul>
          )}
          <div ref={place} className="chart-place" role="img" aria-label={describeChart(chart)}>
            <Suspense fallback={<div className="chart-waiting" />}>
              {width > 0 && <ChartCanvas chart={chart} width={width} />}
            </Suspense>
          </div>
        </>
      )}
      {notes.map((note) => (
        <p key={note} className="chart-note">
          {note}
        </p>
      ))}
    </figure>
  );
}
