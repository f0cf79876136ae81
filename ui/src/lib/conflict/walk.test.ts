import { expect, test } from 'vitest';
import type { Conflict } from '$lib/bindings/Conflict';
import { key, next, open, others } from './walk';

function conflict(id: string, more: Partial<Conflict> = {}): Conflict {
  const member = (uid: string, team: string) => ({
    uid, team, teamId: team, title: '', start: 0, end: 1, reference: { id: uid, recurrenceId: null },
  });
  return {
    id, environmentId: 'staging', kind: 'overlap', severity: 'error', start: 0, end: 1, accepted: null,
    headline: '', explanation: '', bookings: [member('a', 'Infra'), member('b', 'QA'), member('c', 'QA')], ...more,
  };
}
const accepted = { who: 'me', at: 0, reason: 'fine' };

test('walks round, past what is accepted and what is not counted', () => {
  const all = [conflict('1'), conflict('2', { accepted }), conflict('3', { severity: 'info' }), conflict('4')];
  expect(open(all).map((c) => c.id)).toEqual(['1', '4']);
  expect(next(all, null)?.id).toBe('1');
  expect(next(all, '1@0')?.id).toBe('4');
  expect(next(all, '4@0')?.id).toBe('1');
  expect(next(all, 'gone')?.id).toBe('1');
  expect(next([], null)).toBeNull();
});

test('stretches with the same members are walked one by one', () => {
  const all = [conflict('1'), conflict('1', { start: 5 }), conflict('2', { start: 7 })];
  expect(next(all, key(all[0]!))?.start).toBe(5);
  expect(next(all, key(all[1]!))?.id).toBe('2');
});

test('a card names the others once', () => {
  expect(others(conflict('1'), 'a')).toBe('QA');
  expect(others(conflict('1'), 'b')).toBe('Infra, QA');
});
