// Pixels and time on every day of 2026 on which any zone changes its clocks, and the days beside it.
// The days, and what a clock on the wall shows, come from Rust: `cargo test -p berth-app clock_changes`.
import { describe, expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import golden from '../../../../tests/golden/clock-changes.json';
import { type Point, FINE, STEP, dragged, stepped } from './drag';
import { MINUTE, compact, instantAt, pieces, sameClock, snap, toMinutes, toPixels, wallMinute } from './geometry';

interface Vector {
  zones: string;
  days: (Pick<Day, 'date' | 'start' | 'minutes' | 'change'> & { hours: [minute: number, hour: number][] | null })[];
  clock: [minute: number, shows: number][];
}

const PLAIN = Array.from({ length: 24 }, (_, hour): [number, number] => [hour * 60, hour]);
const vectors = (golden as unknown as Vector[])
  .map(({ zones, days, clock }) => ({
    name: `${days[1]!.date} in ${zones.split(' ')[0]}`,
    days: days.map((day): Day => ({
      ...day, hours: (day.hours ?? PLAIN).map(([minute, hour]) => ({ minute, hour })),
      isToday: false, isWeekend: false, workStart: 480, workEnd: 1080,
    })),
    clock,
  }));

const CENTURY = 1e9;
const steps = (until: number, step: number) => Array.from({ length: Math.floor(until / step) + 1 }, (_, i) => i * step);
const point = (day: Day, minute: number): Point => ({ day, minute, environmentId: 'e' });

/** Minutes since 00:00 of a day that its wall clock shows, as Rust says. */
function shown({ days, clock }: (typeof vectors)[number], index: number, minute: number): number {
  const after = (days[index]!.start - days[0]!.start) / MINUTE + minute;
  const [from, shows] = clock.findLast(([start]) => start <= after)!;
  return shows + after - from - index * 1440;
}

/** Nothing is told of the many that are right. */
function is(found: unknown, wanted: unknown): void {
  if (found !== wanted && JSON.stringify(found) !== JSON.stringify(wanted)) expect(found).toEqual(wanted);
}

test('the zones of the world', () => {
  expect(vectors.length).toBeGreaterThan(40);
  expect(vectors.every(({ days }) => days.length === 3 && days[1]!.minutes !== 1440)).toBe(true);
});

describe.each(vectors)('$name', (vector) => {
  const { days } = vector;
  const all = days.flatMap((day, index) => steps(day.minutes - 1, FINE).map((minute) => ({ day, index, minute })));

  test.each([48, 36])('each instant has one pixel, and each pixel one instant, at %i px an hour', (hour) => {
    compact(hour === 36);
    let last = -CENTURY;
    for (const { day, index, minute } of all) {
      const instant = instantAt(day, minute);
      is(instant > last, true);
      last = instant;
      is(pieces(instant, instant + MINUTE, days), [{ day: index, start: minute, end: minute + 1 }]);
      is(toPixels(minute), (minute * hour) / 60);
      for (const step of [STEP, FINE]) {
        if (minute % step === 0) is(snap(toMinutes(Math.round(toPixels(minute) * 4) / 4), step), minute);
      }
    }
    compact(false);
  });

  test('the clock shows what it shows there', () => {
    for (const { day, index, minute } of all) is(wallMinute(minute, day), shown(vector, index, minute));
    days.forEach((day, index) => {
      const full = steps(day.minutes - 1, 1).filter((minute) => shown(vector, index, minute) % 60 === 0);
      is(day.hours, full.map((minute) => ({ minute, hour: shown(vector, index, minute) / 60 })));
    });
  });

  test.each([STEP, FINE])('a drag in steps of %i ends where it is let go, in either pass', (step) => {
    const was = { environmentId: 'e', start: days[0]!.start + 12 * 60 * MINUTE, end: days[0]!.start + 13 * 60 * MINUTE };
    const [before, changed] = [days[0]!, days[1]!];
    for (const minute of steps(changed.minutes, step)) {
      const there = point(changed, minute);
      const instant = changed.start + minute * MINUTE;
      is(dragged('end', was, point(before, 780), there, step), { ...was, end: instant });
      is(dragged('move', was, point(before, 720), there, step), { ...was, start: instant, end: instant + 60 * MINUTE });
      is(dragged('create', was, point(before, 720), there, step).end, instant);
      const after = { ...was, start: days[2]!.start + 60 * MINUTE, end: days[2]!.start + 120 * MINUTE };
      is(dragged('start', after, point(days[2]!, 60), there, step), { ...after, start: instant });
    }
  });

  test('a day further is the same time of the clock, the first of two, or later by the gap', () => {
    const passes = (index: number, wall: number) => steps(days[index]!.minutes - 1, 1).filter((minute) => shown(vector, index, minute) === wall);
    const by = days[1]!.change?.by ?? 0;
    for (const wall of steps(1439, STEP)) {
      const [first] = passes(1, wall);
      const minute = sameClock(wall, days[0]!, days[1]!);
      if (first === undefined) {
        // Past the end of the day it is that much after the next midnight.
        const index = minute < days[1]!.minutes ? 1 : 2;
        is(shown(vector, index, minute - (index === 2 ? days[1]!.minutes : 0)) + (index - 1) * 1440, wall + by);
      } else is(minute, first);
      const start = days[0]!.start + wall * MINUTE;
      is(stepped({ environmentId: 'e', start, end: start + MINUTE }, 0, 1, days)?.start, days[1]!.start + minute * MINUTE);
    }
    for (const minute of steps(days[1]!.minutes - 1, STEP)) {
      is(sameClock(minute, days[1]!, days[2]!), shown(vector, 1, minute));
      is(sameClock(minute, days[1]!, days[0]!), shown(vector, 1, minute));
    }
  });

  test('no overlap is invented or hidden, and no minute lost', () => {
    const end = days[2]!.start + days[2]!.minutes * MINUTE;
    const bookings = steps((end - days[0]!.start) / MINUTE - 1, 30).map((minute, n) => {
      const start = days[0]!.start + minute * MINUTE;
      return { start, end: Math.min(start + (15 + ((n * 75) % 1_500)) * MINUTE, end) };
    });
    const drawn = bookings.map((one) => pieces(one.start, one.end, days));
    bookings.forEach((a, i) => {
      is(drawn[i]!.reduce((sum, piece) => sum + piece.end - piece.start, 0), (a.end - a.start) / MINUTE);
      const beside = bookings.map((_, j) => drawn[i]!.some((one) => drawn[j]!.some((other) => one.day === other.day && one.start < other.end && other.start < one.end)));
      is(beside, bookings.map((b) => a.start < b.end && b.start < a.end));
    });
  });
});
