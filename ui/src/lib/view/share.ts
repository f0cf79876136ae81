// The week on paper and in the clipboard.
import type { App } from '$lib/app/app.svelte';
import { backend } from '$lib/backend';
import { PAGE, type Shape, sheet } from './sheet';

/** So many dots of the picture to one of the page. */
const SHARP = 2;

function family(): string {
  return getComputedStyle(document.body).fontFamily;
}

const font = (size: number, weight: number) => `${weight} ${size}px ${family()}`;

function context(width: number, height: number): CanvasRenderingContext2D {
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  return canvas.getContext('2d')!;
}

/** What is shown; of more than a week that with the day in focus. */
function shapes(app: App): Shape[] {
  const week = app.week.data;
  if (!week) return [];
  const at = Math.floor((app.week.focusedColumn?.dayIndex ?? 0) / 7);
  const columns = week.days.length > 7 ? app.week.columns.filter((column) => Math.floor(column.dayIndex / 7) === at) : app.week.columns;
  const passing = columns.map((column) => ({ ...column, cards: column.cards.filter((view) => app.passes(view.occurrence)) }));
  const style = getComputedStyle(document.documentElement);
  // The light one of each pair: paper is white.
  const colours = Array.from({ length: 10 }, (_, n) => /#\w{6}/.exec(style.getPropertyValue(`--team-${n}`))?.[0] ?? '#8a8a8a');
  const ruler = context(1, 1);
  const measure = (text: string, size: number, weight: number) => {
    ruler.font = font(size, weight);
    return ruler.measureText(text).width;
  };
  return sheet({ week, columns: passing, formats: app.formats, colours, measure });
}

/** The week as a PNG. */
export function picture(app: App): Promise<Blob> {
  const paper = context(PAGE.width * SHARP, PAGE.height * SHARP);
  paper.scale(SHARP, SHARP);
  for (const shape of shapes(app)) {
    paper.fillStyle = shape.fill;
    if (shape.kind === 'text') {
      paper.font = font(shape.size, shape.weight);
      paper.fillText(shape.text, shape.x, shape.y);
      continue;
    }
    paper.fillRect(shape.x, shape.y, shape.width, shape.height);
    if (!shape.line) continue;
    paper.strokeStyle = shape.line;
    paper.setLineDash(shape.dashed ? [3, 2] : []);
    paper.strokeRect(shape.x + 0.5, shape.y + 0.5, shape.width - 1, shape.height - 1);
  }
  return new Promise((done, failed) => paper.canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error())), 'image/png'));
}

/** The page as vectors, so that it is sharp on paper and its words can be found in a PDF. */
function drawing(all: Shape[]): SVGSVGElement {
  const make = <Name extends keyof SVGElementTagNameMap>(name: Name, attributes: Record<string, string | number>) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
    return element;
  };
  const page = make('svg', { viewBox: `0 0 ${PAGE.width} ${PAGE.height}`, class: 'sheet', 'data-testid': 'sheet' });
  for (const shape of all) {
    if (shape.kind === 'text') {
      const words = make('text', { x: shape.x, y: shape.y, fill: shape.fill, 'font-size': shape.size, 'font-weight': shape.weight });
      words.textContent = shape.text;
      page.append(words);
    } else {
      const { x, y, width, height, fill, line, dashed } = shape;
      page.append(make('rect', { x, y, width, height, fill, stroke: line ?? 'none', 'stroke-dasharray': dashed ? '3 2' : 'none' }));
    }
  }
  return page;
}

/** Shows the system's dialog, in which the week is one page. */
export async function print(app: App): Promise<void> {
  document.querySelector('.sheet')?.remove();
  const page = drawing(shapes(app));
  document.body.append(page);
  addEventListener('afterprint', () => page.remove(), { once: true });
  try {
    await backend.print();
  } catch (error) {
    app.failed(error);
  }
}
