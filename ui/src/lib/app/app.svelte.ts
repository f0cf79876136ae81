// The window as a whole: what it opened with, which panel or dialog is shown, where it goes and
// what it says. It draws nothing.
import { backend, events, first } from '$lib/backend';
import type { First } from '$lib/bindings/First';
import type { NowNext } from '$lib/bindings/NowNext';
import type { Occurrence } from '$lib/bindings/Occurrence';
import type { Outcome } from '$lib/bindings/Outcome';
import type { Scope } from '$lib/bindings/Scope';
import type { Settings } from '$lib/bindings/Settings';
import type { Startup } from '$lib/bindings/Startup';
import type { Turn } from '$lib/bindings/Turn';
import type { View } from '$lib/bindings/View';
import type { ViewFilter } from '$lib/bindings/ViewFilter';
import type { ViewState } from '$lib/bindings/ViewState';
import type { BookingForm } from '$lib/booking/form.svelte';
import { Bookings } from '$lib/booking/bookings';
import { Walker } from '$lib/conflict/walker.svelte';
import type { Export } from '$lib/exchange/export.svelte';
import type { Import } from '$lib/exchange/import.svelte';
import { type Language, directionOf, languageOf, say, speak } from '$lib/messages';
import { Reminders } from '$lib/reminder/reminders.svelte';
import type { PaletteMode } from '$lib/palette/palette.svelte';
import { Formats } from '$lib/time/format';
import { AS_NEW, dayFor, daysOf, passes, showsWeekend } from '$lib/view/views';
import { Drag } from '$lib/week/drag.svelte';
import { endOf } from '$lib/week/geometry';
import { WeekModel } from '$lib/week/week.svelte';
import { Banners } from './banners.svelte';
import { type Fault, faultOf } from './fault';
import { debounce } from './latest';
import { afterPaint } from './paint';
import { Toasts, type ToastAction } from './toasts.svelte';

type Later = typeof import('./later');

export type SettingsPage = 'environments' | 'teams' | 'windows' | 'view' | 'reminders' | 'about';

export type Panel =
  /** `focus`: its first field takes the focus. */
  | { kind: 'booking'; form: BookingForm; focus: boolean }
  | { kind: 'conflicts'; ahead: boolean } | { kind: 'reminders' } | null;

export type Dialog =
  | { kind: 'import'; import: Import }
  | { kind: 'export'; export: Export }
  | { kind: 'settings'; page: SettingsPage; window?: string | undefined }
  | { kind: 'help' }
  | { kind: 'goBack' }
  | { kind: 'trash' }
  | { kind: 'find'; form: BookingForm | null }
  | { kind: 'palette'; mode: PaletteMode }
  | { kind: 'welcome' }
  | null;

/** A choice between one occurrence and the whole series, beside what it is about. */
export interface ScopeQuestion {
  title: string;
  occurrence: Occurrence | null;
  answer: (scope: Scope | null) => void;
}

/** What a change did to the conflicts is known so long after it, at most, in milliseconds. */
const SOON = 3_000;

/** What is said rests so long, in milliseconds: a dialog that closes takes along what was said in it, and of what comes at once the last is enough. */
const REST = 100;

const NOTHING: Turn = { caused: 0, solved: 0, here: false };

const DEFAULTS: Settings = {
  theme: 'system', language: null, zone: null, secondZone: null, compact: false, firstDay: null, hour12: null, weekend: true, workStart: 8, workEnd: 18,
  reminders: true, singleKeys: true,
};

export class App {
  startup = $state.raw<Startup | null>(null);
  settings = $state.raw<Settings>(DEFAULTS);
  /** How the days are shown; kept for the next start. */
  view = $state.raw<ViewState>(AS_NEW);
  fault = $state.raw<Fault | null>(null);
  nowNext = $state.raw<NowNext[]>([]);
  panel = $state.raw<Panel>(null);
  dialog = $state.raw<Dialog>(null);
  question = $state.raw<ScopeQuestion | null>(null);
  dropTarget = $state(false);
  /** What assistive technology is told. */
  status = $state('');
  /** Something wants to be scrolled to; the grid answers. `settle`: the day from its working hours on. */
  reveal = $state.raw<{ instant: number; column: string | null; focus: boolean; settle?: boolean } | null>(null);
  gotoOpen = $state(false);
  /** The language that is spoken; all that is drawn is drawn again with another. */
  language = $state<Language>(languageOf(document.documentElement.lang));
  /** Counts up whenever something may have changed: who shows more than the week asks again. */
  changes = $state(0);

  /** What the first week does without, once it is there. */
  later = $state.raw<Later | null>(null);

  readonly toasts = new Toasts();
  readonly week: WeekModel;
  readonly drag: Drag;
  readonly bookings: Bookings;
  readonly walker: Walker;
  readonly reminders = new Reminders((error) => this.failed(error));
  readonly banners = new Banners(() => (this.reminders.known ? this.reminders.all : null));
  readonly formats = $derived(
    new Formats(this.startup?.locale ?? 'en-GB', this.settings.hour12 ?? this.startup?.localeHour12 ?? false, this.language),
  );
  readonly firstDay = $derived(this.settings.firstDay ?? this.startup?.localeFirstDay ?? 1);
  readonly zone = $derived.by(() => this.week.data?.zone ?? 'UTC');
  /** Nothing was ever booked: show where to click first. */
  readonly firstSteps = $derived.by(() => this.week.data !== null && !this.week.data.anyBooking);
  readonly conflicts = $derived.by(() => this.week.data?.conflicts ?? []);

  /** Not drawn from: the minute of the day at the top. */
  scroll: number | null = null;
  #kept = '';
  readonly #keep = debounce(() => this.#saveView(), 600);
  #heard: Promise<() => void>[] = [];
  /** Changes of ours that have not been told yet. */
  #changing = 0;
  #turn: Turn = NOTHING;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #waitingImport: string | null = null;

  constructor() {
    this.week = new WeekModel({
      firstDay: () => this.firstDay,
      weekend: () => showsWeekend(this.view.view, this.settings.weekend),
      days: () => daysOf(this.view),
      only: () => this.view.filter.environments,
      failed: (error) => this.#noWeek(error),
    });
    this.drag = new Drag(() => this.myTeam(), () => this.week.data?.days ?? []);
    this.bookings = new Bookings(this);
    this.walker = new Walker(this);
    if (first) this.#open(first);
  }

  async start(): Promise<void> {
    try {
      const later = this.#load();
      // What the shell has to say it says in answer to `startup`, so the listeners stand before it.
      await Promise.all(this.#heard);
      const startup = await backend.startup();
      if (!this.startup) this.#know(startup);
      await this.#speak();
      this.banners.opened(startup.notices);
      this.fault = null;
      const drawn = this.week.data !== null;
      await (drawn ? this.week.reload() : this.week.show(startup.date ?? startup.view.date));
      await later;
      if (startup.needsTeam) this.#welcome();
      if (!drawn) this.#revealNow();
      void this.#refreshNow();
      void this.reminders.refresh();
    } catch (error) {
      this.fault = faultOf(error);
      await this.#load();
    }
  }

  /** Resolves when the week that came with the window has been painted; at once where none did. */
  async painted(): Promise<void> {
    if (this.week.data) await new Promise<void>(afterPaint);
  }

  #know(startup: Startup): void {
    this.startup = startup;
    this.settings = startup.settings;
    this.view = startup.view;
    this.scroll = startup.view.scroll;
    this.#kept = JSON.stringify(startup.view);
  }

  /** Draws the week that came with the window. */
  #open({ startup, week, nowNext }: First): void {
    this.#know(startup);
    if (week.days.length !== daysOf(startup.view)) return;
    this.nowNext = nowNext;
    this.week.open(week);
    this.#revealNow();
  }

  async #load(): Promise<Later> {
    return (this.later ??= await import('./later'));
  }

  /** Hears what the shell says; returns how to stop. */
  listen(): () => void {
    this.#heard = [
      events.changed(() => void this.refresh()),
      events.reminders(() => void this.reminders.refresh()),
      events.openImport((path) => void this.openImport(path)),
      events.openBooking((reference) => void this.bookings.openReference(reference)),
      events.openReminders(() => this.openReminders()),
      events.dropTarget((over) => { this.dropTarget = over; }),
      events.turned((turn) => this.#turned(turn)),
      events.banner((banner) => this.banners.hear(banner)),
    ];
    const clock = setInterval(() => this.#tick(), 20_000);
    return () => {
      clearInterval(clock);
      for (const stop of this.#heard) void stop.then((unlisten) => unlisten());
    };
  }

  // Going elsewhere

  async today(): Promise<void> {
    await this.week.show(null);
    this.#revealNow();
    this.#sayWeek();
  }

  async go(times: number): Promise<void> {
    if (await this.week.go(times)) this.#sayWeek();
  }

  /** Another way to look at the day in focus. */
  async setView(view: View, days = this.view.days): Promise<void> {
    const { data, focusedColumn, cursor } = this.week;
    const looked = cursor && focusedColumn ? focusedColumn.day.date : null;
    const day = data && dayFor(looked, data.today, data.days.map((one) => one.date));
    this.view = { ...this.view, view, days };
    if (await this.week.show(day)) this.#sayWeek();
  }

  setFilter(filter: ViewFilter): void {
    this.view = { ...this.view, filter };
    this.#sayWeek();
  }

  /** Whether a booking stands out. */
  passes(occurrence: Occurrence): boolean {
    return passes(occurrence, this.view.filter, this.week.data?.teams ?? []);
  }

  /** The minute of the day at the top of the window is another one. */
  scrolled(minute: number): void {
    this.scroll = Math.max(0, Math.round(minute));
    this.keepView();
  }

  /** Keeps how the window looks, once it rests. */
  keepView(): void {
    this.#keep.call();
  }

  async goto(date: string): Promise<void> {
    this.gotoOpen = false;
    if (!(await this.week.show(date))) return;
    const column = this.week.columns.find((shown) => shown.day.date === date);
    if (column) this.week.cursor = { column: column.key, card: null };
    this.#sayWeek();
  }

  /** The week again, and what hangs on it; selection and scroll stay. */
  async refresh(): Promise<void> {
    this.changes++;
    await Promise.all([this.week.reload(), this.#refreshNow(), this.reminders.refresh()]);
    if (this.panel?.kind === 'booking') this.panel.form.refresh();
  }

  // Panels and dialogs

  openPalette(mode: PaletteMode): void {
    this.dialog = { kind: 'palette', mode };
  }

  /** Those of what is shown, or of the weeks ahead. */
  openConflicts(ahead = false): void {
    this.panel = { kind: 'conflicts', ahead };
  }

  openReminders(): void {
    this.panel = { kind: 'reminders' };
    void this.reminders.refresh();
  }

  openSettings(page: SettingsPage, window?: string): void {
    this.dialog = { kind: 'settings', page, window };
  }

  async chooseImport(): Promise<void> {
    try {
      const path = await backend.chooseImport();
      if (path) await this.openImport(path);
    } catch (error) {
      this.failed(error);
    }
  }

  async openImport(path: string): Promise<void> {
    this.dropTarget = false;
    const { Import } = await this.#load();
    if (this.dialog?.kind === 'welcome') return void (this.#waitingImport = path);
    this.dialog = { kind: 'import', import: new Import(path, (error) => { this.dialog = null; this.failed(error); }) };
  }

  /** The first question has its answer. */
  welcomed(): void {
    this.dialog = null;
    if (this.#waitingImport) void this.openImport(this.#waitingImport);
    else this.#revealNow(true);
    this.#waitingImport = null;
  }

  async openExport(): Promise<void> {
    const { Export } = await this.#load();
    this.dialog = { kind: 'export', export: new Export((error) => this.failed(error)) };
  }

  closePanel(saved = false): void {
    const panel = this.panel;
    this.panel = null;
    if (panel?.kind !== 'booking') return;
    panel.form.close();
    if (saved || !panel.form.changed) return;
    this.announce(say.booking.draftKept);
    this.toasts.show('done', say.booking.draftKept, '', [
      { label: say.booking.reopen, run: () => { this.panel = panel; panel.form.refresh(); } },
    ]);
  }

  // Undo, messages, settings

  async undo(): Promise<void> {
    await this.#back(backend.undo(), say.toast.undone, say.toast.nothingToUndo, { label: say.toast.redo, run: () => void this.redo() });
  }

  async redo(): Promise<void> {
    await this.#back(backend.redo(), say.toast.redone, say.toast.nothingToRedo, { label: say.toast.undo, run: () => void this.undo() });
  }

  /** Waits for a change, says what it did with a way back, and shows the week again. */
  run(change: Promise<Outcome>): Promise<Outcome | null> {
    return this.told(async () => {
      const outcome = await change;
      await this.refresh();
      this.#sayOutcome(outcome);
      return outcome;
    });
  }

  /** Makes a change and says so; what it did to the conflicts is said only after that. */
  async told<T>(change: () => Promise<T>): Promise<T | null> {
    this.#changing++;
    try {
      return await change();
    } catch (error) {
      this.failed(error);
      return null;
    } finally {
      this.#changing--;
      this.#sayTurn();
    }
  }

  async saveSettings(settings: Settings): Promise<void> {
    const before = this.settings;
    this.settings = settings;
    try {
      await backend.saveSettings(settings);
      await this.#speak();
      await this.week.reload();
    } catch (error) {
      this.settings = before;
      this.failed(error);
    }
  }

  async toggleWeekend(): Promise<void> {
    await this.saveSettings({ ...this.settings, weekend: !this.settings.weekend });
    this.#sayWeek();
  }

  announce(text: string): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      this.#saying = undefined;
      // The same words twice are said twice only if the text differs.
      this.status = text === this.status ? `${text} ` : text;
    }, REST);
  }

  failed(error: unknown): void {
    const { message, hint } = faultOf(error);
    this.toasts.show('error', message, hint);
    this.announce(`${message} ${hint}`);
  }

  /** Puts the cursor on an occurrence and brings it into sight. */
  point(occurrence: Occurrence | undefined, instant: number, focus: boolean): void {
    if (!occurrence) return;
    const cursor = this.week.cursorOf(occurrence);
    if (cursor) this.week.cursor = cursor;
    this.reveal = { instant, column: cursor?.column ?? null, focus };
  }

  /** The team that a new booking is for: the first of mine. */
  myTeam(): string | null {
    const teams = this.week.data?.teams ?? [];
    return (teams.find((team) => team.mine) ?? teams[0])?.id ?? null;
  }

  async #speak(): Promise<void> {
    const tag = this.settings.language ?? this.startup?.language ?? '';
    document.dir = directionOf(tag);
    const language = languageOf(tag);
    if (language === this.language) return;
    await speak(language);
    this.language = language;
  }

  /** Today comes back as today. */
  #saveView(): void {
    const week = this.week.data;
    if (!week) return;
    const date = week.days.some((day) => day.isToday) ? null : this.week.anchor;
    const view = { ...this.view, date, scroll: this.scroll };
    const text = JSON.stringify(view);
    if (text === this.#kept) return;
    this.#kept = text;
    backend.saveView(view).catch(() => {
      // A folder that cannot be written has said so already; the view is not worth more words.
    });
  }

  /** Asks for the team first; a file that was opened with Berth waits. */
  #welcome(): void {
    if (this.dialog?.kind === 'import') this.#waitingImport = this.dialog.import.input.path;
    this.dialog = { kind: 'welcome' };
  }

  /** Without any week there is nothing to go on with. */
  #noWeek(error: unknown): void {
    if (this.week.data) this.failed(error);
    else this.fault = faultOf(error);
  }

  #sayOutcome(outcome: Outcome): void {
    const { operation } = outcome;
    const conflicts = outcome.conflicts.filter((conflict) => conflict.severity !== 'info' && !conflict.accepted);
    if (!operation) {
      this.toasts.show('done', say.toast.unchanged);
      return this.announce(say.toast.unchanged);
    }
    const actions: ToastAction[] = [{ label: say.toast.undo, run: () => void this.undo() }];
    const [first] = conflicts;
    if (first) actions.unshift({ label: say.toast.show, run: () => { this.openConflicts(); this.walker.show(first); } });
    const detail = first?.headline ?? '';
    this.toasts.show(first ? 'conflict' : 'done', operation.title, detail, actions);
    this.announce(detail ? `${operation.title}. ${detail}` : operation.title);
  }

  async #back(change: Promise<Outcome>, words: (what: string) => string, none: string, way: ToastAction): Promise<void> {
    await this.told(async () => {
      const { operation } = await change;
      await this.refresh();
      const text = operation ? words(operation.title) : none;
      this.toasts.show('done', text, '', operation ? [way] : []);
      this.announce(text);
    });
  }

  #turned({ caused, solved, here }: Turn): void {
    this.#turn = { caused: this.#turn.caused + caused, solved: this.#turn.solved + solved, here: here || this.#turn.here };
    this.#sayTurn();
  }

  /** Adds to what was just said what it did to the conflicts; by itself, where others did it. */
  #sayTurn(): void {
    const { caused, solved, here } = this.#turn;
    if (this.#changing > 0 || caused + solved === 0) return;
    this.#turn = NOTHING;
    const text = say.toast.turned(caused, solved);
    const tone = caused ? 'conflict' : 'done';
    const show = caused ? { label: say.toast.show, run: () => this.openConflicts(true) } : null;
    const amended = here ? this.toasts.amend(tone, text, show, SOON) : null;
    // What was said already is not said again.
    if (amended) return this.announce(this.#saying === undefined ? text : `${amended.text}. ${amended.detail}`);
    const [title, detail] = here ? [text, ''] : [say.toast.elsewhere, text];
    this.toasts.show(tone, title, detail, show ? [show] : []);
    this.announce([title, detail].filter(Boolean).join('. '));
  }

  #revealNow(focus = false): void {
    const today = this.week.days.find((day) => day.isToday);
    const day = today ?? this.week.days[0];
    if (!day) return;
    const working = day.start + day.workStart * 60_000;
    const instant = today && this.week.now > working ? this.week.now : working;
    const column = this.week.columns.find((shown) => shown.day === day);
    this.reveal = { instant, column: column?.key ?? null, focus, settle: true };
  }

  #sayWeek(): void {
    const week = this.week.data;
    const last = this.week.days.at(-1);
    const first = this.week.days[0];
    if (!week || !first || !last) return;
    const shown = week.occurrences.filter((occurrence) => this.passes(occurrence) && this.#isDrawn(occurrence));
    this.announce(say.week.showing(this.formats.range(first.date, last.date), shown.length, week.conflictCount));
  }

  /** Whether a part of it is on a day that is shown. */
  #isDrawn({ start, end }: Occurrence): boolean {
    return this.week.days.some((day) => start < endOf(day) && end > day.start);
  }

  async #refreshNow(): Promise<void> {
    try {
      this.nowNext = await backend.nowNext();
    } catch {
      this.nowNext = [];
    }
  }

  #tick(): void {
    if (this.week.tick()) void this.refresh();
    else if (document.visibilityState === 'visible') void this.#refreshNow();
  }
}
