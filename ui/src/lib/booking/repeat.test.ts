import { expect, test } from 'vitest';
import { type RepeatChoice, type RepeatEnd, choiceOf, endOf, ruleOf, withEnd } from './repeat';

const THURSDAY = '2026-09-17';

test.each<[RepeatChoice, string, string | null]>([
  ['none', THURSDAY, null],
  ['daily', THURSDAY, 'FREQ=DAILY'],
  ['weekdays', THURSDAY, 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'],
  ['weekly', THURSDAY, 'FREQ=WEEKLY;BYDAY=TH'],
  ['fortnightly', '2026-09-20', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=SU'],
  ['monthly', THURSDAY, 'FREQ=MONTHLY;BYDAY=3TH'],
  ['monthly', '2026-09-29', 'FREQ=MONTHLY;BYDAY=-1TU'],
])('%s from %s', (choice, date, rule) => {
  expect(ruleOf(choice, date, '')).toBe(rule);
  expect(choiceOf(rule, date)).toBe(choice);
});

test('custom is what was typed, without its name', () => {
  expect(ruleOf('custom', THURSDAY, ' RRULE:FREQ=YEARLY ')).toBe('FREQ=YEARLY');
  expect(ruleOf('custom', THURSDAY, ' ')).toBeNull();
});

test.each<[string, RepeatChoice]>([
  ['FREQ=WEEKLY', 'weekly'], ['BYDAY=TH;FREQ=WEEKLY;INTERVAL=1', 'weekly'], ['FREQ=WEEKLY;BYDAY=TU', 'custom'],
  ['FREQ=WEEKLY;BYDAY=TH;COUNT=4', 'weekly'], ['FREQ=DAILY;UNTIL=20261001T215959Z', 'daily'], ['FREQ=MONTHLY;COUNT=4', 'custom'], ['freq=daily', 'daily'],
])('%s is %s', (rule, choice) => expect(choiceOf(rule, THURSDAY)).toBe(choice));

test.each<[string, RepeatEnd]>([
  ['FREQ=DAILY', { by: 'never' }],
  ['FREQ=DAILY;COUNT=4', { by: 'count', times: 4 }],
  ['FREQ=DAILY;UNTIL=20261006', { by: 'until', date: '2026-10-06' }],
])('%s ends', (rule, end) => {
  expect(endOf(rule, 'Europe/Berlin')).toEqual(end);
  expect(withEnd('FREQ=DAILY;COUNT=9;UNTIL=20270101', end)).toBe(rule);
});

test('an end in UTC is a day on the clock of the environment', () => {
  expect(endOf('FREQ=DAILY;UNTIL=20261007T035959Z', 'America/New_York')).toEqual({ by: 'until', date: '2026-10-06' });
  expect(endOf('FREQ=DAILY;UNTIL=20261006T215959Z', 'Europe/Berlin')).toEqual({ by: 'until', date: '2026-10-06' });
  expect(endOf(null, 'Europe/Berlin')).toEqual({ by: 'never' });
});
