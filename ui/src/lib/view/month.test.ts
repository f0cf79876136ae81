import { expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import type { Environment } from '$lib/bindings/Environment';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { isoWeek } from '$lib/time/civil';
import { month } from './month';

const DAY = 86_400_000;
const days = Array.from({ length: 14 }, (_, n) => ({ start: n * DAY, minutes: 1440 }) as Day);
const environments = ['a', 'b', 'c'].map((id) => ({ id }) as Environment);
const on = (environmentId: string, from: number, to: number) => ({ environmentId, start: from * DAY, end: to * DAY }) as Occurrence;
const shape = (all: Occurrence[], room: number, day = 0) => {
  const { lines, folded, count } = month(days, environments, all, room)[0]![day]!;
  return [...lines.map((one) => `${one.environment.id}${one.chips.length}+${one.more}`), folded, count];
};

test('a line for each environment that is held, on each day that it is held', () => {
  const all = [on('a', 0, 2), on('b', 0.5, 0.6), on('c', 3, 3.5)];
  expect(shape(all, 3)).toEqual(['a1+0', 'b1+0', 0, 2]);
  expect(shape(all, 3, 1)).toEqual(['a1+0', 0, 1]);
  expect(shape(all, 3, 2)).toEqual([0, 0]);
});

test('nothing is lost where there is no room', () => {
  const all = ['a', 'a', 'a', 'a', 'b', 'c', 'c'].map((one) => on(one, 0.1, 0.2));
  expect(shape(all, 3)).toEqual(['a2+2', 'b1+0', 'c2+0', 0, 7]);
  expect(shape(all, 2)).toEqual(['a2+2', 3, 7]);
  expect(shape(all, 1)).toEqual([7, 7]);
  expect(shape(all, 0)).toEqual([7, 7]);
});

test('days come by week', () => expect(month(days, environments, [], 3).map((week) => week.length)).toEqual([7, 7]));

test.each([['2026-09-14', 38], ['2027-01-03', 53], ['2027-01-04', 1], ['2026-12-31', 53], ['2024-12-30', 1]])('week of %s', (date, week) =>
  expect(isoWeek(date)).toBe(week));
