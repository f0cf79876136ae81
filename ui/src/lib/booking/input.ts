// What a booking form holds, and what changing one field does to the others.
import type { BookingInput } from '$lib/bindings/BookingInput';
import { addDays, addMinutes, daysBetween, isDate, isWall, minutesBetween } from '$lib/time/civil';
import { say } from '$lib/messages';

export function newInput(place: {
  environmentId: string; teamId: string; start: string; end: string; allDay?: boolean;
}): BookingInput {
  return {
    environmentId: place.environmentId, teamId: place.teamId, start: place.start, end: place.end,
    allDay: place.allDay ?? false, title: '', notes: '', status: 'confirmed', blocks: true, kind: 'deploy',
    units: null, setUp: null, cleanUp: null, repeat: null, leadTimes: null, plan: null,
  };
}

/** The start moves and takes the end with it: the length stays. */
export function withStart(input: BookingInput, start: string): BookingInput {
  const readable = input.allDay ? isDate : isWall;
  const [from, to] = [input.start.slice(0, 16), input.end.slice(0, 16)];
  if (!readable(start) || !readable(from) || !readable(to)) return { ...input, start };
  const end = input.allDay
    ? addDays(start, Math.max(0, daysBetween(from, to)))
    : addMinutes(start, Math.max(0, minutesBetween(from, to)));
  return { ...input, start, end };
}

/** Whole days keep their dates; back from them it is a working morning's hour. */
export function withAllDay(input: BookingInput, allDay: boolean): BookingInput {
  if (allDay === input.allDay) return input;
  if (allDay) {
    const last = input.end.endsWith('T00:00') && input.end.slice(0, 10) > input.start.slice(0, 10)
      ? addDays(input.end.slice(0, 10), -1)
      : input.end.slice(0, 10);
    return { ...input, allDay, start: input.start.slice(0, 10), end: last };
  }
  const end = input.start === input.end ? `${input.end}T10:00` : `${input.end}T18:00`;
  return { ...input, allDay, start: `${input.start}T09:00`, end };
}

/** What a time before the start is counted in, in English and in German, and its minutes. */
const UNITS: [name: RegExp, minutes: number][] = [
  [/^(m|min|mins|minutes?|minuten)?$/i, 1],
  [/^(h|hrs?|hours?|std|stunden?)$/i, 60],
  [/^(d|days?|tage?)$/i, 1_440],
];

const LEAD = /(\d{1,6})\s*(?:(\p{L}+)\.?)?/gu;

/** `1 day, 2 h, 10 min` as minutes, the longest first; a number alone is minutes. Null when it is none. */
export function parseLeadTimes(text: string): number[] | null {
  const parts = [...text.matchAll(LEAD)];
  if (text.replace(LEAD, '').replace(/[,;\s]/g, '')) return null;
  const minutes = parts.map(([, number, unit]) => Number(number) * (UNITS.find(([name]) => name.test(unit ?? ''))?.[1] ?? NaN));
  if (minutes.some(Number.isNaN)) return null;
  return [...new Set(minutes)].sort((a, b) => b - a);
}

/** Minutes as they are written there. */
export function writeLeadTimes(minutes: number[]): string {
  return minutes.map(say.booking.lead).join(', ');
}

/** The letters of a team's code that its name suggests: initials of words, or its first three. */
export function suggestCode(name: string): string {
  const words = name.toUpperCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length > 1) return words.map((word) => word[0]).join('').slice(0, 3);
  return (words[0] ?? '').slice(0, 3);
}
