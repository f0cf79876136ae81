// Which key does what. Matches `event.key`, so it follows the keyboard's layout.

export type Command =
  | { do: 'today' | 'next' | 'previous' | 'create' | 'open' | 'goto' | 'nextConflict' | 'weekend' }
  | { do: 'view'; view: 'day' | 'week' | 'month' | 'agenda' }
  | { do: 'palette'; mode: 'all' | 'search' | 'book' }
  | { do: 'undo' | 'redo' | 'print' | 'help' | 'delete' | 'escape' | 'settings' }
  /** Moves the focus inside the grid. */
  | { do: 'focus'; columns: number; rows: number }
  | { do: 'edge'; to: 'first' | 'last' }
  /** Moves or resizes the booking in focus: minutes, days, environments. */
  | { do: 'move'; minutes: number; days: number; environments: number }
  | { do: 'resize'; minutes: number };

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export interface Where {
  /** The person types into a field. */
  typing: boolean;
  /** The grid has the focus. */
  inGrid: boolean;
  /** Single letters are shortcuts. */
  singleKeys: boolean;
}

const LETTERS: Record<string, Command> = {
  t: { do: 'today' }, j: { do: 'next' }, n: { do: 'next' }, k: { do: 'previous' }, p: { do: 'previous' },
  d: { do: 'view', view: 'day' }, w: { do: 'view', view: 'week' }, m: { do: 'view', view: 'month' }, a: { do: 'view', view: 'agenda' },
  '/': { do: 'palette', mode: 'search' }, q: { do: 'palette', mode: 'book' },
  c: { do: 'create' }, g: { do: 'goto' }, x: { do: 'nextConflict' }, f: { do: 'weekend' }, '?': { do: 'help' },
};

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/** The command of a key press, or null to leave it to the browser. */
export function commandOf(press: Press, where: Where): Command | null {
  if (press.key === 'Escape') return { do: 'escape' };
  if (where.typing) return null;
  if (press.ctrlKey || press.metaKey) return withControl(press);
  if (where.inGrid) {
    const found = inGrid(press, where);
    if (found) return found;
  }
  if (press.altKey) return null;
  return where.singleKeys ? (LETTERS[press.key.toLowerCase()] ?? null) : null;
}

function withControl(press: Press): Command | null {
  const key = press.key.toLowerCase();
  if (press.altKey) return null;
  if (key === 'z') return { do: press.shiftKey ? 'redo' : 'undo' };
  if (key === 'y') return { do: 'redo' };
  if (key === 'k') return { do: 'palette', mode: 'all' };
  if (key === 'p') return { do: 'print' };
  if (key === ',') return { do: 'settings' };
  return null;
}

function inGrid(press: Press, where: Where): Command | null {
  const arrow = ARROWS[press.key];
  if (arrow) return press.altKey ? shifted(arrow, press.shiftKey) : { do: 'focus', columns: arrow[0], rows: arrow[1] };
  if (press.altKey) return null;
  if (press.key === 'Home') return { do: 'edge', to: 'first' };
  if (press.key === 'End') return { do: 'edge', to: 'last' };
  if (press.key === 'Enter' || (press.key === 'e' && where.singleKeys)) return { do: 'open' };
  if (press.key === 'Delete' || press.key === 'Backspace') return { do: 'delete' };
  return null;
}

/** Alt with an arrow: a quarter of an hour or a day; with Shift the end, or the environment. */
function shifted([x, y]: [number, number], shift: boolean): Command {
  if (shift && y) return { do: 'resize', minutes: y * 15 };
  if (shift) return { do: 'move', minutes: 0, days: 0, environments: x };
  return { do: 'move', minutes: y * 15, days: x, environments: 0 };
}
