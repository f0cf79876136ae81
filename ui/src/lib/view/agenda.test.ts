import { expect, test } from 'vitest';
import type { Day } from '$lib/bindings/Day';
import type { Occurrence } from '$lib/bindings/Occurrence';
import { agenda } from './agenda';

const HOUR = 3_600_000;
const day = (n: number) => ({ date: `2026-09-1${n}`, start: n * 24 * HOUR, minutes: 1440 }) as Day;
const on = (title: string, from: number, to: number, allDay = false) =>
  ({ title, start: from * HOUR, end: to * HOUR, allDay }) as Occurrence;

test('each day lists what touches it, whole days first, then what goes on, then by start', () => {
  const all = [on('late', 22, 26), on('nine', 33, 34), on('eight', 32, 33), on('day', 24, 48, true), on('next', 48, 49), on('instant', 24, 24)];
  const titles = agenda([day(0), day(1)], all).map(({ entries }) => entries.map(({ occurrence, began }) => occurrence.title + (began ? ' …' : '')));
  expect(titles).toEqual([['late'], ['day', 'late …', 'instant', 'eight', 'nine']]);
});
