import { describe, expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import { type Place, type Point, dragged, daysDragged, daysStepped, hourAt, samePlace, stepped } from './drag';
import { MINUTE } from './geometry';

const MONDAY = Date.parse('2026-09-13T22:00:00Z');
const days: Day[] = [0, 1, 2].map((n) => ({
  date: `2026-09-${14 + n}`, start: MONDAY + n * 1440 * MINUTE, minutes: 1440,
  hours: Array.from({ length: 24 }, (_, hour) => ({ hour, minute: hour * 60 })),
  change: null, isToday: false, isWeekend: false, workStart: 480, workEnd: 1080,
}));

function at(day: number, minute: number, environmentId = 'staging'): Point {
  return { day: days[day]!, minute, environmentId };
}
function place(day: number, start: number, end: number, environmentId = 'staging'): Place {
  return { environmentId, start: days[day]!.start + start * MINUTE, end: days[day]!.start + end * MINUTE };
}
/** 09:00 to 13:00 on Monday. */
const nine = place(0, 540, 780);

describe('dragged', () => {
  test('moves to another day and environment, held where it was taken', () =>
    expect(dragged('move', nine, at(0, 600), at(1, 665, 'production'), 15)).toEqual(place(1, 600, 840, 'production')));
  test('snaps the start, also of a booking off the quarter', () =>
    expect(dragged('move', place(0, 547, 607), at(0, 560), at(0, 570), 15)).toEqual(place(0, 555, 615)));
  test('in steps of five with Shift', () =>
    expect(dragged('move', nine, at(0, 540), at(0, 547), 5)).toEqual(place(0, 545, 785)));
  test('may begin the day before', () =>
    expect(dragged('move', nine, at(0, 700), at(1, 30), 15)).toEqual(place(1, -135, 105)));
  test('resizes at both ends, never below one step', () => {
    expect(dragged('end', nine, at(0, 780), at(0, 850), 15)).toEqual(place(0, 540, 855));
    expect(dragged('end', nine, at(0, 780), at(0, 100), 15)).toEqual(place(0, 540, 555));
    expect(dragged('start', nine, at(0, 540), at(0, 480), 15)).toEqual(place(0, 480, 780));
    expect(dragged('start', nine, at(0, 540), at(1, 0), 15)).toEqual(place(0, 765, 780));
  });
  test('an end can go into the next day', () =>
    expect(dragged('end', nine, at(0, 780), at(1, 60), 15)).toEqual(place(0, 540, 1500)));
  test('creates downwards, upwards and over midnight', () => {
    const from = at(0, 607);
    const none = place(0, 0, 0);
    expect(dragged('create', none, from, at(0, 700), 15)).toEqual(place(0, 600, 705));
    expect(dragged('create', none, from, at(0, 550), 15)).toEqual(place(0, 555, 615));
    expect(dragged('create', none, from, at(1, 60), 15)).toEqual(place(0, 600, 1500));
    expect(dragged('create', none, from, at(0, 608), 15)).toEqual(place(0, 600, 615));
  });
});

describe('stepped', () => {
  test('by minutes', () => expect(stepped(nine, -15, 0, days)).toEqual(place(0, 525, 765)));
  test('by a day', () => expect(stepped(nine, 0, 1, days)).toEqual(place(1, 540, 780)));
  test('not out of the days shown', () => expect(stepped(nine, 0, -1, days)).toBeNull());
});

describe('whole days', () => {
  const tuesday = place(1, 0, 1440);
  const drag = (mode: Parameters<typeof dragged>[0], from: number, to: number, environmentId = 'staging', was = tuesday) =>
    daysDragged(mode, was, at(from, 0), at(to, 0, environmentId), days);
  test('move by days and to another environment, also out of the days shown', () => {
    expect(drag('move', 1, 2, 'production')).toEqual(place(2, 0, 1440, 'production'));
    expect(drag('move', 2, 0)).toEqual(place(1, -2880, -1440));
    expect(drag('move', 0, 2, 'staging', place(2, 0, 2880))).toEqual(place(2, 2880, 5760));
  });
  test('are resized at both ends, never below one', () => {
    expect(drag('end', 1, 2)).toEqual(place(1, 0, 2880));
    expect(drag('end', 1, 0)).toEqual(tuesday);
    expect(drag('start', 1, 0)).toEqual(place(0, 0, 2880));
    expect(drag('start', 1, 2)).toEqual(tuesday);
    expect(daysStepped('end', tuesday, -1, days)).toEqual(tuesday);
  });
  test('are created in either direction, on one environment', () => {
    expect(drag('create', 0, 1, 'production')).toEqual(place(0, 0, 2880));
    expect(drag('create', 2, 0)).toEqual(place(0, 0, 4320));
    expect(drag('create', 1, 1)).toEqual(tuesday);
  });
  test('that begin at the midnight of another zone go on doing so', () =>
    expect(drag('move', 1, 2, 'staging', place(1, 360, 1800))).toEqual(place(2, 360, 1800)));
});

test('a click books the hour it is in, inside the day', () => {
  expect(hourAt(at(0, 599))).toEqual(place(0, 570, 630));
  expect(hourAt(at(0, 1439))).toEqual(place(0, 1380, 1440));
});

test('places are the same by value', () => {
  expect(samePlace(nine, { ...nine })).toBe(true);
  expect(samePlace(nine, { ...nine, end: 0 })).toBe(false);
});
