// Paper and pictures are rare: what draws them is loaded when it is asked for.
import type { App } from '$lib/app/app.svelte';
import { say } from '$lib/messages';

/** Shows the system's dialog for printing, in which the week is one page. */
export async function print(app: App): Promise<void> {
  await (await import('./share')).print(app);
}

/** Puts a picture of the week into the clipboard, which is asked before the picture is there: it may
 * only be written while the person acts. */
export async function copyPicture(app: App): Promise<void> {
  try {
    const picture = import('./share').then((share) => share.picture(app));
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
    app.toasts.show('done', say.palette.pictureCopied);
    app.announce(say.palette.pictureCopied);
  } catch {
    app.toasts.show('error', say.palette.notCopied, say.palette.notCopiedHint);
  }
}
