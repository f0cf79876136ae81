import { describe, expect, test } from 'vitest';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { ViewFilter } from '$lib/bindings/ViewFilter';
import { NO_FILTER, dayFor, daysOf, isFiltering, passes, showsWeekend, toggled } from './views';

test.each([['day', 0, 1], ['days', 0, 3], ['days', 5, 5], ['week', 5, 7], ['workWeek', 0, 7], ['agenda', 0, 7], ['timeline', 0, 14], ['timeline', 28, 28], ['month', 3, 42]] as const)(
  '%s (%i) has %i days', (view, days, expected) => expect(daysOf({ view, days })).toBe(expected));

test.each([['week', true, true], ['week', false, false], ['workWeek', true, false], ['day', false, true], ['agenda', false, true]] as const)(
  '%s, weekend wanted %s: %s', (view, wanted, expected) => expect(showsWeekend(view, wanted)).toBe(expected));

test('another view is about the day looked at, else today, else the first', () => {
  const shown = ['2026-09-14', '2026-09-15', '2026-09-16'];
  expect(dayFor('2026-09-16', '2026-09-15', shown)).toBe('2026-09-16');
  expect(dayFor('2026-09-20', '2026-09-15', shown)).toBe('2026-09-15');
  expect(dayFor(null, '2026-10-01', shown)).toBe('2026-09-14');
  expect(dayFor(null, '2026-10-01', [])).toBe(null);
});

describe('passes', () => {
  const teams = [
    { id: '1', name: 'Infra', code: 'INF', colour: 0, mine: true },
    { id: '2', name: 'Perf', code: 'PER', colour: 1, mine: false },
  ];
  const mine = { teamId: '1', environmentId: 'a', kind: 'deploy', conflicts: [] as string[] } as unknown as Occurrence;
  const theirs = { ...mine, teamId: '2', environmentId: 'b', kind: 'test', conflicts: ['x'] } as unknown as Occurrence;
  test.each<[Partial<ViewFilter>, boolean, boolean]>([
    [{}, true, true], [{ mine: true }, true, false], [{ inConflict: true }, false, true], [{ teams: ['2'] }, false, true],
    [{ environments: ['a'] }, true, false], [{ kinds: ['test'] }, false, true], [{ kinds: ['test', 'deploy'] }, true, true],
    [{ mine: true, inConflict: true }, false, false],
  ])('%o', (change, first, second) => {
    const filter = { ...NO_FILTER, ...change };
    expect([passes(mine, filter, teams), passes(theirs, filter, teams)]).toEqual([first, second]);
    expect(isFiltering(filter)).toBe(Object.keys(change).length > 0);
  });
});

test('toggled', () => {
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggled(['b'], 'a')).toEqual(['b', 'a']);
});
