// What the form of a new window starts with.
import type { Environment } from '$lib/bindings/Environment';
import type { Window } from '$lib/bindings/Window';

/** A freeze of production, or else of the last environment, from this evening until tomorrow. */
export function freshWindow(environments: Environment[], today: string): Window {
  const about = environments.find((one) => one.name.toLowerCase() === 'production') ?? environments.at(-1);
  return {
    id: '', effect: 'freeze', environmentIds: about ? [about.id] : [], title: '',
    start: `${today}T18:00`, end: `${today}T23:00`, allDay: false, zone: null,
    repeat: null, repeatWords: null, blocks: ['deploy'], exceptions: [],
  };
}

/** The same moment as a day, or a day as a moment. */
export function asDay(window: Window, allDay: boolean): Window {
  const date = (text: string) => text.slice(0, 10);
  return allDay
    ? { ...window, allDay, start: date(window.start), end: date(window.end) }
    : { ...window, allDay, start: `${date(window.start)}T18:00`, end: `${date(window.end)}T23:00` };
}

/** `list` with `entry`, or without it. */
export function toggled<T>(list: T[], entry: T, on: boolean): T[] {
  const rest = list.filter((other) => other !== entry);
  return on ? [...rest, entry] : rest;
}
