import { describe, expect, test } from 'vitest';
import { newInput, parseLeadTimes, suggestCode, withAllDay, withStart, writeLeadTimes } from './input';

const nine = newInput({ environmentId: 'e', teamId: 't', start: '2026-09-17T09:00', end: '2026-09-17T13:00' });

describe('withStart', () => {
  test('from a time that is told with its offset', () =>
    expect(withStart({ ...nine, end: '2026-09-17T10:00+01:00' }, '2026-09-18T09:00').end).toBe('2026-09-18T10:00'));
  test('takes the end with it', () =>
    expect(withStart(nine, '2026-09-18T22:00')).toMatchObject({ start: '2026-09-18T22:00', end: '2026-09-19T02:00' }));
  test('whole days too', () =>
    expect(withStart({ ...nine, allDay: true, start: '2026-09-17', end: '2026-09-19' }, '2026-09-21')).toMatchObject({
      start: '2026-09-21', end: '2026-09-23',
    }));
  test('what cannot be read leaves the end alone', () =>
    expect(withStart(nine, '2026-09-1')).toMatchObject({ start: '2026-09-1', end: nine.end }));
  test('an end before the start does not turn the length round', () =>
    expect(withStart({ ...nine, end: '2026-09-17T08:00' }, '2026-09-17T10:00').end).toBe('2026-09-17T10:00'));
});

describe('withAllDay', () => {
  test('keeps the dates, the last day inclusive', () => {
    expect(withAllDay(nine, true)).toMatchObject({ allDay: true, start: '2026-09-17', end: '2026-09-17' });
    expect(withAllDay({ ...nine, end: '2026-09-18T00:00' }, true).end).toBe('2026-09-17');
  });
  test('and back', () =>
    expect(withAllDay(withAllDay(nine, true), false)).toMatchObject({ start: '2026-09-17T09:00', end: '2026-09-17T10:00' }));
  test('no change is no change', () => expect(withAllDay(nine, false)).toBe(nine));
});

test.each([
  ['60, 10', [60, 10]], ['10 60;10', [60, 10]], ['', []], ['ten', null], ['-5', null],
  ['1 day, 10 min', [1440, 10]], ['10m 2h 1d', [1440, 120, 10]], ['1 Tag, 2 Std., 10 Minuten', [1440, 120, 10]],
  ['3 weeks', null], ['day', null], ['1.5 h', null], ['1 day before', null],
])('lead times %s', (text, expected) => expect(parseLeadTimes(text)).toEqual(expected));

test.each([[[1440, 120, 90, 10], '1 day, 2 h, 90 min, 10 min'], [[2880, 0], '2 days, 0 min'], [[], '']])(
  'lead times %j are written', (minutes, text) => {
    expect(writeLeadTimes(minutes)).toBe(text);
    expect(parseLeadTimes(text)).toEqual(minutes);
  });

test.each([['Infra', 'INF'], ['Load Test Crew', 'LTC'], ['  ', ''], ['QA', 'QA'], ['São Paulo', 'SP']])(
  'code of %s', (name, code) => expect(suggestCode(name)).toBe(code));
