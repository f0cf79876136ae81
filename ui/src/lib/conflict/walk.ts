// The order in which conflicts are walked through.
import type { Conflict } from '$lib/bindings/Conflict';

/** Those that count: errors and warnings that nobody accepted, by start. */
export function open(conflicts: Conflict[]): Conflict[] {
  return conflicts.filter((conflict) => conflict.severity !== 'info' && !conflict.accepted);
}

/** One stretch: those who meet again after a pause have the same id. */
export function key(conflict: Conflict): string {
  return `${conflict.id}@${conflict.start}`;
}

/** The one after `current` (by key), the first again after the last. */
export function next(conflicts: Conflict[], current: string | null): Conflict | null {
  const walk = open(conflicts);
  const at = walk.findIndex((conflict) => key(conflict) === current);
  return walk[(at + 1) % walk.length] ?? null;
}

/** Names of the others in a conflict, as a card says them. */
export function others(conflict: Conflict, uid: string): string {
  const teams = conflict.bookings.filter((member) => member.uid !== uid).map((member) => member.team);
  return [...new Set(teams)].join(', ');
}
