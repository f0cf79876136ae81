// What a booking form holds, and what changing one field does to the others.
import type { BookingInput } from '$lib/bindings/BookingInput';
import { addDays, addMinutes, daysBetween, isDate, isWall, minutesBetween } from '$lib/time/civil';

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
  if (!readable(start) || !readable(input.start) || !readable(input.end)) return { ...input, start };
  const end = input.allDay
    ? addDays(start, Math.max(0, daysBetween(input.start, input.end)))
    : addMinutes(start, Math.max(0, minutesBetween(input.start, input.end)));
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

/** `60, 10` as minutes; null when it is not a list of whole minutes. */
export function parseLeadTimes(text: string): number[] | null {
  const parts = text.split(/[,;\s]+/).filter(Boolean);
  if (!parts.every((part) => /^\d{1,6}$/.test(part))) return null;
  return [...new Set(parts.map(Number))].sort((a, b) => b - a);
}

/** The letters of a team's code that its name suggests: initials of words, or its first three. */
export function suggestCode(name: string): string {
  const words = name.toUpperCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (words.length > 1) return words.map((word) => word[0]).join('').slice(0, 3);
  return (words[0] ?? '').slice(0, 3);
}
