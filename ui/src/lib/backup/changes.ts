// What a backup is called, and what going back to it would do to bookings, kind by kind, without the kinds that it would do nothing of.
import type { GoBack } from '$lib/bindings/GoBack';
import type { GoBackItem } from '$lib/bindings/GoBackItem';
import { say } from '$lib/messages';

export interface Change {
  kind: 'back' | 'gone' | 'changed';
  count: number;
  items: GoBackItem[];
}

export function changesOf(preview: GoBack): Change[] {
  const all: Change[] = [
    { kind: 'back', count: preview.added, items: preview.backItems },
    { kind: 'gone', count: preview.gone, items: preview.goneItems },
    { kind: 'changed', count: preview.changed, items: preview.changedItems },
  ];
  return all.filter((change) => change.count > 0);
}

/** `Mon 30 November 2026`, `Week 48 of 2026`; what has another name goes by that. */
export function nameOf(name: string, day: (date: string) => string): string {
  const [, kind, rest = ''] = /^(day|week|before|schema)-(.*)$/.exec(name) ?? [];
  const date = rest.slice(0, 10);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(date);
  if (kind === 'day' && isDate) return day(date);
  if (kind === 'before' && isDate) return say.backup.before(day(date));
  const [year, week] = rest.split('-W');
  if (kind === 'week' && year && week) return say.backup.week(String(Number(week)), year);
  return kind === 'schema' ? say.backup.update : name;
}
