// Everything that the window can do, by name.
import type { App } from '$lib/app/app.svelte';
import { say } from '$lib/messages';
import { copyPicture, print } from '$lib/view/later';
import { markdown } from '$lib/view/markdown';
import { NO_FILTER, VIEWS } from '$lib/view/views';

export interface Entry {
  id: string;
  label: string;
  detail?: string;
  keys?: string;
  run: () => void;
}

export function actions(app: App): Entry[] {
  const days = app.week.dayCount;
  const { filter } = app.view;
  const entry = (id: string, label: string, run: () => unknown, keys = '', detail = ''): Entry =>
    ({ id, label, run: () => void run(), keys, detail });
  const viewKeys: Record<string, string> = { day: 'd', week: 'w', month: 'm', agenda: 'a' };
  return [
    entry('book', say.booking.new, () => app.bookings.create(), 'c'),
    entry('words', say.palette.modes.book, () => app.openPalette('book'), 'q'),
    entry('find', say.find.action, () => { app.dialog = { kind: 'find', form: null }; }),
    entry('today', say.header.today, () => app.today(), 't'),
    entry('next', say.view.next(days), () => app.go(1), 'j'),
    entry('previous', say.view.previous(days), () => app.go(-1), 'k'),
    entry('goto', say.header.goto, () => { app.gotoOpen = true; }, 'g'),
    ...VIEWS.map((view) => entry(`view-${view}`, say.palette.view(say.view.names[view]), () => app.setView(view), viewKeys[view])),
    entry('weekend', app.settings.weekend ? say.menu.weekendHide : say.menu.weekendShow,
      () => app.toggleWeekend(), 'f'),
    entry('conflict', say.palette.nextConflict, () => app.walker.next(), 'x'),
    entry('conflicts', say.menu.conflicts, () => app.openConflicts()),
    entry('ahead', say.forecast.title, () => app.openConflicts(true)),
    entry('reminders', say.reminder.title, () => app.openReminders()),
    entry('mine', say.palette.only(say.view.mine), () => app.setFilter({ ...NO_FILTER, mine: !filter.mine })),
    entry('inConflict', say.palette.only(say.view.inConflict), () => app.setFilter({ ...NO_FILTER, inConflict: !filter.inConflict })),
    entry('everything', say.view.everything, () => app.setFilter(NO_FILTER)),
    entry('undo', say.menu.undo, () => app.undo(), 'Ctrl+Z', app.week.data?.undo?.title),
    entry('redo', say.menu.redo, () => app.redo(), 'Ctrl+Shift+Z', app.week.data?.redo?.title),
    entry('trash', say.menu.trash, () => { app.dialog = { kind: 'trash' }; }),
    entry('goBack', say.menu.goBack, () => { app.dialog = { kind: 'goBack' }; }),
    entry('import', `${say.header.import} …`, () => app.chooseImport()),
    entry('export', `${say.header.export} …`, () => app.openExport()),
    entry('markdown', say.palette.markdown, () => copy(app)),
    entry('picture', say.palette.picture, () => copyPicture(app)),
    entry('print', say.palette.print, () => print(app), 'Ctrl+P'),
    entry('environments', say.menu.environments, () => app.openSettings('environments')),
    entry('teams', say.menu.teams, () => app.openSettings('teams')),
    entry('windows', say.menu.windows, () => app.openSettings('windows')),
    entry('settings', say.menu.settings, () => app.openSettings('view'), 'Ctrl+,'),
    ...(['system', 'light', 'dark'] as const).map((theme) =>
      entry(`theme-${theme}`, say.palette.theme(say.settings.themes[theme]), () => app.saveSettings({ ...app.settings, theme }))),
    entry('help', say.menu.help, () => { app.dialog = { kind: 'help' }; }, '?'),
  ];
}

async function copy(app: App): Promise<void> {
  const week = app.week.data;
  if (!week) return;
  const shown = { ...week, occurrences: week.occurrences.filter((one) => app.passes(one)) };
  try {
    await navigator.clipboard.writeText(markdown(shown, app.week.days, app.formats));
    app.toasts.show('done', say.palette.copied);
    app.announce(say.palette.copied);
  } catch {
    app.toasts.show('error', say.palette.notCopied, say.palette.notCopiedHint);
  }
}
