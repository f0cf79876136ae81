import { expect, test } from 'vitest';
import type { GoBack } from '$lib/bindings/GoBack';
import { changesOf, nameOf } from './changes';

const NOTHING: GoBack = {
  words: 'of Mon 30 Nov 2026', added: 0, gone: 0, changed: 0, backItems: [], goneItems: [], changedItems: [], others: [],
};

test('kinds without a booking are left out, and the order stays', () => {
  expect(changesOf(NOTHING)).toEqual([]);
  const one = { id: '1', words: '“load test” on staging', becomes: null };
  const found = changesOf({ ...NOTHING, added: 700, backItems: [one], changed: 1, changedItems: [one] });
  expect(found.map(({ kind, count }) => [kind, count])).toEqual([['back', 700], ['changed', 1]]);
});

test.each([
  ['day-2026-11-30', '<2026-11-30>'],
  ['week-2026-W08', 'Week 8 of 2026'],
  ['before-2026-11-30-2', 'Before going back on <2026-11-30>'],
  ['schema-2-0', 'Before a new version'],
  ['day-soon', 'day-soon'],
  ['my own copy', 'my own copy'],
])('%s is called %s', (name, called) => expect(nameOf(name, (date) => `<${date}>`)).toBe(called));
