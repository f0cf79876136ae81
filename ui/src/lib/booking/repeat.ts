// The choices of "Repeat" and the RRULE text behind them (RFC 5545, 3.3.10). What a rule means is
// computed in Rust; this only writes and recognises the common ones.
import { weekday } from '$lib/time/civil';

export type RepeatChoice = 'none' | 'daily' | 'weekdays' | 'weekly' | 'fortnightly' | 'monthly' | 'custom';

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** The rule of a choice for a booking that starts on `date`; null does not repeat. */
export function ruleOf(choice: RepeatChoice, date: string, custom: string): string | null {
  const day = DAYS[weekday(date)];
  switch (choice) {
    case 'none': return null;
    case 'daily': return 'FREQ=DAILY';
    case 'weekdays': return 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR';
    case 'weekly': return `FREQ=WEEKLY;BYDAY=${day}`;
    case 'fortnightly': return `FREQ=WEEKLY;INTERVAL=2;BYDAY=${day}`;
    case 'monthly': return `FREQ=MONTHLY;BYDAY=${ordinal(date)}${day}`;
    case 'custom': return custom.trim().replace(/^RRULE:/i, '') || null;
  }
}

/** Which choice a rule is; `custom` when it is none of the common ones. */
export function choiceOf(rule: string | null, date: string): RepeatChoice {
  if (rule === null) return 'none';
  const common: RepeatChoice[] = ['daily', 'weekdays', 'weekly', 'fortnightly', 'monthly'];
  return common.find((choice) => sameRule(ruleOf(choice, date, ''), rule)) ?? (plain(rule) ?? 'custom');
}

/** `FREQ=WEEKLY` alone repeats on the day it starts. */
function plain(rule: string): RepeatChoice | undefined {
  if (sameRule(rule, 'FREQ=WEEKLY')) return 'weekly';
  return sameRule(rule, 'FREQ=WEEKLY;INTERVAL=2') ? 'fortnightly' : undefined;
}

function sameRule(a: string | null, b: string): boolean {
  const parts = (rule: string) => rule.toUpperCase().split(';').filter((part) => part !== 'INTERVAL=1').sort().join(';');
  return a !== null && parts(a) === parts(b);
}

/** Which of its weekday in the month a date is: 1 to 4, or −1 for a fifth, which is the last. */
function ordinal(date: string): number {
  const nth = Math.ceil(Number(date.slice(8)) / 7);
  return nth > 4 ? -1 : nth;
}
