import type { Reminder } from '$lib/bindings/Reminder';

export interface Group {
  name: 'open' | 'snoozed' | 'missed';
  list: Reminder[];
}

/** What can still be acted on first, what is over last and the newest of it first; no empty ones. */
export function groups(all: Reminder[]): Group[] {
  const of = (name: Group['name'], ...states: Reminder['state'][]): Group => ({
    name,
    list: all.filter((one) => states.includes(one.state)),
  });
  const missed = of('missed', 'missed');
  missed.list.reverse();
  return [of('open', 'shown', 'failed'), of('snoozed', 'snoozed'), missed].filter((group) => group.list.length > 0);
}
