// What went wrong, as the window shows it.
import type { Error as CommandError } from '$lib/bindings/Error';
import { say } from '$lib/messages';

/** A command's error, or a fault of the window itself. */
export type Fault = Omit<CommandError, 'code'> & { code: CommandError['code'] | 'window' };

/** Commands reject with an `Error` of the bindings; anything else is a fault of the window. */
export function faultOf(error: unknown): Fault {
  if (typeof error === 'object' && error !== null && 'code' in error && 'message' in error) return error as CommandError;
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'window', message: `${say.app.failed}: ${message}`, hint: '' };
}
