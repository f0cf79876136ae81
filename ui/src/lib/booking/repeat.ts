// The choices of "Repeat" and the RRULE text behind them (RFC 5545, 3.3.10). What a rule means is
// computed in Rust; this only writes and recognises the common ones.
import { weekday } from '$lib/time/civil';

/** When a series ends: never, after a last day, or after so many times. */
export type RepeatEnd = { by: 'never' } | { by: 'until'; date: string } | { by: 'count'; times: number };

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
  const endless = withEnd(rule, { by: 'never' });
  return common.find((choice) => sameRule(ruleOf(choice, date, ''), endless)) ?? (plain(endless) ?? 'custom');
}

/** How a rule ends; an UNTIL in UTC is the day that `zone` has then. */
export function endOf(rule: string | null, zone: string): RepeatEnd {
  const part = (name: string) => rule?.split(';').find((one) => one.toUpperCase().startsWith(`${name}=`))?.slice(name.length + 1);
  const [times, until] = [Number(part('COUNT')), part('UNTIL')];
  if (times > 0) return { by: 'count', times };
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(T\d{6}Z)?$/.exec(until ?? '') ?? [];
  if (!year) return { by: 'never' };
  const date = `${year}-${month}-${day}`;
  return { by: 'until', date: time ? dayIn(zone, `${date}T${time.slice(1, 3)}:${time.slice(3, 5)}:${time.slice(5)}`) : date };
}

function dayIn(zone: string, instant: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(new Date(instant));
}

/** The rule with this end instead of its own. */
export function withEnd(rule: string, end: RepeatEnd): string {
  const parts = rule.split(';').filter((part) => !/^(COUNT|UNTIL)=/i.test(part));
  if (end.by === 'count') parts.push(`COUNT=${end.times}`);
  if (end.by === 'until') parts.push(`UNTIL=${end.date.replaceAll('-', '')}`);
  return parts.join(';');
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
