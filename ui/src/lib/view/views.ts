// Ways to look at the days: how many there are, where they begin, and how far a step goes.
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Team } from '$lib/bindings/Team';
import type { View } from '$lib/bindings/View';
import type { ViewFilter } from '$lib/bindings/ViewFilter';
import type { ViewState } from '$lib/bindings/ViewState';
import { MONTH } from './month';

/** What the window offers, in the order of its menu. */
export const VIEWS: readonly View[] = ['day', 'days', 'workWeek', 'week', 'month', 'agenda', 'timeline'];

export const NO_FILTER: ViewFilter = { environments: [], teams: [], kinds: [], mine: false, inConflict: false };

export const AS_NEW: ViewState = { view: 'week', days: 0, date: null, scroll: null, filter: NO_FILTER };

/** How many days are asked for. With seven the range begins with the week. */
export function daysOf({ view, days }: Pick<ViewState, 'view' | 'days'>): number {
  if (view === 'day') return 1;
  if (view === 'days') return days || 3;
  if (view === 'timeline') return days || 14;
  if (view === 'month') return MONTH;
  return 7;
}

/** Whether Saturday and Sunday are drawn. */
export function showsWeekend(view: View, wanted: boolean): boolean {
  if (view === 'workWeek') return false;
  return view === 'week' ? wanted : true;
}

/** Which day the other view is about: the one looked at where it is shown, else the first. */
export function dayFor(looked: string | null, today: string, shown: string[]): string | null {
  if (looked && shown.includes(looked)) return looked;
  return shown.includes(today) ? today : (shown[0] ?? null);
}

export function isFiltering(filter: ViewFilter): boolean {
  return filter.mine || filter.inConflict || filter.environments.length + filter.teams.length + filter.kinds.length > 0;
}

/** Whether a booking stands out. */
export function passes(occurrence: Occurrence, filter: ViewFilter, teams: Team[]): boolean {
  const one = (list: string[], value: string) => list.length === 0 || list.includes(value);
  const mine = () => teams.some((team) => team.id === occurrence.teamId && team.mine);
  return one(filter.environments, occurrence.environmentId) && one(filter.teams, occurrence.teamId)
    && one(filter.kinds, occurrence.kind) && (!filter.mine || mine())
    && (!filter.inConflict || occurrence.conflicts.length > 0);
}

/** A list with the value, or without it where it had it. */
export function toggled<T>(list: T[], value: T): T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
