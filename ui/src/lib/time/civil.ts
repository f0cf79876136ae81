// Dates and wall-clock times as text: `2026-09-17`, `09:30`, `2026-09-17T09:30`.
// Knows the civil calendar and nothing of zones: what a wall time means on the clock of an
// environment is computed in Rust.
import { say } from '$lib/messages';

const DAY = 86_400_000;

/** Milliseconds of a civil date as if it were UTC; a carrier for arithmetic and for `Intl`. */
export function civil(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function text(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function isDate(date: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(date) && text(civil(date) || 0) === date;
}

export function addDays(date: string, days: number): string {
  return text(civil(date) + days * DAY);
}

export function daysBetween(from: string, to: string): number {
  return Math.round((civil(to) - civil(from)) / DAY);
}

/** 0 is Sunday. */
export function weekday(date: string): number {
  return new Date(civil(date)).getUTCDay();
}

/** The ISO 8601 week of a date: that of its Thursday, counted from the year's first. */
export function isoWeek(date: string): number {
  const thursday = civil(date) + (3 - ((weekday(date) + 6) % 7)) * DAY;
  return Math.floor((thursday - Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1)) / DAY / 7) + 1;
}

/** The first of the month that is `months` away. */
export function addMonths(date: string, months: number): string {
  const at = new Date(civil(date));
  return text(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, 1));
}

/** Six weeks around a month, each of seven dates. */
export function monthGrid(date: string, firstDay: number): string[][] {
  const first = `${date.slice(0, 7)}-01`;
  const back = (weekday(first) - firstDay + 7) % 7;
  const start = addDays(first, -back);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (_, day) => addDays(start, week * 7 + day)),
  );
}

const pad = (n: number) => String(n).padStart(2, '0');

/**
 * What a person types for a date: `2026-09-17`, `17.9.`, `17/9/2026`, and in their language `today`,
 * `tomorrow`, `fri` (the next one). Null when it is none of these.
 */
export function parseDate(input: string, today: string): string | null {
  const typed = input.trim().toLowerCase();
  if (isDate(typed)) return typed;
  const { words } = say.calendar;
  if (typed === words.today) return today;
  if (typed === words.tomorrow) return addDays(today, 1);
  const named = words.days.findIndex((day) => typed.startsWith(day));
  if (named >= 0 && /^\p{L}+$/u.test(typed)) {
    return addDays(today, (named - weekday(today) + 7) % 7 || 7);
  }
  const parts = /^(\d{1,2})[./](\d{1,2})[./]?(\d{4})?$/.exec(typed);
  if (!parts) return null;
  const date = `${parts[3] ?? today.slice(0, 4)}-${pad(Number(parts[2]))}-${pad(Number(parts[1]))}`;
  return isDate(date) ? date : null;
}

/** What a person types for a time: `9`, `9:30`, `0930`, `2pm`, `24:00`. Null when it is none. */
export function parseTime(input: string): string | null {
  const typed = input.trim().toLowerCase().replace(/\s+/g, '').replace('.', ':').replace('h', ':');
  const parts = /^(\d{1,2})(?::?(\d{2}))?:?(a|p|am|pm)?$/.exec(typed);
  if (!parts) return null;
  let hour = Number(parts[1]);
  const minute = Number(parts[2] ?? 0);
  const half = parts[3]?.[0];
  if (half && (hour < 1 || hour > 12)) return null;
  if (half) hour = (hour % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || minute > 59) return null;
  return `${pad(hour)}:${pad(minute)}`;
}

/** `09:30` as the person reads it. */
export function showTime(time: string, hour12: boolean): string {
  if (!hour12) return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 || 12}:${time.slice(3, 5)} ${hour < 12 ? 'am' : 'pm'}`;
}

/** Minutes of a wall time as if there were no clock changes. */
function wallMinutes(wall: string): number {
  return Date.parse(`${wall}:00Z`) / 60_000;
}

export function addMinutes(wall: string, minutes: number): string {
  return new Date((wallMinutes(wall) + minutes) * 60_000).toISOString().slice(0, 16);
}

/** How far apart two wall times read; negative when `to` is before `from`. */
export function minutesBetween(from: string, to: string): number {
  return wallMinutes(to) - wallMinutes(from);
}

export function isWall(wall: string): boolean {
  return isDate(wall.slice(0, 10)) && /^T([01]\d|2[0-3]):[0-5]\d$/.test(wall.slice(10));
}
