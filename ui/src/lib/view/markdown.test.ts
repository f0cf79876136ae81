import { expect, test } from 'vitest';
import type { Week } from '$lib/bindings/Week';
import { Formats } from '$lib/time/format';
import { markdown } from './markdown';

test('a list, day by day, with conflicts named and signs escaped', () => {
  const days = ['2026-09-14', '2026-09-15'].map((date, n) => ({ date, start: n * 86_400_000, minutes: 1440 }));
  const week = {
    environments: [{ id: 's', name: 'staging' }], teams: [{ id: 't', name: 'Infra' }],
    conflicts: [{ id: 'c', kind: 'overlap', accepted: null }],
    occurrences: [
      { title: 'load_test *now*', environmentId: 's', teamId: 't', time: '09:00–13:00', start: 1, end: 2, conflicts: ['c'] },
      { title: '', environmentId: 's', teamId: 't', time: '14:00–15:00', start: 3, end: 4, conflicts: [] },
    ],
  } as unknown as Week;
  const formats = new Formats('en-GB', false);
  expect(markdown(week, days as Week['days'], formats)).toBe(`## ${formats.range('2026-09-14', '2026-09-15')}

### Monday, 14 September 2026

- 09:00–13:00 · staging · Infra · load\\_test \\*now\\* · **overlap**
- 14:00–15:00 · staging · Infra

### Tuesday, 15 September 2026

Nothing booked
`);
  expect(markdown(week, [], formats)).toBe('');
});
