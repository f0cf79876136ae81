import { describe, expect, test } from 'vitest';
import {
  addDays, addMinutes, addMonths, daysBetween, isDate, isWall, minutesBetween, monthGrid, parseDate, parseTime,
  showTime, weekday,
} from './civil';

test.each([
  ['2026-09-17', true], ['2026-02-29', false], ['2028-02-29', true], ['2026-9-17', false], ['', false],
])('isDate %s', (date, expected) => expect(isDate(date)).toBe(expected));

test.each([
  ['2026-09-30', 1, '2026-10-01'], ['2026-03-01', -1, '2026-02-28'], ['2026-03-28', 2, '2026-03-30'],
])('addDays %s %i', (date, days, expected) => expect(addDays(date, days)).toBe(expected));

test('weekday, months and distances', () => {
  expect(weekday('2026-09-14')).toBe(1);
  expect(addMonths('2026-12-31', 1)).toBe('2027-01-01');
  expect(daysBetween('2026-10-24', '2026-10-26')).toBe(2);
});

describe('parseDate', () => {
  // 2026-09-16 is a Wednesday.
  test.each([
    ['2026-09-17', '2026-09-17'], [' today ', '2026-09-16'], ['Tomorrow', '2026-09-17'], ['fri', '2026-09-18'],
    ['wednesday', '2026-09-23'], ['17.9.', '2026-09-17'], ['1/10/2027', '2027-10-01'], ['31.2.', null],
    ['soon', null], ['', null],
  ])('%s', (typed, expected) => expect(parseDate(typed, '2026-09-16')).toBe(expected));
});

describe('parseTime', () => {
  test.each([
    ['9', '09:00'], ['9:30', '09:30'], ['0930', '09:30'], ['930', '09:30'], ['2pm', '14:00'], ['12 am', '00:00'],
    ['12pm', '12:00'], ['14h30', '14:30'], ['9.15', '09:15'], ['24', null], ['13pm', null], ['9:60', null], ['x', null],
  ])('%s', (typed, expected) => expect(parseTime(typed)).toBe(expected));
});

test.each([
  ['09:05', false, '09:05'], ['00:05', true, '12:05 am'], ['12:00', true, '12:00 pm'], ['23:59', true, '11:59 pm'],
])('showTime %s', (time, hour12, expected) => expect(showTime(time, hour12)).toBe(expected));

test('wall times', () => {
  expect(addMinutes('2026-09-17T23:30', 60)).toBe('2026-09-18T00:30');
  expect(minutesBetween('2026-09-17T23:30', '2026-09-18T00:30')).toBe(60);
  expect(isWall('2026-09-17T24:00')).toBe(false);
  expect(isWall('2026-09-17T09:00')).toBe(true);
});

test('a month is six weeks that begin on the first day', () => {
  const weeks = monthGrid('2026-09-17', 1);
  expect(weeks[0]).toEqual([
    '2026-08-31', '2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-05', '2026-09-06',
  ]);
  expect(weeks).toHaveLength(6);
  expect(monthGrid('2026-09-17', 0)[0]?.[0]).toBe('2026-08-30');
});
