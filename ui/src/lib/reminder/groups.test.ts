import { expect, test } from 'vitest';
import type { Reminder } from '$lib/bindings/Reminder';
import { groups } from './groups';

const reminder = (tag: string, state: Reminder['state']): Reminder => ({
  tag, state, summary: '', body: '', booking: { id: '1', recurrenceId: null }, start: 0, end: 0, until: null,
});

test.each([
  [[], []],
  [['a shown', 'b failed'], ['open a b']],
  [['a missed', 'b shown', 'c missed', 'd snoozed'], ['open b', 'snoozed d', 'missed c a']],
])('%j in groups', (all, expected) => {
  const list = all.map((text) => text.split(' ') as [string, Reminder['state']]).map(([tag, state]) => reminder(tag, state));
  expect(groups(list).map((group) => [group.name, ...group.list.map((one) => one.tag)].join(' '))).toEqual(expected);
});
