// Which commands a few letters mean, the likeliest first.

/** 0 is none; each typed word must begin a word of the label (2) or stand in it (1). */
export function score(label: string, typed: string): number {
  const words = label.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  let sum = 0;
  for (const part of typed.toLowerCase().split(/\s+/).filter(Boolean)) {
    if (words.some((word) => word.startsWith(part))) sum += 2;
    else if (label.toLowerCase().includes(part)) sum += 1;
    else return 0;
  }
  return sum;
}

/** Those that match, the best first; the order stays among equals. Nothing typed matches all. */
export function ranked<T extends { label: string }>(entries: T[], typed: string): T[] {
  if (!typed.trim()) return entries;
  return entries
    .map((entry) => ({ entry, score: score(entry.label, typed) }))
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((one) => one.entry);
}
