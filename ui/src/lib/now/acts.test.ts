import { describe, expect, test } from 'vitest';
import type { NowNext } from '$lib/bindings/NowNext';
import { MINUTE } from '$lib/week/geometry';
import { extended, mySlot, released, taken } from './acts';

const at = (minutes: number) => minutes * MINUTE;
const slot = (team: string, start: number, end: number, recurrenceId: number | null = null) =>
  ({ reference: { id: '7', recurrenceId }, team, title: '', start: at(start), end: at(end) });
const line = (now: ReturnType<typeof slot>[], next: ReturnType<typeof slot> | null = null): NowNext =>
  ({ environmentId: 'e', environment: 'staging', now, next, text: '' });

describe('taken', () => {
  test('an hour from this minute', () => expect(taken(line([]), at(10) + 30_000)).toEqual({ start: at(10), end: at(70) }));
  test('or until the next', () => expect(taken(line([], slot('QA', 40, 80)), at(10))).toEqual({ start: at(10), end: at(40) }));
  test('not what is held, or begins at once', () => {
    expect(taken(line([slot('QA', 0, 60)]), at(10))).toBe(null);
    expect(taken(line([], slot('QA', 10, 60)), at(10) + 5)).toBe(null);
  });
});

test('only my slot, and no whole days', () => {
  expect(mySlot(line([slot('QA', 0, 60), slot('Infra', 0, 90)]), ['Infra'])?.end).toBe(at(90));
  expect(mySlot(line([slot('QA', 0, 60)]), ['Infra'])).toBeUndefined();
  expect(mySlot(line([slot('Infra', 0, 2880)]), ['Infra'])).toBeUndefined();
});

test('longer and shorter, of a series only this one', () => {
  const single = slot('Infra', 0, 60);
  expect(extended(line([single]), single)).toMatchObject({ scope: 'all', start: 0, end: at(90), environmentId: 'e' });
  const weekly = slot('Infra', 0, 60, 5);
  expect(released(line([weekly]), weekly, at(20) + 1)).toMatchObject({ scope: 'this', start: 0, end: at(21) });
  expect(released(line([single]), single, 0).end).toBe(at(1));
});
