import { expect, test } from 'vitest';
import { Formats, wallOf } from './format';

const THURSDAY_NINE = Date.parse('2026-09-17T07:00:00Z');
const BERLIN = 'Europe/Berlin';

test('an instant on the wall clock of a zone', () => {
  expect(wallOf(THURSDAY_NINE, BERLIN)).toBe('2026-09-17T09:00');
  expect(wallOf(THURSDAY_NINE, 'America/New_York')).toBe('2026-09-17T03:00');
  expect(wallOf(Date.parse('2026-09-17T22:00:00Z'), BERLIN)).toBe('2026-09-18T00:00');
});

test.each([
  ['2026-10-25T00:45Z', BERLIN, '2026-10-25T02:45'],
  ['2026-10-25T01:00Z', BERLIN, '2026-10-25T02:00+01:00'],
  ['2026-10-25T01:59Z', BERLIN, '2026-10-25T02:59+01:00'],
  ['2026-10-25T02:00Z', BERLIN, '2026-10-25T03:00'],
  ['2026-03-29T01:00Z', BERLIN, '2026-03-29T03:00'],
  ['2026-11-01T06:15Z', 'America/New_York', '2026-11-01T01:15-05:00'],
  ['2026-04-04T15:15Z', 'Australia/Lord_Howe', '2026-04-05T01:45+10:30'],
])('the second pass is told by its offset: %s in %s', (instant, zone, wall) =>
  expect(wallOf(Date.parse(instant.replace('Z', ':00Z')), zone)).toBe(wall));

test('in German', () => {
  const german = new Formats('de-AT', false, 'de');
  expect(german.range('2026-09-14', '2026-09-20')).toMatch(/^14\.\s?–\s?20\. September 2026$/);
  expect(german.fullDate('2026-09-17')).toBe('Donnerstag, 17. September 2026');
  expect(german.month('2026-01-01')).toBe('Jänner 2026');
  expect(german.moment(THURSDAY_NINE, BERLIN)).toMatch(/^Do\.?,? 17\. Sep\.?,? 09:00$/);
  expect(new Formats('en-GB', false, 'de').number(12345)).toBe('12.345');
});

test('words follow the language, the clock follows the setting', () => {
  const german = new Formats('de-DE', false, 'en');
  expect(german.range('2026-09-14', '2026-09-20')).toMatch(/^14\s?–\s?20 September 2026$/);
  expect(german.clock(THURSDAY_NINE, BERLIN)).toBe('09:00');
  expect(german.moment(THURSDAY_NINE, BERLIN)).toMatch(/^Thu,? 17 Sep,? 09:00$/);
  expect(german.dayName('2026-10-01')).toEqual({ weekday: 'Thu', day: '1 Oct' });
  const american = new Formats('en-US', true);
  expect(american.clock(THURSDAY_NINE, BERLIN)).toMatch(/^9:00.AM$/);
  expect(american.hour(0)).toBe('12 am');
});

test('from and to, with the day once', () => {
  const british = new Formats('en-GB', false);
  const thursday = (hours: number) => british.when(THURSDAY_NINE, THURSDAY_NINE + hours * 3_600_000, BERLIN);
  expect(thursday(4)).toMatch(/^Thu,? 17 Sep 2026, 09:00\s?–\s?13:00$/);
  expect(thursday(24)).toMatch(/^Thu,? 17 Sep 2026, 09:00\s?–\s?Fri,? 18 Sep 2026, 09:00$/);
});

test('a locale that nobody knows does not stop the window', () => {
  expect(new Formats('en-@@', false).month('2026-09-01')).toBe('September 2026');
});

test('a step names the other day where it ends on another; midnight is still the same', () => {
  const english = new Formats('en-GB', false);
  const [hour, day] = [3_600_000, 86_400_000];
  expect(english.step(THURSDAY_NINE, THURSDAY_NINE + 4 * hour, BERLIN)).toMatch(/^Thu,? 17 Sep,? 09:00–13:00$/);
  expect(english.step(THURSDAY_NINE, THURSDAY_NINE + 15 * hour, BERLIN)).toMatch(/^Thu,? 17 Sep,? 09:00–00:00$/);
  expect(english.step(THURSDAY_NINE, THURSDAY_NINE + 2 * day, BERLIN)).toMatch(/^Thu,? 17 Sep,? 09:00–Sat,? 19 Sep,? 09:00$/);
});
