// What can be done about an environment at once: take it, keep it longer, give it back.
import type { Move } from '$lib/bindings/Move';
import type { NowNext } from '$lib/bindings/NowNext';
import type { Slot } from '$lib/bindings/Slot';
import { MINUTE } from '$lib/week/geometry';

export const LONGER = 30 * MINUTE;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The slot of mine that is on; whole days are not given back by the minute. */
export function mySlot(line: NowNext, mine: string[]): Slot | undefined {
  return line.now.find((slot) => mine.includes(slot.team) && (slot.end - slot.start) % DAY !== 0);
}

/** From this minute on for an hour, or until the next booking. Null while somebody holds it. */
export function taken(line: NowNext, now: number): { start: number; end: number } | null {
  if (line.now.length > 0) return null;
  const start = Math.floor(now / MINUTE) * MINUTE;
  const end = Math.min(start + HOUR, line.next?.start ?? Infinity);
  return end > start ? { start, end } : null;
}

export function extended(line: NowNext, slot: Slot): Move {
  return { ...held(line, slot), end: slot.end + LONGER };
}

/** It ends with this minute; what has only just begun lasts one. */
export function released(line: NowNext, slot: Slot, now: number): Move {
  return { ...held(line, slot), end: Math.max(Math.ceil(now / MINUTE) * MINUTE, slot.start + MINUTE) };
}

function held({ environmentId }: NowNext, { reference, start, end }: Slot): Move {
  return { reference, scope: reference.recurrenceId === null ? 'all' : 'this', environmentId, teamId: null, start, end };
}
