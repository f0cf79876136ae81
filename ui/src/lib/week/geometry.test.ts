import { describe, expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import {
  MINUTE, axisHours, columnAt, gridMinutes, instantAt, pieces, lane, sameClock, snap, spans, toMinutes,
  toPixels, visibleRows,
} from './geometry';

/** A day whose clock shows these hours, one after the other. */
function day(start: string, hours: number[], change: Day['change'] = null): Day {
  return {
    date: start.slice(0, 10),
    start: Date.parse(start),
    minutes: hours.length * 60,
    hours: hours.map((hour, i) => ({ hour, minute: i * 60 })),
    change, isToday: false, isWeekend: false, workStart: 480, workEnd: 1080,
  };
}
const plain = Array.from({ length: 24 }, (_, hour) => hour);
const spring = plain.filter((hour) => hour !== 2);
const autumn = [0, 1, 2, ...plain.slice(2)];

// Berlin: 2026-10-25 has 25 hours, 2026-03-29 has 23.
const SAT = day('2026-10-23T22:00:00Z', plain);
const SUN = day('2026-10-24T22:00:00Z', autumn, { minute: 180, by: -60 });
const MON = day('2026-10-25T23:00:00Z', plain);
const GAP = day('2026-03-28T23:00:00Z', spring, { minute: 120, by: 60 });

test('pixels and minutes are inverse', () => {
  expect(toPixels(90)).toBe(72);
  for (const minute of [0, 1, 37, 1439]) expect(toMinutes(toPixels(minute))).toBeCloseTo(minute);
});

test.each([[7, 15, 0], [8, 15, 15], [62, 5, 60], [63, 5, 65]])('snap %i to %i', (minute, step, expected) =>
  expect(snap(minute, step)).toBe(expected));

describe('pieces', () => {
  test('22:00 to 06:00 over the autumn night is nine hours in two pieces', () => {
    const found = pieces(instantAt(SAT, 22 * 60), instantAt(SUN, 7 * 60), [SAT, SUN, MON]);
    expect(found).toEqual([{ day: 0, start: 1320, end: 1440 }, { day: 1, start: 0, end: 420 }]);
    expect(found.reduce((sum, piece) => sum + piece.end - piece.start, 0)).toBe(540);
  });
  test('ending at midnight does not touch the next day', () =>
    expect(pieces(SAT.start, SUN.start, [SAT, SUN])).toEqual([{ day: 0, start: 0, end: 1440 }]));
  test('outside is nothing', () => expect(pieces(0, MINUTE, [SAT])).toEqual([]));
});

describe('sameClock', () => {
  test.each([
    ['09:30 stays 09:30 in a long day', 570, SAT, SUN, 630],
    ['and back', 630, SUN, SAT, 570],
    ['02:30 of a gap day is 03:30', 150, SAT, GAP, 150],
    ['the second 02:00 is the first elsewhere', 180, SUN, MON, 120],
    ['09:00 in a short day', 540, SAT, GAP, 480],
  ])('%s', (_, minute, from, to, expected) => expect(sameClock(minute, from, to)).toBe(expected));
});

test('the axis is that of a day without a clock change', () => {
  expect(axisHours([SUN, MON])).toBe(MON.hours);
  expect(gridMinutes([SAT, SUN])).toBe(1500);
});

test.each([[-5, 0], [0, 0], [99, 0], [100, 1], [900, 2]])('column at %i', (x, expected) =>
  expect(columnAt(x, [100, 200, 300])).toBe(expected));

test('rows in sight, with eight to spare', () => {
  expect(visibleRows(0, 400, 40, 5000)).toEqual([0, 18]);
  expect(visibleRows(4000, 400, 40, 5000)).toEqual([92, 118]);
  expect(visibleRows(0, 400, 40, 3)).toEqual([0, 3]);
});

describe('spans', () => {
  const columns = (...each: [share: number, least: number][]) => each.map(([share, least]) => ({ share, least }));
  test('fill the width without a gap', () => {
    const found = spans(1000, columns([1, 40], [1, 40], [0.72, 40]));
    expect(found[0]).toEqual({ left: 0, width: 368 });
    expect(found.reduce((sum, span) => sum + span.width, 0)).toBe(1000);
    found.slice(1).forEach((span, i) => expect(span.left).toBe(found[i]!.left + found[i]!.width));
  });
  test('give nobody less than their least, and the rest by share', () =>
    expect(spans(500, columns([2.2, 52], [0.1, 52], [0.5, 100], [1, 52])).map((span) => span.width)).toEqual([239, 52, 100, 109]));
  test('squeeze, then scroll, where even the least has no room', () => {
    expect(spans(90, columns([1, 50], [3, 50])).map((span) => span.width)).toEqual([45, 45]);
    expect(spans(60, columns([1, 50], [3, 50])).at(-1)).toEqual({ left: 39, width: 38 });
  });
  test('of nothing is nothing', () => expect(spans(100, [])).toEqual([]));
});

test('lanes share a column, with two pixels between them', () => {
  expect(lane(90, 0, 3, 1)).toEqual({ left: 0, width: 28 });
  expect(lane(90, 2, 3, 1)).toEqual({ left: 60, width: 30 });
  expect(lane(90, 1, 3, 2)).toEqual({ left: 30, width: 60 });
  expect(lane(91, 0, 1, 1)).toEqual({ left: 0, width: 91 });
});
