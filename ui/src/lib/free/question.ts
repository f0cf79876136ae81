// What is looked for, before anybody has changed anything of it.
import type { BookingInput } from '$lib/bindings/BookingInput';
import type { BookingRef } from '$lib/bindings/BookingRef';
import type { Settings } from '$lib/bindings/Settings';
import type { SlotQuery } from '$lib/bindings/SlotQuery';
import { newInput } from '$lib/booking/input';
import { addDays, daysBetween, isDate, isWall, minutesBetween } from '$lib/time/civil';

export type HoursChoice = 'any' | 'working' | 'own';

/** Two weeks from today, or from the day of the form, for as long as the form says. */
export function firstQuestion(
  input: BookingInput | null, reference: BookingRef | null, here: { today: string; environmentId: string; teamId: string },
): SlotQuery {
  const asked = input ?? newInput({ environmentId: here.environmentId, teamId: here.teamId, start: '', end: '' });
  const day = asked.start.slice(0, 10);
  const from = isDate(day) && day > here.today ? day : here.today;
  return {
    input: asked, reference, environmentIds: [asked.environmentId], teamIds: [], length: lengthOf(asked), from, to: addDays(from, 13),
    hours: '', weekdays: [], each: false, apart: 0,
  };
}

/** `4h`, `1h30m`, `2d`: as long as the booking is. */
export function lengthOf(input: BookingInput): string {
  if (input.allDay && isDate(input.start) && isDate(input.end)) return `${Math.max(0, daysBetween(input.start, input.end)) + 1}d`;
  const minutes = !input.allDay && isWall(input.start) && isWall(input.end) ? minutesBetween(input.start, input.end) : 0;
  if (minutes <= 0) return '2h';
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return `${hours ? `${hours}h` : ''}${rest ? `${rest}m` : ''}`;
}

/** `09:00-18:00` as Rust reads it; empty is any. */
export function hoursOf(choice: HoursChoice, own: { from: string; to: string }, settings: Pick<Settings, 'workStart' | 'workEnd'>): string {
  const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
  if (choice === 'any') return '';
  return choice === 'own' ? `${own.from}-${own.to}` : `${clock(settings.workStart)}-${clock(settings.workEnd)}`;
}

/** The list with the value, if it was without it; else without. */
export function toggled<T>(list: T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
}
