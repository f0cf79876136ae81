// Addresses in a text. Only those of the web and of mailboxes are links; all else is text.

export interface Part {
  text: string;
  href?: string;
}

const ADDRESS = /\b(?:https?:\/\/|mailto:)[^\s<>"'`\\^{|}]+/gi;
/** What ends a sentence ends no address; a closing bracket belongs to it only when it has an opening one. */
const ENDING = /[.,;:!?…]+$/;

/** The text in its order, links apart. */
export function links(text: string): Part[] {
  const parts: Part[] = [];
  let done = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const href = trimmed(match[0]);
    if (!/[/:]\w/.test(href)) continue;
    if (match.index > done) parts.push({ text: text.slice(done, match.index) });
    parts.push({ text: href, href });
    done = match.index + href.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

function trimmed(address: string): string {
  const bare = address.replace(ENDING, '');
  const unbalanced = (bare.endsWith(')') && !bare.includes('(')) || (bare.endsWith(']') && !bare.includes('['));
  return unbalanced ? trimmed(bare.slice(0, -1)) : bare;
}
