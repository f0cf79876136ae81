// Where a popover goes: below its anchor, above where there is no room, always inside the window.
import { clamp } from '$lib/week/geometry';

interface Size {
  width: number;
  height: number;
}

interface Box extends Size {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

const GAP = 4;
const EDGE = 8;

export function place(anchor: Box, surface: Size, window: Size, align: 'start' | 'end'): { left: number; top: number } {
  const wanted = align === 'start' ? anchor.left : anchor.right - surface.width;
  const below = anchor.bottom + GAP;
  const above = anchor.top - GAP - surface.height;
  const fits = below + surface.height <= window.height - EDGE;
  return {
    left: clamp(wanted, EDGE, Math.max(EDGE, window.width - EDGE - surface.width)),
    top: fits || above < EDGE ? clamp(below, EDGE, Math.max(EDGE, window.height - EDGE - surface.height)) : above,
  };
}
