import { expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import type { Week } from '$lib/bindings/Week';
import { Formats } from '$lib/time/format';
import { layout } from '$lib/week/columns';
import { PAGE, type Shape, mixed, sheet } from './sheet';

const HOUR = 3_600_000;
const hours = Array.from({ length: 24 }, (_, hour) => ({ hour, minute: hour * 60 }));
const days = Array.from({ length: 7 }, (_, n): Day => ({
  date: `2026-09-${14 + n}`, start: n * 24 * HOUR, minutes: 1440, hours, change: null, isToday: false, isWeekend: n > 4,
  workStart: n > 4 ? 0 : 540, workEnd: n > 4 ? 0 : 1080,
}));

/** Bookings of an hour and a half, three abreast, from four in the morning on. */
function week(count: number): Week {
  const at = (n: number) => ({ day: n % 5, lane: Math.floor(n / 5) % 3, hour: 4 + Math.floor(n / 15) * 2 });
  const all = Array.from({ length: count }, (_, n) => n);
  return {
    days, environments: [{ id: 's', name: 'staging' }, { id: 'p', name: 'production' }],
    teams: [{ id: 't', name: 'Infra', code: 'INF', colour: 0 }],
    occurrences: all.map((n) => ({ key: `${n}`, teamId: 't', environmentId: 's', title: `load test ${n}`, time: '04:00–05:30', conflicts: n === 0 ? ['c'] : [] })),
    blocks: all.map((n) => ({ occurrence: n, day: at(n).day, environmentId: 's', start: at(n).hour * 60, end: at(n).hour * 60 + 90, lane: at(n).lane, lanes: 3, span: 1 })),
    bars: [{ occurrence: 0, day: 1, days: 3, environmentId: 'p', line: 1 }], folds: [],
    conflicts: [{ id: 'c', kind: 'overlap', severity: 'error', accepted: null }],
    marks: count ? [{ conflict: 0, day: 0, environmentId: 's', start: 240, end: 300 }] : [],
  } as unknown as Week;
}

const drawn = (count: number): Shape[] => {
  const shown = week(count);
  return sheet({ week: shown, columns: layout(shown, true), formats: new Formats('en-GB', false), colours: Array<string>(10).fill('#e69f00'), measure: (text, size) => text.length * size * 0.55 });
};
const words = (shapes: Shape[]) => shapes.flatMap((shape) => (shape.kind === 'text' ? shape.text : []));

test.each([1, 20, 100])('%i bookings stay on the page', (count) => {
  for (const shape of drawn(count)) {
    const [right, bottom] = shape.kind === 'rect' ? [shape.x + shape.width, shape.y + shape.height] : [shape.x + shape.text.length * shape.size * 0.55, shape.y];
    expect([shape.x >= 0, shape.y >= 0, right <= PAGE.width + 0.5, bottom <= PAGE.height], JSON.stringify(shape)).toEqual([true, true, true, true]);
  }
});

test('says what is booked, by whom, when, and what is in conflict', () => {
  const said = words(drawn(1)).join(' ');
  for (const one of ['Mon 14', 'Sun 20', 'staging', 'INF', 'load', 'overlap', '04:00–05:30', 'INF Infra', '04:00', '17:00']) expect(said).toContain(one);
  expect(said).not.toContain('03:00');
  expect(words(drawn(0)).join(' ')).toContain('08:00');
});

test('no card lies over another', () => {
  const cards = drawn(90).flatMap((shape) => (shape.kind === 'rect' && shape.line ? [shape] : []));
  expect(cards.length).toBe(90);
  for (const a of cards) for (const b of cards) {
    const apart = a === b || a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
    expect(apart).toBe(true);
  }
});

test('a tint is so much of a colour on white', () => {
  expect(mixed('#000000', 0.5)).toBe('#808080');
  expect(mixed('#e69f00', 0)).toBe('#ffffff');
});
