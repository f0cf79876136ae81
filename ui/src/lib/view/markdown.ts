// The days as a Markdown list, to be pasted into a message or a page.
import type { Day } from '$lib/bindings/Day';
import type { Week } from '$lib/bindings/Week';
import { say } from '$lib/messages';
import type { Formats } from '$lib/time/format';
import { agenda } from './agenda';

export function markdown(week: Week, days: Day[], formats: Formats): string {
  const first = days[0];
  const last = days.at(-1);
  if (!first || !last) return '';
  const environment = new Map(week.environments.map((one) => [one.id, one.name]));
  const team = new Map(week.teams.map((one) => [one.id, one.name]));
  const lines = [`## ${formats.range(first.date, last.date)}`];
  for (const { day, entries } of agenda(days, week.occurrences)) {
    lines.push('', `### ${formats.fullDate(day.date)}`, '');
    if (entries.length === 0) lines.push(say.view.free);
    for (const { occurrence } of entries) {
      const open = week.conflicts.find((one) => occurrence.conflicts.includes(one.id) && !one.accepted);
      const parts = [environment.get(occurrence.environmentId), team.get(occurrence.teamId), occurrence.title].map((part) => escaped(part ?? ''));
      lines.push(`- ${occurrence.time} · ${parts.filter(Boolean).join(' · ')}${open ? ` · **${say.conflict.words[open.kind]}**` : ''}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** Signs that Markdown would read are read as themselves. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>#|]/g, '\\$&');
}
