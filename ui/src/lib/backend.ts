// The only file that knows Tauri: every command of the shell, by the same name, and its events.
// A test compares the names here with those of `src-tauri/src/commands.rs` and `build.rs`.
import { invoke } from '@tauri-apps/api/core';
import { listen } from '@tauri-apps/api/event';
import type { Backup } from './bindings/Backup';
import type { Banner } from './bindings/Banner';
import type { BookingDetail } from './bindings/BookingDetail';
import type { BookingInput } from './bindings/BookingInput';
import type { BookingRef } from './bindings/BookingRef';
import type { DesktopReport } from './bindings/DesktopReport';
import type { Environment } from './bindings/Environment';
import type { ExportInput } from './bindings/ExportInput';
import type { ExportResult } from './bindings/ExportResult';
import type { First } from './bindings/First';
import type { Forecast } from './bindings/Forecast';
import type { Found } from './bindings/Found';
import type { GoBack } from './bindings/GoBack';
import type { ImportInput } from './bindings/ImportInput';
import type { ImportPreview } from './bindings/ImportPreview';
import type { ImportResult } from './bindings/ImportResult';
import type { Move } from './bindings/Move';
import type { NowNext } from './bindings/NowNext';
import type { Operation } from './bindings/Operation';
import type { Outcome } from './bindings/Outcome';
import type { Preview } from './bindings/Preview';
import type { Proposal } from './bindings/Proposal';
import type { QuickAdd } from './bindings/QuickAdd';
import type { QuickInput } from './bindings/QuickInput';
import type { Reminder } from './bindings/Reminder';
import type { Scope } from './bindings/Scope';
import type { Settings } from './bindings/Settings';
import type { SlotAnswer } from './bindings/SlotAnswer';
import type { SlotQuery } from './bindings/SlotQuery';
import type { Startup } from './bindings/Startup';
import type { Team } from './bindings/Team';
import type { TrashItem } from './bindings/TrashItem';
import type { Turn } from './bindings/Turn';
import type { ViewState } from './bindings/ViewState';
import type { Week } from './bindings/Week';
import type { WeekQuery } from './bindings/WeekQuery';
import type { Window } from './bindings/Window';
import type { WindowImport } from './bindings/WindowImport';
import type { WindowImportPreview } from './bindings/WindowImportPreview';

/** What the shell put into the window to be drawn first. It is old news once the page is loaded again. */
export const first: First | null = (() => {
  const { __BERTH__: found } = globalThis as { __BERTH__?: First };
  const [entry] = typeof performance.getEntriesByType === 'function' ? performance.getEntriesByType('navigation') : [];
  return (entry as PerformanceNavigationTiming | undefined)?.type === 'reload' ? null : (found ?? null);
})();

/** Every command rejects with an `Error` of the bindings: `{ code, message, hint }`. */
export const backend = {
  startup: () => invoke<Startup>('startup'),
  week: (query: WeekQuery) => invoke<Week>('week', { query }),
  nowNext: () => invoke<NowNext[]>('now_next'),

  showBooking: (reference: BookingRef) => invoke<BookingDetail>('show_booking', { reference }),
  previewBooking: (reference: BookingRef | null, scope: Scope, input: BookingInput) =>
    invoke<Preview>('preview_booking', { reference, scope, input }),
  previewMove: (to: Move) => invoke<Preview>('preview_move', { to }),
  /** What a line of plain words would book. */
  quickAdd: (quick: QuickInput) => invoke<QuickAdd>('quick_add', { quick }),
  search: (text: string) => invoke<Found[]>('search', { text }),
  saveView: (view: ViewState) => invoke<null>('save_view', { view }),
  book: (input: BookingInput) => invoke<Outcome>('book', { input }),
  editBooking: (reference: BookingRef, scope: Scope, input: BookingInput) =>
    invoke<Outcome>('edit_booking', { reference, scope, input }),
  moveBooking: (to: Move) => invoke<Outcome>('move_booking', { to }),
  cancelBooking: (reference: BookingRef, scope: Scope) =>
    invoke<Outcome>('cancel_booking', { reference, scope }),
  deleteBooking: (reference: BookingRef, scope: Scope) =>
    invoke<Outcome>('delete_booking', { reference, scope }),
  /** The conflicts of the next 26 weeks. */
  forecast: () => invoke<Forecast>('forecast'),
  /** Free times, best first, or why there is none. */
  findSlots: (query: SlotQuery) => invoke<SlotAnswer>('find_slots', { query }),
  /** Ways out of the conflict that is there at the instant `at`, best first. */
  proposals: (id: string, at: number) => invoke<Proposal[]>('proposals', { id, at }),
  /** Takes one of them; a reason is needed where nothing changes. */
  applyProposal: (id: string, at: number, key: string, reason: string) =>
    invoke<Outcome>('apply_proposal', { id, at, key, reason }),
  acceptConflict: (id: string, reason: string) =>
    invoke<Outcome>('accept_conflict', { id, reason }),

  undo: () => invoke<Outcome>('undo'),
  redo: () => invoke<Outcome>('redo'),
  history: () => invoke<Operation[]>('history'),

  /** Newest first. */
  backups: () => invoke<Backup[]>('backups'),
  previewGoBack: (name: string) => invoke<GoBack>('preview_go_back', { name }),
  goBack: (name: string) => invoke<Outcome>('go_back', { name }),
  /** What was deleted in the last 30 days, the latest first. */
  trash: () => invoke<TrashItem[]>('trash'),
  undelete: (id: string) => invoke<Outcome>('undelete', { id }),

  /** An empty id adds. */
  saveEnvironment: (environment: Environment) =>
    invoke<Outcome>('save_environment', { environment }),
  removeEnvironment: (id: string) => invoke<Outcome>('remove_environment', { id }),
  /** An empty id adds; an empty code is made from the name. */
  saveTeam: (team: Team) => invoke<Outcome>('save_team', { team }),
  removeTeam: (id: string) => invoke<Outcome>('remove_team', { id }),
  /** An empty id adds. */
  saveWindow: (window: Window) => invoke<Outcome>('save_window', { window }),
  removeWindow: (id: string) => invoke<Outcome>('remove_window', { id }),
  chooseWindows: () => invoke<string | null>('choose_windows'),
  previewWindows: (input: WindowImport) => invoke<WindowImportPreview>('preview_windows', { input }),
  importWindows: (input: WindowImport) => invoke<Outcome>('import_windows', { input }),
  saveSettings: (settings: Settings) => invoke<null>('save_settings', { settings }),

  /** Asks for a file; null when the person changes their mind. */
  chooseImport: () => invoke<string | null>('choose_import'),
  previewImport: (input: ImportInput) => invoke<ImportPreview>('preview_import', { input }),
  applyImport: (input: ImportInput) => invoke<ImportResult>('apply_import', { input }),
  previewExport: (input: ExportInput) => invoke<ExportResult>('preview_export', { input }),
  /** Asks where to; null when the person changes their mind. */
  exportBookings: (input: ExportInput) => invoke<ExportResult | null>('export_bookings', { input }),

  autostart: () => invoke<boolean>('autostart'),
  setAutostart: (on: boolean) => invoke<null>('set_autostart', { on }),
  sendTestReminder: () => invoke<DesktopReport>('send_test_reminder'),

  /** Those of the last seven days that wait for an answer. */
  reminders: () => invoke<Reminder[]>('reminders'),
  /** Minutes put it off, 0 until the slot starts; null says it was seen. */
  answerReminder: (tags: string[], minutes: number | null) => invoke<null>('answer_reminder', { tags, minutes }),
  /** Puts off what waits, and pauses what falls due, for an hour. */
  snoozeAll: () => invoke<null>('snooze_all'),
  /** Opens a page or a mailbox in the person's browser or mail program. */
  openLink: (address: string) => invoke<null>('open_link', { address }),
  /** The dialog of the system for printing, or writing a PDF of, what the window shows. */
  print: () => invoke<null>('print'),

  /** To be reminded of another team's booking. Known at this machine only. */
  followBooking: (reference: BookingRef, on: boolean) => invoke<null>('follow_booking', { reference, on }),
};

/** What the shell tells the window without being asked. */
export const events = {
  /** The data changed: by this window, the command line, or another machine's clock. */
  changed: (then: () => void) => listen('changed', then),
  /** Other reminders wait for an answer; the bookings are as they were. */
  reminders: (then: () => void) => listen('reminders', then),
  /** A calendar file was dropped on the window, or opened with Berth. */
  openImport: (then: (path: string) => void) =>
    listen<string>('open-import', (event) => then(event.payload)),
  /** A reminder or the tray asked for a booking. */
  openBooking: (then: (reference: BookingRef) => void) =>
    listen<BookingRef>('open-booking', (event) => then(event.payload)),
  /** A notification or the tray asked for the reminders that wait. */
  openReminders: (then: () => void) => listen('open-reminders', then),
  /** A file is held over the window (true) or has left it (false). */
  dropTarget: (then: (over: boolean) => void) =>
    listen<boolean>('drop-target', (event) => then(event.payload)),
  /** A change caused or solved conflicts. */
  turned: (then: (turn: Turn) => void) =>
    listen<Turn>('turned', (event) => then(event.payload)),
  /** Something that the person must know, or that is not true any more. */
  banner: (then: (banner: Banner) => void) =>
    listen<Banner>('banner', (event) => then(event.payload)),
};
