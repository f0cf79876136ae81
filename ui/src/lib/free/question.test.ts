import { expect, test } from 'vitest';
import { newInput } from '$lib/booking/input';
import { firstQuestion, hoursOf, lengthOf, toggled } from './question';

const input = (start: string, end: string, allDay = false) => newInput({ environmentId: '1', teamId: '2', start, end, allDay });

test('as long as the booking is', () => {
  expect(lengthOf(input('2026-09-17T09:00', '2026-09-17T13:00'))).toBe('4h');
  expect(lengthOf(input('2026-09-17T09:00', '2026-09-17T10:30'))).toBe('1h30m');
  expect(lengthOf(input('2026-09-17T09:00', '2026-09-17T09:45'))).toBe('45m');
  expect(lengthOf(input('2026-09-17', '2026-09-18', true))).toBe('2d');
  expect(lengthOf(input('2026-09-17T09:00', '2026-09-17T08:00'))).toBe('2h');
});

test('from the day of the form, but not before today', () => {
  const here = { today: '2026-09-14', environmentId: '7', teamId: '8' };
  const form = input('2026-09-17T09:00', '2026-09-17T13:00');
  expect(firstQuestion(form, { id: '3', recurrenceId: null }, here)).toMatchObject({
    environmentIds: ['1'], reference: { id: '3' }, from: '2026-09-17', to: '2026-09-30', length: '4h',
  });
  expect(firstQuestion(input('2026-09-01T09:00', '2026-09-01T13:00'), null, here).from).toBe('2026-09-14');
  expect(firstQuestion(null, null, here)).toMatchObject({ environmentIds: ['7'], from: '2026-09-14', length: '2h', input: { teamId: '8' } });
});

test('hours as Rust reads them', () => {
  const settings = { workStart: 8, workEnd: 18 };
  const own = { from: '20:00', to: '24:00' };
  expect(hoursOf('any', own, settings)).toBe('');
  expect(hoursOf('working', own, settings)).toBe('08:00-18:00');
  expect(hoursOf('own', own, settings)).toBe('20:00-24:00');
  expect(toggled([1, 2], 2)).toEqual([1]);
  expect(toggled([1], 2)).toEqual([1, 2]);
});
