import { expect, test } from 'vitest';
import { type RepeatChoice, choiceOf, ruleOf } from './repeat';

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
  ['FREQ=WEEKLY;BYDAY=TH;COUNT=4', 'custom'], ['freq=daily', 'daily'],
])('%s is %s', (rule, choice) => expect(choiceOf(rule, THURSDAY)).toBe(choice));
